import type { Arming, ArmRefusal, BoardState, Trip } from '../../hal/board-protocol.js';
import { decodeArm, NO_PIN } from '../../hal/board-protocol.js';
import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';
import { armingRefusal } from './arming-limits.js';
import type { FirmataPins } from './firmata-pins.js';
import { FIRST_ANALOG_PIN, MODE } from './firmata-pins.js';

/** The image measures current and supply by turns: so long after a stall began it has seen it, give or take 1 ms. */
const STALL_SEEN_MS = 2;

/** Of fourteen bits, and of twenty-eight. */
const TRIPS_MAX = 16_383;
const DRIVES_MAX = 268_435_455;

type Direction = 'in1' | 'in2' | 'none';

/** They outlast resets and power. */
export type GuardCounters = Record<Exclude<Trip, 'none'> | 'drives', number>;

/**
 * What stands between the host and the bridge in our image: the host says which levels it wants, and the bridge gets
 * them only while armed, the host heard from lately, one direction at a time with a pause between, no drive too long,
 * no stall too long.
 */
export class DriveGuard {
  state: BoardState = 'unarmed';
  lastTrip: Trip = 'none';
  readonly counters: GuardCounters = { deadMan: 0, driveLimit: 0, overCurrent: 0, bothDirections: 0, drives: 0 };
  private readonly clock: VirtualClock;
  private readonly pins: FirmataPins;
  private readonly onTripped: () => void;
  private readonly alarm: Alarm;
  private arming: Arming | null = null;
  private in1Wanted = false;
  private in2Wanted = false;
  private enableWanted = false;
  /** After a trip other than the dead-man's: until the host wants neither direction. */
  private waitsForLow = false;
  private direction: Direction = 'none';
  /** From when the motor may be driven again; it does not come nearer while not armed. */
  private coastedMs = Infinity;
  private driveEndMs = Infinity;
  private stallEndMs = Infinity;
  private deadManMs = Infinity;

  constructor(clock: VirtualClock, pins: FirmataPins, onTripped: () => void) {
    this.clock = clock;
    this.pins = pins;
    this.onTripped = onTripped;
    this.alarm = clock.alarm(() => this.review());
  }

  /** As after a reset of the chip. */
  boot(): void {
    this.lastTrip = 'none';
    this.direction = 'none';
    this.coastedMs = Infinity;
    this.driveEndMs = Infinity;
    this.stallEndMs = Infinity;
    this.disarm();
    this.pins.reset();
  }

  /** Unarmed, with every pin an input. */
  reset(): void {
    if (this.arming !== null) this.switchOff(this.arming);
    this.disarm();
    this.pins.reset();
  }

  /** The payload of an ARM message. What is refused changes nothing. */
  arm(payload: Uint8Array): ArmRefusal {
    const asked = decodeArm(payload);
    if (asked === 'checksum') return asked;
    const refusal = armingRefusal(asked);
    if (refusal !== 'none') return refusal;
    if (this.arming !== null) {
      this.switchOff(this.arming);
      for (const pin of guardedPins(this.arming)) this.pins.release(pin);
    }
    this.arming = asked;
    this.hold(asked);
    this.in1Wanted = false;
    this.in2Wanted = false;
    this.enableWanted = false;
    this.waitsForLow = false;
    this.state = 'armed';
    if (this.coastedMs === Infinity) this.coastedMs = this.clock.nowMs() + asked.coastMs + 1;
    this.hearHost();
    return 'none';
  }

  /** Whole messages of the host keep the dead-man quiet. */
  hearHost(): void {
    if (this.state !== 'armed' || this.arming === null) return;
    this.deadManMs = this.clock.nowMs() + this.arming.deadManTimeoutMs;
    this.setAlarm();
  }

  /** A level that the host wants; of several that came in one message, all are told before `settle`. */
  write(pin: number, high: boolean): void {
    if (this.arming !== null) {
      if (pin === this.arming.in1Pin) this.in1Wanted = high;
      if (pin === this.arming.in2Pin) this.in2Wanted = high;
      if (pin === this.arming.enablePin) this.enableWanted = high;
      if (this.state === 'tripped' && this.arming.lampPins.includes(pin)) return;
    }
    this.pins.write(pin, high);
  }

  /** Lets the bridge follow what the host wants, as far as it may. */
  settle(): void {
    if (this.state !== 'armed' || this.arming === null) return;
    this.follow(this.arming);
    this.watchStall(this.arming);
    this.setAlarm();
  }

  /** Current or supply may be others. Called in the midst of a change, so it looks later. */
  inputsChanged(): void {
    if (this.direction !== 'none') this.alarm.set(this.clock.nowMs());
  }

