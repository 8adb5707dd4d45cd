import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { Grant } from '../../firmware/requests.js';
import type { Drive } from '../observation.js';
import { inWords } from '../scenario/words.js';
import { alarmTexts } from './alarm-texts.js';
import { noticeText } from './notice-texts.js';
import { RecordTexts } from './record-texts.js';
import type { Tone } from './tone.js';
import type { TraceEvent } from './trace.js';

/** One line of a timeline, not yet laid out. */
export interface Line {
  readonly atMs: number;
  /** The person or part that did it, or to whom it happened. */
  readonly who: string;
  readonly text: string;
  readonly tone: Tone;
  /** Belongs to the line before: a retry, a notice, a mend. */
  readonly isAside: boolean;
}

const positionTones: Readonly<Record<LockReport['position'], Tone>> = {
  locked: 'good',
  unlocked: 'plain',
  notFullyLocked: 'quiet',
  unknown: 'warning',
};

/** Who acts in stories without being one of their people. */
const nobodies = ['the provider'];

/** A word to owner and worker is one line if the second is told so soon after the first. Chosen. */
export const toldTogetherMs = 100;

/** What a person wants to read of a trace, in order. `people` are those of the story. */
export function chronicle(events: readonly TraceEvent[], people: readonly string[]): Line[] {
  const chronicler = new Chronicler(people);
  for (const event of events) chronicler.tell(event);
  return chronicler.lines;
}

/** Tells one event after the other. What is told later may still change the lines of the last `toldTogetherMs`. */
export class Chronicler {
  readonly lines: Line[] = [];
  private readonly records = new RecordTexts();
  /** What was last seen of each thing that can change; where it stood at first is no event. */
  private readonly seen = new Map<string, unknown>([
    ['recording light', false],
    ['jam light', false],
    ['fault light', false],
  ]);
  private readonly people: readonly string[];
  private boltTravelUm = 0;
  /** The latest thing that only a person can bring about, and which line it is or would have been. */
  private act = { atMs: -1, lineIndex: 0, lines: 0 };
  private readonly alarms = new Set<AlarmName>();
  private jammedGoal: 'locked' | 'unlocked' | null = null;

  constructor(people: readonly string[]) {
    this.people = [...people, ...nobodies];
  }

  /** Was announced before the first event that is told. */
  know(grant: Grant): void {
    this.records.know(grant);
  }

  tell(event: TraceEvent): void {
    switch (event.kind) {
      case 'deed':
        return this.deed(event.atMs, event.words, event.done);
      case 'record':
        return this.record(event);
      case 'report':
        return this.position(event.atMs, event.report);
      case 'alarm':
        return this.alarm(event.atMs, event.alarm, event.raised);
      case 'notice':
        return this.notice(event.atMs, event.notice);
      case 'request':
      case 'hand':
        this.act = { atMs: event.atMs, lineIndex: this.lines.length, lines: 0 };
        return undefined;
      case 'motor':
        return this.motor(event.atMs, event.drive);
      case 'bolt':
        this.boltTravelUm = event.travelUm;
        if (!this.isChange('bolt', event.place) || event.place === 'between') return undefined;
        return this.add(event.atMs, 'bolt', event.place === 'extended' ? 'home: extended' : 'retracted');
      case 'fault':
        return this.add(
          event.atMs,
          'fault',
          `${inWords(event.component)}: ${inWords(event.fault)}${event.present ? '' : ', no longer'}`,
          event.present ? 'warning' : 'plain',
        );
      case 'storeFault':
        return this.add(event.atMs, 'store', 'keeps nothing, and says so', 'warning');
      default:
        return this.changeOfState(event);
    }
  }

  /** Hands over the lines up to that time, for good. */
  takeUntil(untilMs: number): Line[] {
    const later = this.lines.findIndex(({ atMs }) => atMs > untilMs);
    const taken = this.lines.splice(0, later === -1 ? this.lines.length : later);
    const lineIndex = this.act.lineIndex - taken.length;
    this.act = lineIndex < 0 ? { atMs: -1, lineIndex: 0, lines: 0 } : { ...this.act, lineIndex };
    return taken;
  }

  private changeOfState(event: TraceEvent): void {
    switch (event.kind) {
      case 'door':
        return this.door(event.atMs, event.closed);
      case 'lockPower':
        return this.change(event.atMs, 'power', event.on, 'is back', 'fails');
      case 'host':
        return this.host(event.atMs, event.running);
      case 'boardLink':
        return this.change(event.atMs, 'board', event.up, 'answers again', 'does not answer');
      case 'network':
        return this.change(event.atMs, 'network', event.up, 'is back', 'is down');
      case 'cameraPower':
        return this.change(event.atMs, 'camera', event.on, 'power on', 'power off');
      case 'cameraFresh':
        return this.picture(event.atMs, event.fresh);
      case 'indicator':
        return this.light(event.atMs, event.name, event.lit);
      default:
    }
  }

