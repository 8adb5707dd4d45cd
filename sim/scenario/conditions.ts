import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice, NoticeKind } from '../../hal/contracts/notices.js';
import type { AlarmName, Position } from '../../hal/contracts/report.js';
import type { JournalEvent, Outcome, RefusalReason } from '../../firmware/journal/records.js';
import { nearestName } from '../../hal/nearest-name.js';
import type { BoltPlace, Drive } from '../observation.js';
import { alarms, byWords, inWords, modes, notices, outcomes, positions, records, refusals } from './words.js';

/** Something that lasts: it is so, or not, at every instant. */
export type State =
  | { readonly kind: 'bolt'; readonly place: BoltPlace }
  | { readonly kind: 'door'; readonly closed: boolean }
  | { readonly kind: 'motor'; readonly drive: Drive }
  | { readonly kind: 'camera'; readonly powered: boolean }
  | { readonly kind: 'light'; readonly light: IndicatorName; readonly lit: boolean }
  | { readonly kind: 'reported'; readonly position: Position }
  | { readonly kind: 'alarm'; readonly alarm: AlarmName | 'any'; readonly raised: boolean }
  /** So often has a driven bolt stuck between its ends; so many entries were spent. Exactly. */
  | { readonly kind: 'count'; readonly what: 'jams' | 'entries'; readonly count: number };

/** Something that happens at an instant. */
export type Happening =
  | {
      readonly kind: 'notice';
      readonly to: Notice['to'];
      readonly about: NoticeKind | 'any';
      /** `null`: whatever it is about. */
      readonly detail: string | null;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason | 'any' }
  | { readonly kind: 'outcome'; readonly outcome: Outcome | 'any' }
  | { readonly kind: 'recorded'; readonly record: JournalEvent['kind'] }
  /** A notice arrives whose number has arrived before, or one whose predecessor has not. */
  | { readonly kind: 'numbering'; readonly flaw: 'again' | 'gap' };

/** What an expectation is about: one thing, or one of several. `words` are the story's. */
export interface Condition {
  readonly words: string;
  readonly either: readonly (State | Happening)[];
}

const happenings: ReadonlySet<string> = new Set<Happening['kind']>([
  'notice',
  'refused',
  'outcome',
  'recorded',
  'numbering',
]);

export function isHappening(thing: State | Happening): thing is Happening {
  return happenings.has(thing.kind);
}

/** Whether all of it lasts, so that it can be expected for a while. */
export function isLasting({ either }: Condition): boolean {
  return !either.some(isHappening);
}

/** What the firmware hints at, by the detail of the notice. */
const hints = ['pullTheDoor', 'callTheOwner'] as const;

/** What a notice of a kind can be about. */
const noticeDetails: Partial<Record<NoticeKind, readonly string[]>> = {
  refused: refusals,
  alarmRaised: alarms,
  alarmCleared: alarms,
  hint: hints,
  visitEnded: outcomes,
  modeChanged: modes,
};

function* states(): Generator<[string, State]> {
  for (const place of ['extended', 'retracted', 'between'] as const) yield [`bolt ${place}`, { kind: 'bolt', place }];
  yield ['door open', { kind: 'door', closed: false }];
  yield ['door closed', { kind: 'door', closed: true }];
  yield ['motor extending', { kind: 'motor', drive: 'extend' }];
  yield ['motor retracting', { kind: 'motor', drive: 'retract' }];
  yield ['motor off', { kind: 'motor', drive: 'off' }];
  yield ['camera on', { kind: 'camera', powered: true }];
  yield ['camera off', { kind: 'camera', powered: false }];
  for (const light of ['recording', 'jam', 'fault'] as const) {
    yield [`${light} light on`, { kind: 'light', light, lit: true }];
    yield [`${light} light off`, { kind: 'light', light, lit: false }];
  }
  for (const [words, position] of byWords(positions)) yield [`reported ${words}`, { kind: 'reported', position }];
  yield ['any alarm', { kind: 'alarm', alarm: 'any', raised: true }];
  yield ['no alarm', { kind: 'alarm', alarm: 'any', raised: false }];
  for (const [words, alarm] of byWords(alarms)) {
    yield [`alarm ${words}`, { kind: 'alarm', alarm, raised: true }];
    yield [`no alarm ${words}`, { kind: 'alarm', alarm, raised: false }];
  }
}

