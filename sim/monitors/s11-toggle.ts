import type { Request } from '../../firmware/requests.js';
import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import { entryBit } from './visits.js';
import type { RecordHandlers } from './record-readers.js';

/** The latest request of a sort, and the one before, which counts again if the latest is refused. */
class Latest {
  sequence = -1;
  atMs = -Infinity;
  private previousSequence = -1;
  private previousAtMs = -Infinity;

  set(sequence: number, atMs: number): void {
    this.previousSequence = this.sequence;
    this.previousAtMs = this.atMs;
    this.sequence = sequence;
    this.atMs = atMs;
  }

  revert(): void {
    this.sequence = this.previousSequence;
    this.atMs = this.previousAtMs;
  }
}

/**
 * S11 toggle: a repeated or reordered command does the opposite of its words. The motor drives the bolt in, other than
 * in a relief reversal of a relock, only for an entry or household unlock (or passage mode) asked for since boot and
 * since the latest lock, lock-down, end or withdrawal that concerns it; 100 ms after such a request it has stopped.
 * A person's command drives the bolt out only if a lock, lock-down, end or withdrawal is newer than any opening.
 */
export class ToggleMonitor implements Monitor {
  readonly property = 'S11';
  readonly records: RecordHandlers = {
    requestRefused: (_nowMs, { request }) => {
      this.revert(request);
    },
    entryAccepted: () => {
      this.entering = this.scene.visits.sequence;
    },
    driveIntended: (nowMs, { goal, source }) => {
      if (goal === 'locked') this.judgeLocking(nowMs, source);
    },
  };
  private readonly scene: Scene;
  private readonly stop: Deadline;
  private readonly lock = new Latest();
  private readonly unlock = new Latest();
  /** The latest end or withdrawal of a visit. */
  private readonly ending = new Latest();
  private endingVisitId = '';
  private entering = -1;
  private bootSequence = -1;

  constructor(scene: Scene) {
    this.scene = scene;
    this.stop = scene.truth.deadlines.create((expiredMs) => {
      if (this.opposed(expiredMs)) this.violateRetraction(expiredMs);
    });
  }

  host(_nowMs: number, running: boolean): void {
    if (running) this.bootSequence = this.scene.visits.sequence;
  }

  request(nowMs: number, request: Request): void {
    const { sequence } = this.scene.visits;
    switch (request.kind) {
      case 'lock':
        this.lock.set(sequence, nowMs);
        break;
      case 'unlock':
        this.unlock.set(sequence, nowMs);
        break;
      case 'setMode':
        if (request.mode === 'lockDown') this.lock.set(sequence, nowMs);
        else if (request.mode === 'passage') this.unlock.set(sequence, nowMs);
        break;
      case 'endVisit':
      case 'withdraw':
        this.ending.set(sequence, nowMs);
        this.endingVisitId = request.visitId;
        break;
      default:
        return;
    }
    const { truth } = this.scene;
    if (truth.drive === 'retract' && truth.intentGoal === 'unlocked' && this.opposed(Infinity)) {
      this.stop.arm(truth.due(nowMs, LATENCY_MS));
    }
  }

  motor(nowMs: number, drive: Drive): void {
    const { intentGoal } = this.scene.truth;
    this.stop.disarm();
    if (drive === 'retract' && intentGoal !== 'locked' && this.opposed(nowMs - LATENCY_MS)) {
      this.violateRetraction(nowMs);
    }
  }

  private revert(request: string): void {
    if (request === 'unlock') this.unlock.revert();
    else if (request === 'lock') this.lock.revert();
    else if (request === 'endVisit' || request === 'withdraw') this.ending.revert();
  }

  /** Nothing asked for the opening under way, or something before `knownMs` has since asked for the opposite. */
  private opposed(knownMs: number): boolean {
    const cause = this.cause();
    if (cause <= this.bootSequence) return true;
    const visitId = this.scene.truth.intentVisitId;
    const ended = visitId !== null && visitId === this.endingVisitId;
    return (
      (this.lock.sequence > cause && this.lock.atMs < knownMs) ||
      (ended && this.ending.sequence > cause && this.ending.atMs < knownMs)
    );
  }

  /** The place of the request that asked for the opening under way, in the order of all requests. */
  private cause(): number {
    const { intentGoal, intentVisitId, intentEntry } = this.scene.truth;
    if (intentGoal !== 'unlocked') return -1;
    if (intentVisitId === null) return this.unlock.sequence;
    const visit = this.scene.visits.find(intentVisitId);
    if (visit === null || (visit.askedEntries & entryBit(intentEntry ?? 0)) === 0) return -1;
    return visit.askedSequence;
  }

  private judgeLocking(nowMs: number, source: string): void {
    if (source !== 'remote' && source !== 'keypad' && source !== 'button') return;
    const openingSequence = Math.max(this.unlock.sequence, this.entering);
    if (Math.max(this.lock.sequence, this.ending.sequence) < openingSequence) {
      this.scene.violate('S11', nowMs, 'a command drives the bolt out, and the latest asked to open');
    }
  }

  private violateRetraction(atMs: number): void {
    this.scene.violate('S11', atMs, 'the motor drives the bolt in, and the latest request did not ask for it');
  }
}
