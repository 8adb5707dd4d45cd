import type { Alarm, Clock } from '../../contracts/clock.js';

/** So many heartbeats go without an answer before a board counts as dead. */
const MISSED_MAX = 3;

/** An answer comes within this. Chosen: with three heartbeats of 150 ms it makes 500 of the 600 ms that `Link` grants. */
const ANSWER_MS = 50;

export interface HeartbeatListener {
  /** Ask the board for a sign of life. */
  beat(): void;
  silent(): void;
}

/** Asks a board for signs of life, and tells when none come. */
export class Heartbeat {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private readonly listener: HeartbeatListener;
  private readonly next: Alarm;
  private readonly silence: Alarm;

  constructor(clock: Clock, intervalMs: number, listener: HeartbeatListener) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.listener = listener;
    this.next = clock.alarm(() => this.beat());
    this.silence = clock.alarm(() => listener.silent());
  }

  start(): void {
    this.hear();
    this.beat();
  }

  /** The board has answered. */
  hear(): void {
    this.silence.set(this.clock.nowMs() + MISSED_MAX * this.intervalMs + ANSWER_MS);
  }

  stop(): void {
    this.next.clear();
    this.silence.clear();
  }

  private beat(): void {
    this.next.set(this.clock.nowMs() + this.intervalMs);
    this.listener.beat();
  }
}