  private review(): void {
    if (this.state !== 'armed' || this.arming === null) return;
    const nowMs = this.clock.nowMs();
    if (nowMs >= this.deadManMs) {
      this.trip(this.arming, 'deadMan');
      return;
    }
    if (nowMs >= this.driveEndMs) this.trip(this.arming, 'driveLimit');
    else if (nowMs >= this.stallEndMs && this.isStalled(this.arming)) this.trip(this.arming, 'overCurrent');
    this.settle();
  }

  private follow(arming: Arming): void {
    if (this.waitsForLow) {
      this.waitsForLow = this.in1Wanted || this.in2Wanted;
      return;
    }
    if (this.in1Wanted && this.in2Wanted) {
      this.trip(arming, 'bothDirections');
      return;
    }
    const wanted = this.wantedDirection(arming);
    if (wanted === this.direction) return;
    this.switchOff(arming);
    if (wanted !== 'none' && this.clock.nowMs() >= this.coastedMs) this.switchOn(arming, wanted);
  }

  private wantedDirection({ enablePin }: Arming): Direction {
    if (enablePin !== NO_PIN && !this.enableWanted) return 'none';
    if (this.in1Wanted) return 'in1';
    return this.in2Wanted ? 'in2' : 'none';
  }

  private watchStall(arming: Arming): void {
    if (this.direction === 'none') return;
    if (!this.isStalled(arming)) {
      this.stallEndMs = Infinity;
    } else if (this.stallEndMs === Infinity) {
      this.stallEndMs = this.clock.nowMs() + STALL_SEEN_MS + arming.stallMs;
    }
  }

  private isStalled({ currentChannel, supplyChannel, stallCounts, supplyCounts }: Arming): boolean {
    const limit = stallCounts * this.pins.adcCounts(supplyChannel);
    return this.pins.adcCounts(currentChannel) * supplyCounts >= limit;
  }

  private trip(arming: Arming, trip: Exclude<Trip, 'none'>): void {
    this.switchOff(arming);
    this.lastTrip = trip;
    this.counters[trip] = Math.min(this.counters[trip] + 1, TRIPS_MAX);
    if (trip === 'deadMan') {
      this.leaveArmed('tripped');
      for (const pin of arming.lampPins) this.pins.write(pin, false);
    } else {
      this.waitsForLow = true;
    }
    this.onTripped();
  }

  private switchOn(arming: Arming, direction: Exclude<Direction, 'none'>): void {
    this.counters.drives = Math.min(this.counters.drives + 1, DRIVES_MAX);
    this.driveEndMs = this.clock.nowMs() + arming.driveLimitMs;
    this.direction = direction;
    this.pins.drive(direction === 'in1' ? arming.in1Pin : arming.in2Pin, true);
    if (arming.enablePin !== NO_PIN) this.pins.drive(arming.enablePin, true);
  }

  private switchOff({ in1Pin, in2Pin, enablePin, coastMs }: Arming): void {
    if (this.direction === 'none') return;
    this.direction = 'none';
    this.coastedMs = this.clock.nowMs() + coastMs + 1;
    this.driveEndMs = Infinity;
    this.stallEndMs = Infinity;
    if (enablePin !== NO_PIN) this.pins.drive(enablePin, false);
    this.pins.drive(in1Pin, false);
    this.pins.drive(in2Pin, false);
  }

  private disarm(): void {
    this.arming = null;
    this.leaveArmed('unarmed');
  }

  private leaveArmed(state: BoardState): void {
    this.state = state;
    this.deadManMs = Infinity;
    if (this.coastedMs > this.clock.nowMs()) this.coastedMs = Infinity;
    this.alarm.clear();
  }

  private hold(arming: Arming): void {
    for (const pin of outputsOf(arming)) this.pins.hold(pin, MODE.output);
    this.pins.hold(FIRST_ANALOG_PIN + arming.currentChannel, MODE.analog);
    this.pins.hold(FIRST_ANALOG_PIN + arming.supplyChannel, MODE.analog);
    this.pins.unlock();
  }

  private setAlarm(): void {
    const nowMs = this.clock.nowMs();
    const coastedMs = this.direction === 'none' && this.coastedMs > nowMs ? this.coastedMs : Infinity;
    const dueMs = Math.min(this.deadManMs, this.driveEndMs, this.stallEndMs, coastedMs);
    if (this.state === 'armed') this.alarm.set(dueMs);
  }
}

function outputsOf({ in1Pin, in2Pin, enablePin }: Arming): number[] {
  return [in1Pin, in2Pin, enablePin].filter((pin) => pin !== NO_PIN);
}

function guardedPins(arming: Arming): number[] {
  const analogPins = [arming.currentChannel, arming.supplyChannel].map((channel) => FIRST_ANALOG_PIN + channel);
  return [...outputsOf(arming), ...analogPins];
}
