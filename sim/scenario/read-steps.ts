import type { ConditionTable } from './conditions.js';
import { isLasting, parseCondition } from './conditions.js';
import { parseFault } from './faults.js';
import type { DeedContext } from './read-deed.js';
import { DeedReader } from './read-deed.js';
import type { StepDocument } from './schema.js';
import type { Action, Span, Step, Sweep } from './scenario.js';
import type { StoryContext } from './story-context.js';
import { durationMs, durationText } from './times.js';

/** What steps refer to. */
export interface StepsContext extends StoryContext, DeedContext {
  readonly conditions: ConditionTable;
  readonly sweep: Sweep | null;
  readonly lastsMs: number | null;
}

type ActionKey = 'do' | 'fault' | 'mend' | 'expect';
type SpanKey = 'after' | 'at' | 'in' | 'within' | 'for';

/** Which actions a key goes with; `after` and `at` go with all. */
const companions = {
  visit: ['do'],
  entry: ['do'],
  distance: ['do'],
  by: ['do'],
  in: ['do', 'fault'],
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
  private readonly deeds: DeedReader;
  private readonly begunFaults = new Set<string>();
  private latestMs = 0;
  private parameterUsed = false;
  private endPassed = false;

  constructor(context: StepsContext) {
    this.context = context;
    this.deeds = new DeedReader(context);
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
    const endsMs = this.latestMs + ('startsIn' in action ? this.largest(action.startsIn) : 0);
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
    if (key === 'do') return this.readDeed(document, index);
    if (key === 'expect') return this.readExpectation(document, document.expect ?? '', index);
    return this.readFault(document, key, index);
  }

  private readDeed(document: StepDocument, index: number): Action | null {
    const action = this.deeds.read({
      document,
      fail: (key, message) => this.fail(index, key, message),
      holdMs: () => this.fixedSpan(document, 'for', index) ?? 0,
    });
    const startsIn = this.span(document, 'in', index);
    return action === null || startsIn === null ? action : { kind: 'later', startsIn, action };
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
    const condition = parseCondition(words, this.context.conditions);
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
