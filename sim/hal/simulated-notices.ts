import type { Alarm } from '../../hal/contracts/clock.js';
import type { HalFault } from '../../hal/contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeTransport } from '../../hal/contracts/notices.js';
import type { Observations } from '../observation.js';
import type { Network } from '../plant/network.js';
import type { VirtualClock } from '../virtual-clock.js';

/** A notice reaches its receiver after half of this, the answer is back after all of it; chosen. */
const ROUND_TRIP_MS = 30;

const NETWORK_DOWN: HalFault = { part: 'notices', detail: 'the network is down' };

interface Letter {
  readonly notice: Notice;
  readonly arrivalMs: number;
  readonly answerMs: number;
  done: (fault: HalFault | null) => void;
  isUnderWay: boolean;
  wasLost: boolean;
}

/**
 * Notices on their way over the network: each can be lost, and so can its acknowledgement. Every stream has its receiver,
 * and no receiver is ever down.
 */
export class SimulatedNotices implements NoticeTransport {
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly network: Network;
  private readonly alarm: Alarm;
  private readonly letters: Letter[] = [];

  constructor(clock: VirtualClock, observer: Observations, network: Network) {
    this.clock = clock;
    this.observer = observer;
    this.network = network;
    this.alarm = clock.alarm(() => this.carry());
  }

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    const nowMs = this.clock.nowMs();
    const wasLost = !this.network.isUp();
    const arrivalMs = nowMs + ROUND_TRIP_MS / 2;
    this.letters.push({ notice, arrivalMs, answerMs: nowMs + ROUND_TRIP_MS, done, isUnderWay: !wasLost, wasLost });
    this.arm();
  }

  /** A heartbeat takes no time: nobody waits for it, and one more alarm for each would slow every visit down. */
  beat(heartbeat: Heartbeat): void {
    if (this.network.isUp()) this.observer.heartbeat(this.clock.nowMs(), heartbeat);
  }

  /** The host died: letters under way arrive, but nobody waits for the answers. */
  forgetSender(): void {
    for (const letter of this.letters) letter.done = () => {};
  }

  private carry(): void {
    const nowMs = this.clock.nowMs();
    for (const letter of this.letters) {
      if (letter.isUnderWay && letter.arrivalMs <= nowMs) this.arrive(letter);
    }
    const [oldest] = this.letters;
    if (oldest !== undefined && oldest.answerMs <= nowMs) {
      this.letters.shift();
      // Armed first: the lock may die of what it does next.
      this.arm();
      oldest.done(oldest.wasLost || !this.network.isUp() ? NETWORK_DOWN : null);
    }
    this.arm();
  }

  private arrive(letter: Letter): void {
    letter.isUnderWay = false;
    letter.wasLost = !this.network.isUp();
    if (!letter.wasLost) this.observer.notice(this.clock.nowMs(), letter.notice);
  }

  /** Letters travel equally long, so that the oldest answer is due first. */
  private arm(): void {
    let dueMs = this.letters[0]?.answerMs ?? Infinity;
    for (const letter of this.letters) if (letter.isUnderWay) dueMs = Math.min(dueMs, letter.arrivalMs);
    if (dueMs < Infinity) this.alarm.set(dueMs);
  }
}
