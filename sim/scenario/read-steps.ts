import type { DocumentPath } from '../../hal/document-tree.js';
import { nearestName } from '../../hal/nearest-name.js';
import { isLasting, parseCondition } from './conditions.js';
import type { Deed } from './deeds.js';
import { parseDeed } from './deeds.js';
import { parseFault } from './faults.js';
import type { StepDocument } from './schema.js';
import type { Action, Span, Step, Sweep, Visit } from './scenario.js';
import { durationMs, durationText } from './times.js';

/** What reading a story needs besides the document. */
export interface StoryContext {
  readonly file: string;
  /** The ids of boards.json. */
  readonly boards: readonly string[];
  readonly problemAt: (path: DocumentPath, message: string) => void;
  readonly lineOf: (path: DocumentPath) => number;
}

/** What steps refer to. */
export interface StepsContext extends StoryContext {
  readonly people: readonly string[];
  readonly visits: readonly Visit[];
  readonly sweep: Sweep | null;
  readonly lastsMs: number | null;
}

type ActionKey = 'do' | 'fault' | 'mend' | 'expect';
type SpanKey = 'after' | 'at' | 'in' | 'within' | 'for';

/** Which actions a key goes with; `after` and `at` go with all. */
const companions = {
  visit: ['do'],
  entry: ['do'],
  in: ['fault'],
  within: ['expect'],
  for: ['do', 'fault', 'expect'],
} as const satisfies Partial<Record<keyof StepDocument, readonly ActionKey[]>>;

export function readSteps(documents: readonly StepDocument[], context: StepsContext): Step[] {
  const reader = new StepsReader(context);
  const steps = documents.flatMap((document, index) => reader.read(document, index));
  reader.checkParameter();
  return steps;
}

/** Reads steps in order, and keeps account of the latest time to which each can take the story. */
class StepsReader {
  private readonly context: StepsContext;
  private readonly begunFaults = new Set<string>();
  private latestMs = 0;
  private parameterUsed = false;
  private endPassed = false;

  constructor(context: StepsContext) {
    this.context = context;
  }

  /** One step, or none where it makes no sense. */
  read(document: StepDocument, index: number): Step[] {
    const timing = document.at === undefined ? 'after' : 'at';
    const due = this.span(document, timing, index) ?? 0;
    this.checkDue(document, due, index);
    const action = this.readAction(document, index);
    if (action === null) return [];
    this.checkEnd(document, action, index);
    return [{ line: this.context.lineOf(['steps', index]), timing, due, action }];
  }

  /** To be called after the last step. */
  checkParameter(): void {
    const { sweep } = this.context;
    if (sweep !== null && !this.parameterUsed) {
      this.context.problemAt(
        ['sweep', sweep.name],
        `no step uses $${sweep.name}; write for example "in: $${sweep.name}"`,
      );
    }
  }

  private checkDue(document: StepDocument, due: Span, index: number): void {
    if (document.after !== undefined && document.at !== undefined) {
      this.fail(index, 'at', '"after" and "at" both say when; keep one');
    } else if (document.at === undefined) {
      this.latestMs += this.largest(due);
    } else if (this.smallest(due) < this.latestMs) {
      const latest = durationText(this.latestMs);
      this.fail(
        index,
        'at',
        `time goes backwards: the steps before can take until ${latest}; put it later, or use "after"`,
      );
    } else {
      this.latestMs = this.largest(due);
    }
  }

  /** Only the first step beyond the end is worth a word. */
  private checkEnd(document: StepDocument, action: Action, index: number): void {
    const { lastsMs } = this.context;
    if (action.kind === 'expect') this.latestMs += this.largest(action.within ?? action.holdsFor ?? 0);
    const endsMs = this.latestMs + (action.kind === 'fault' ? this.largest(action.startsIn) : 0);
    if (lastsMs === null || endsMs <= lastsMs || this.endPassed) return;
    this.endPassed = true;
    const latest = durationText(endsMs);
    const message = `the step can take until ${latest}, and the story ends at ${durationText(lastsMs)}; make "lasts" longer`;
    const key = document.at === undefined ? 'after' : 'at';
    this.context.problemAt(document[key] === undefined ? ['steps', index] : ['steps', index, key], message);
  }

  private readAction(document: StepDocument, index: number): Action | null {
    const keys = (['do', 'fault', 'mend', 'expect'] as const).filter((key) => document[key] !== undefined);
    const [key] = keys;
    if (key === undefined) {
      this.context.problemAt(['steps', index], 'the step does nothing; add "do", "fault", "mend" or "expect"');
      return null;
    }
    if (keys.length > 1) {
      this.fail(index, keys[1] ?? key, `"${keys.join('" and "')}" in one step; make them steps of their own`);
      return null;
    }
    for (const companion of Object.keys(companions) as (keyof typeof companions)[]) {
      const goesWith: readonly ActionKey[] = companions[companion];
      if (document[companion] !== undefined && !goesWith.includes(key)) {
        this.fail(
          index,
          companion,
          `"${companion}" goes with "${goesWith.join('", "')}", not with "${key}"; remove it`,
        );
      }
    }
    if (key === 'do') return this.readDeed(document, document.do ?? '', index);
    if (key === 'expect') return this.readExpectation(document, document.expect ?? '', index);
    return this.readFault(document, key, index);
  }

