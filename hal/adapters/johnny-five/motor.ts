import type { BoltMotor } from '../../contracts/bolt-motor.js';
import type { Alarm, Clock } from '../../contracts/clock.js';
import type { HalFault, OrderAnswer } from '../../contracts/hal-fault.js';
import type { MotorCurrent } from '../../contracts/motor-current.js';
import type { BoardSession } from './session.js';
import type { Wiring } from './wiring.js';

/** Samples go on for this long after a drive (`MotorCurrent`). */
const AFTER_DRIVE_MS = 50;

const UNREACHABLE: HalFault = { part: 'boltMotor', detail: 'the host-board link is down' };

/** The bridge and what the motor behind it draws. */
export class Motor implements BoltMotor, MotorCurrent {
  private readonly clock: Clock;
  private readonly wiring: Wiring;
  private readonly session: BoardSession;
  private readonly samplingEnd: Alarm;
  private listener: ((currentMa: number, supplyMv: number) => void) | null = null;
  private way: 'extend' | 'retract' | 'off' = 'off';
  private isSampling = false;
  /** Of the lower channel, until the higher one completes the sample: a board reports them in that order. */
  private lowerCounts: number | null = null;

  constructor(clock: Clock, wiring: Wiring, session: BoardSession) {
    this.clock = clock;
    this.wiring = wiring;
    this.session = session;
    this.samplingEnd = clock.alarm(() => this.setSampling(false));
  }

  extend(): OrderAnswer {
    return this.drive('extend', this.wiring.in1Pin, this.wiring.in2Pin);
  }

  retract(): OrderAnswer {
    return this.drive('retract', this.wiring.in2Pin, this.wiring.in1Pin);
  }

  stop(): OrderAnswer {
    if (!this.session.isUp) return UNREACHABLE;
    this.way = 'off';
    this.enable(false);
    this.session.write(this.wiring.in1Pin, false);
    this.session.write(this.wiring.in2Pin, false);
    if (this.isSampling) this.samplingEnd.set(this.clock.nowMs() + AFTER_DRIVE_MS);
    return null;
  }

  watch(listener: (currentMa: number, supplyMv: number) => void): void {
    this.listener = listener;
  }

  /** A few samples without a drive, for whoever checks a rig before the first one. Nothing while the link is down. */
  sampleAtRest(): void {
    if (!this.session.isUp || this.way !== 'off') return;
    if (!this.isSampling) this.setSampling(true);
    this.samplingEnd.set(this.clock.nowMs() + AFTER_DRIVE_MS);
  }

  /** The session has switched off whatever was on, and its board samples nothing when the link is back. */
  loseLink(): void {
    this.way = 'off';
    this.isSampling = false;
    this.samplingEnd.clear();
  }

  readChannel(channel: number, counts: number): void {
    const { currentChannel, supplyChannel, currentMaPerCount, supplyMvPerCount } = this.wiring;
    if (!this.isSampling) return;
    const [lower, higher] = this.wiring.channels;
    const { lowerCounts } = this;
    this.lowerCounts = channel === lower ? counts : null;
    if (channel !== higher || lowerCounts === null) return;
    const [currentCounts, supplyCounts] =
      currentChannel < supplyChannel ? [lowerCounts, counts] : [counts, lowerCounts];
    this.listener?.(currentCounts * currentMaPerCount, supplyCounts * supplyMvPerCount);
  }

  /** One direction falls before the other rises, with the bridge disabled in between. */
  private drive(way: 'extend' | 'retract', pin: number, otherPin: number): OrderAnswer {
    if (!this.session.isUp) return UNREACHABLE;
    if (way !== this.way) this.enable(false);
    this.way = way;
    this.session.write(otherPin, false);
    this.session.write(pin, true);
    this.enable(true);
    this.samplingEnd.clear();
    if (!this.isSampling) this.setSampling(true);
    return null;
  }

  private enable(on: boolean): void {
    const { enablePin } = this.wiring;
    if (enablePin !== null) this.session.write(enablePin, on);
  }

  private setSampling(on: boolean): void {
    this.isSampling = on;
    this.lowerCounts = null;
    this.session.sample(on);
  }
}