/** A firm learns how its own visits end, and nothing else. */
function* firmPhrases(firm: string): Generator<[string, Happening]> {
  const to = `provider:${firm}` as const;
  yield [`${firm} is told anything`, { kind: 'notice', to, about: 'any', detail: null }];
  const words = `${firm} is told visit ended`;
  yield [words, { kind: 'notice', to, about: 'visitEnded', detail: null }];
  for (const detail of outcomes)
    yield [`${words} ${inWords(detail)}`, { kind: 'notice', to, about: 'visitEnded', detail }];
}

function* happeningPhrases(): Generator<[string, Happening]> {
  for (const to of ['owner', 'worker'] as const) {
    yield [`${to} is told anything`, { kind: 'notice', to, about: 'any', detail: null }];
    for (const about of notices) {
      const words = `${to} is told ${inWords(about)}`;
      yield [words, { kind: 'notice', to, about, detail: null }];
      for (const detail of noticeDetails[about] ?? []) {
        yield [`${words} ${inWords(detail)}`, { kind: 'notice', to, about, detail }];
      }
    }
  }
  yield ['anything refused', { kind: 'refused', reason: 'any' }];
  for (const [words, reason] of byWords(refusals)) yield [`refused ${words}`, { kind: 'refused', reason }];
  yield ['any outcome', { kind: 'outcome', outcome: 'any' }];
  for (const [words, outcome] of byWords(outcomes)) yield [`outcome ${words}`, { kind: 'outcome', outcome }];
  for (const [words, record] of byWords(records)) yield [`recorded ${words}`, { kind: 'recorded', record }];
  yield ['a notice arrives again', { kind: 'numbering', flaw: 'again' }];
  yield ['a notice is missing', { kind: 'numbering', flaw: 'gap' }];
}

/** What can be expected, by its phrase. */
export type ConditionTable = ReadonlyMap<string, State | Happening>;

const commonConditions: ConditionTable = new Map<string, State | Happening>([...states(), ...happeningPhrases()]);

export function conditionTable(firms: readonly string[]): ConditionTable {
  if (firms.length === 0) return commonConditions;
  return new Map([...commonConditions, ...firms.flatMap((firm) => [...firmPhrases(firm)])]);
}

const countPattern = /^(\d{1,4}) (jams?|entry|entries)$/;

/** Every phrase but the counts and what firms are told, for the published schema. */
export const conditionPhrases: readonly string[] = [...commonConditions.keys()];

/** Reads an expectation: a phrase, a count such as `2 jams`, or several of these with "or" between. */
export function parseCondition(words: string, table: ConditionTable): Condition | { readonly mistake: string } {
  const either: (State | Happening)[] = [];
  for (const part of words.split(' or ')) {
    const thing = table.get(part) ?? parseCount(part);
    if (thing === null) return { mistake: conditionMistake(part, [...table.keys()]) };
    either.push(thing);
  }
  return { words, either };
}

function parseCount(words: string): State | null {
  const [, count, what] = countPattern.exec(words) ?? [];
  if (count === undefined || what === undefined) return null;
  return { kind: 'count', what: what.startsWith('jam') ? 'jams' : 'entries', count: Number(count) };
}

function conditionMistake(words: string, phrases: readonly string[]): string {
  const nearest = nearestName(inWords(words), phrases) ?? nearestName(words, phrases);
  if (nearest !== undefined) return `"${words}" is nothing that can be expected; did you mean "${nearest}"?`;
  const alike = phrases.filter((phrase) => phrase.split(' ')[0] === words.split(' ')[0]);
  const examples = alike.length > 0 ? alike : ['bolt extended', 'door open', 'outcome completed', '2 jams'];
  return `"${words}" is nothing that can be expected; for example: ${examples.slice(0, 6).join(', ')}`;
}