  private readDeed(document: StepDocument, words: string, index: number): Action | null {
    const parsed = parseDeed(words, this.context.people);
    if ('mistake' in parsed) {
      this.fail(index, 'do', parsed.mistake);
      return null;
    }
    this.checkCompanions(document, parsed.deed, index);
    return this.deedAction(document, words, parsed, index);
  }

  private deedAction(
    document: StepDocument,
    words: string,
    { person, deed }: { readonly person: string; readonly deed: Deed },
    index: number,
  ): Action | null {
    if (deed.kind === 'hand') {
      return { kind: 'hand', words, deed: deed.make(this.fixedSpan(document, 'for', index) ?? 0) };
    }
    if (deed.kind === 'ask') return { kind: 'ask', words, via: deed.via, request: deed.make(person) };
    const visit = this.findVisit(document, person, index);
    if (visit === null) return null;
    const visitId = visit.grant.id;
    if (deed.kind === 'askForVisit') {
      return { kind: 'ask', words, via: deed.via, request: deed.make(person, visitId, visit) };
    }
    if (document.entry === undefined) return { kind: 'enter', words, personId: person, visitId };
    const request = { kind: 'enter', personId: person, visitId, entry: document.entry } as const;
    return { kind: 'ask', words, via: 'network', request };
  }

  private checkCompanions(document: StepDocument, deed: Deed, index: number): void {
    const holds = deed.kind === 'hand' ? deed.holds : 'never';
    if (holds === 'always' && document.for === undefined) {
      this.fail(index, 'do', 'how long? add for example "for: 5 s"');
    } else if (holds === 'never' && document.for !== undefined) {
      this.fail(index, 'for', 'this is done in an instant; remove "for"');
    }
    if (document.entry !== undefined && deed.kind !== 'enter') {
      this.fail(index, 'entry', '"entry" goes with "asks to enter"; remove it');
    }
    if (document.visit !== undefined && (deed.kind === 'hand' || deed.kind === 'ask')) {
      this.fail(index, 'visit', 'this belongs to no visit; remove "visit"');
    }
  }

  /** The visit named, else the person's own, else the only one. */
  private findVisit(document: StepDocument, person: string, index: number): Visit | null {
    const { visits } = this.context;
    const ids = visits.map(({ grant }) => grant.id);
    if (document.visit !== undefined) {
      const named = visits.find(({ grant }) => grant.id === document.visit);
      if (named === undefined) {
        const nearest = nearestName(document.visit, ids);
        const mend = nearest === undefined ? 'add it to the visits under "given"' : `did you mean "${nearest}"?`;
        this.fail(index, 'visit', `the story has no visit "${document.visit}"; ${mend}`);
      }
      return named ?? null;
    }
    const own = visits.filter(({ grant }) => grant.personId === person);
    const [only, another] = own.length === 0 ? visits : own;
    if (only === undefined) this.fail(index, 'do', 'the story has no visit; add one to the visits under "given"');
    else if (another !== undefined) {
      this.fail(index, 'do', `which visit? add "visit: ${only.grant.id}" or "visit: ${another.grant.id}"`);
    }
    return only ?? null;
  }

  private readFault(document: StepDocument, key: 'fault' | 'mend', index: number): Action | null {
    const words = document[key] ?? '';
    const fault = parseFault(words);
    if (fault === undefined) return null;
    if (key === 'fault') this.begunFaults.add(words);
    else if (!this.begunFaults.has(words)) {
      this.fail(index, 'mend', `nothing to mend: no step before has "fault: ${words}"`);
    }
    return {
      kind: 'fault',
      fault,
      present: key === 'fault',
      startsIn: this.span(document, 'in', index) ?? 0,
      lasts: this.span(document, 'for', index),
    };
  }

  private readExpectation(document: StepDocument, words: string, index: number): Action | null {
    const condition = parseCondition(words);
    if ('mistake' in condition) {
      this.fail(index, 'expect', condition.mistake);
      return null;
    }
    if (document.within !== undefined && document.for !== undefined) {
      this.fail(index, 'for', '"within" waits for it, "for" sees that it stays; make them two steps');
    } else if (document.for !== undefined && !isLasting(condition)) {
      this.fail(index, 'for', `"${words}" is over in an instant; use "within"`);
    }
    return {
      kind: 'expect',
      condition,
      within: this.span(document, 'within', index),
      holdsFor: this.span(document, 'for', index),
    };
  }

  private span(document: StepDocument, key: SpanKey, index: number): Span | null {
    const text = document[key];
    if (text === undefined) return null;
    if (!text.startsWith('$')) return durationMs(text) ?? 0;
    const { sweep } = this.context;
    if (sweep?.name !== text.slice(1)) {
      const mend = sweep === null ? 'add a "sweep"' : `did you mean "$${sweep.name}"?`;
      this.fail(index, key, `the story sweeps no parameter "${text}"; ${mend}`);
    }
    this.parameterUsed = true;
    return sweep === null ? 0 : 'swept';
  }

  private fixedSpan(document: StepDocument, key: SpanKey, index: number): number | null {
    const span = this.span(document, key, index);
    if (span === 'swept') {
      this.fail(index, key, 'a deed cannot be swept; sweep when it is done, with "after"');
      return 0;
    }
    return span;
  }

  private smallest(span: Span): number {
    return span === 'swept' ? (this.context.sweep?.fromMs ?? 0) : span;
  }

  private largest(span: Span): number {
    return span === 'swept' ? (this.context.sweep?.toMs ?? 0) : span;
  }

  private fail(index: number, key: keyof StepDocument, message: string): void {
    this.context.problemAt(['steps', index, key], message);
  }
}