  /**
   * The person stands in the margin. A deed is seen after what it brought about at once: it is put in front of that,
   * and an opening or closing is not told twice. At a real door it is told a little late.
   */
  private deed(atMs: number, words: string, done: boolean): void {
    const who = this.people.find((person) => words.startsWith(`${person} `)) ?? '';
    const text = words.slice(who.length).trimStart();
    const line: Line = { atMs, who: who.replace(/^the /, ''), text, tone: done ? 'plain' : 'warning', isAside: false };
    if (this.act.atMs === atMs) this.lines.splice(this.act.lineIndex, this.act.lines, line);
    else this.lines.splice(this.lines.findLastIndex((earlier) => earlier.atMs <= atMs) + 1, 0, line);
  }

  private door(atMs: number, closed: boolean): void {
    const lineIndex = this.lines.length;
    this.change(atMs, 'door', closed, 'closes', 'opens');
    this.act = { atMs, lineIndex, lines: this.lines.length - lineIndex };
  }

  /** That it runs again, it tells itself. */
  private host(atMs: number, running: boolean): void {
    if (!running) this.alarms.clear();
    if (this.isChange('firmware', running) && !running) this.add(atMs, 'firmware', 'has stopped', 'warning');
  }

  /** A camera without power has no picture: that goes without saying. */
  private picture(atMs: number, fresh: boolean): void {
    if (fresh) this.add(atMs, 'camera', 'live');
    else if (this.seen.get('camera') !== false) this.add(atMs, 'camera', 'no new picture for 0.5 s', 'warning');
  }

  private light(atMs: number, name: IndicatorName, lit: boolean): void {
    if (this.isChange(`${name} light`, lit)) this.add(atMs, 'light', `${name} ${lit ? 'on' : 'off'}`, 'quiet');
  }

  private record({ atMs, record }: Extract<TraceEvent, { kind: 'record' }>): void {
    const { event } = record;
    if (event.kind === 'jamDetected') {
      this.jammedGoal = event.goal;
      const where = Number.isNaN(this.boltTravelUm) ? '' : ` at ${(this.boltTravelUm / 1000).toFixed(1)} mm`;
      return this.add(atMs, 'bolt', `JAM${where}, attempt ${event.attempt}`, 'bad');
    }
    if (event.kind === 'driveEnded') this.jammedGoal = null;
    const told = this.records.text(event);
    if (told !== null) this.add(atMs, 'lock', told.text, told.tone);
  }

  /** Drives are told by their intents; only what follows a jam is worth a line of its own. */
  private motor(atMs: number, drive: Drive): void {
    if (this.jammedGoal === null || drive === 'off' || drive === 'both') return;
    const forward = (drive === 'extend') === (this.jammedGoal === 'locked');
    this.addAside(atMs, 'bolt', forward ? 'tries again' : 'reverses to come free');
  }

  private position(atMs: number, { position, assumed }: LockReport): void {
    if (!this.isChange('position', position) && assumed === null) return;
    const assumption = assumed === null ? '' : `, assumed ${assumed}`;
    this.add(atMs, 'lock', `reports: ${inWords(position)}${assumption}`, positionTones[position]);
  }

  /** One that stands may be raised again, by each thing that shows it. */
  private alarm(atMs: number, alarm: AlarmName, raised: boolean): void {
    const stood = this.alarms.has(alarm);
    if (raised) this.alarms.add(alarm);
    else this.alarms.delete(alarm);
    if (raised && stood) return undefined;
    if (!raised) return this.add(atMs, 'alarm', `${alarm} cleared`, 'good');
    const { meaning, mend } = alarmTexts[alarm];
    this.add(atMs, 'ALARM', `${alarm}: ${meaning}`, 'bad');
    return this.addAside(atMs, 'ALARM', `mend: ${mend}`, 'warning');
  }

  /** The same word to owner and worker is one line. */
  private notice(atMs: number, notice: Notice): void {
    const text = noticeText(notice, this.records.visitorOf(notice.visitId));
    const last = this.lines.at(-1);
    const isSecond = notice.to === 'worker' && last?.text === `→ owner: ${text}`;
    if (isSecond && atMs - last.atMs <= toldTogetherMs) {
      this.lines[this.lines.length - 1] = { ...last, text: `→ owner, worker: ${text}` };
    } else this.addAside(atMs, '', `→ ${notice.to}: ${text}`, 'quiet');
  }

  private isChange(what: string, value: unknown): boolean {
    const before = this.seen.get(what);
    this.seen.set(what, value);
    return before !== undefined && before !== value;
  }

  private change(atMs: number, who: string, isSo: boolean, so: string, notSo: string): void {
    if (this.isChange(who, isSo)) this.add(atMs, who, isSo ? so : notSo);
  }

  private add(atMs: number, who: string, text: string, tone: Tone = 'plain'): void {
    this.lines.push({ atMs, who, text, tone, isAside: false });
  }

  private addAside(atMs: number, who: string, text: string, tone: Tone = 'plain'): void {
    this.lines.push({ atMs, who, text, tone, isAside: true });
  }
}
