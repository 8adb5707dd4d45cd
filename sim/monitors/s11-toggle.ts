import type { MovementSource } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import { entryBit } from './visits.js';
import type { RecordHandlers } from './record-readers.js';

/** Chosen: nobody waits at the door any longer for what was asked this long ago. */
const FORGOTTEN_AFTER_MS = 60_000;

/** A request, its place in the order of all requests, and the visit that it is about. */
interface Asked {
  readonly sequence: number;
  readonly atMs: number;
  readonly visitId: string | null;
}

const NEVER: Asked = { sequence: -1, atMs: -Infinity, visitId: null };

/** The latest request of a sort, and the one before, which counts again if the latest is refused. */
class Latest {
  asked = NEVER;
  private before = NEVER;

  set(sequence: number, atMs: number, visitId: string | null = null): void {
    this.before = this.asked;
    this.asked = { sequence, atMs, visitId };
  }

  revert(): void {
    this.asked = this.before;
  }

  /** Asked after `cause`, and long enough ago to be known by `knownMs`. */
  since(cause: Asked, knownMs: number): boolean {
    return this.asked.sequence > cause.sequence && this.asked.atMs < knownMs;
  }
}

/**
 * S11 toggle: a repeated or reordered command does the opposite of its words. The motor drives the bolt in, other than
 * in a relief reversal of a relock, only for an entry or household unlock (or passage mode) asked for since boot, in
 * the last 60 s, and since the latest lock, lock-down, end or withdrawal that concerns it; 100 ms after such a request
 * it has stopped. A person's command drives the bolt out only if a lock, lock-down, end or withdrawal is newer than any
 * opening. A refused request counts for nothing.
 */
export class ToggleMonitor implements Monitor {
  readonly property = 'S11';
  readonly records: RecordHandlers = {
    requestRefused: (_nowMs, { request }) => {
      if (request === 'unlock' || request === 'enterCode') this.unlock.revert();
      else if (request === 'lock') this.lock.revert();
      else if (request === 'endVisit' || request === 'withdraw') this.ending.revert();
    },
    modeChanged: (nowMs, { mode }) => {
      const { sequence } = this.scene.visits;
      if (mode === 'lockDown') this.lock.set(sequence, nowMs);
      else if (mode === 'passage') this.unlock.set(sequence, nowMs);
      this.reviewStop(nowMs);
    },
    entryAccepted: () => {
      this.enteredSequence = this.scene.visits.sequence;
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
  private enteredSequence = -1;
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
    if (request.kind === 'unlock' || this.isResidentsCode(request)) this.unlock.set(sequence, nowMs);
    else if (request.kind === 'lock') this.lock.set(sequence, nowMs);
    else if (request.kind === 'endVisit' || request.kind === 'withdraw') {
      this.ending.set(sequence, nowMs, request.visitId);
    } else return;
    this.reviewStop(nowMs);
  }

  motor(nowMs: number, drive: Drive): void {
    this.stop.disarm();
    if (drive !== 'retract' || this.scene.truth.intentGoal === 'locked') return;
    if (this.cause().atMs < nowMs - FORGOTTEN_AFTER_MS || this.opposed(nowMs - LATENCY_MS)) {
      this.violateRetraction(nowMs);
    }
  }

  /** The right code of a resident says "unlock". */
  private isResidentsCode(request: Request): boolean {
    if (request.kind !== 'enterCode' || !request.right) return false;
    return this.scene.visits.authority.codeOf(request.userNumber)?.holder.kind === 'resident';
  }

  private reviewStop(nowMs: number): void {
    const { truth } = this.scene;
    if (truth.drive !== 'retract' || truth.intentGoal !== 'unlocked' || !this.opposed(Infinity)) return;
    this.stop.arm(truth.due(nowMs, LATENCY_MS));
  }

  /** Nothing asked for the opening under way, or what has since asked for the opposite is known by `knownMs`. */
  private opposed(knownMs: number): boolean {
    const cause = this.cause();
    if (cause.sequence <= this.bootSequence || this.lock.since(cause, knownMs)) return true;
    const { intentVisitId } = this.scene.truth;
    const concerned = intentVisitId !== null && this.ending.asked.visitId === intentVisitId;
    return concerned && this.ending.since(cause, knownMs);
  }

  /** The request that asked for the opening under way. */
  private cause(): Asked {
    const { intentGoal, intentVisitId, intentEntry } = this.scene.truth;
    if (intentGoal !== 'unlocked') return NEVER;
    if (intentVisitId === null) return this.unlock.asked;
    const visit = this.scene.visits.find(intentVisitId);
    const asked = visit !== null && (visit.askedEntries & entryBit(intentEntry ?? 0)) !== 0;
    return asked ? { sequence: visit.askedSequence, atMs: visit.askedMs, visitId: intentVisitId } : NEVER;
  }

  private judgeLocking(nowMs: number, source: MovementSource): void {
    if (source !== 'remote' && source !== 'keypad' && source !== 'button') return;
    const openedSequence = Math.max(this.unlock.asked.sequence, this.enteredSequence);
    if (Math.max(this.lock.asked.sequence, this.ending.asked.sequence) < openedSequence) {
      this.scene.violate('S11', nowMs, 'a command drives the bolt out, and the latest asked to open');
    }
  }

  private violateRetraction(atMs: number): void {
    this.scene.violate('S11', atMs, 'the motor drives the bolt in, and the latest request did not ask for it');
  }
}
