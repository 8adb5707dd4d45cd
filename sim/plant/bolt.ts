import type { Alarm } from '../../hal/contracts/clock.js';
import type { BoltPlace, Drive, Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import { loadedMa, saggedMv, speedUmPerMs, stallMa } from './motor.js';
import type { LockProfile, SupplyProfile } from './profiles.js';
import { BOLT, HAND } from './profiles.js';
import type { Strike } from './strike.js';

/** +1 is out, towards locked; -1 is in; 0 is neither. */
export type Way = -1 | 0 | 1;

const WAY_OF_DRIVE = { extend: 1, retract: -1, off: 0, both: 0 } as const satisfies Record<Drive, Way>;

/** Told at each change, while it happens: only wires hang here, which carry it on later. */
export interface BoltListener {
  placeChanged(): void;
  currentChanged(): void;
}

/**
 * The bolt, its motor and the hand on its thumb-turn. Motion is solved, not ticked: between two instants at which
 * anything changes, force, speed and current are constant, and one alarm waits for the next such instant. Instants fall
 * on whole milliseconds. The gearing locks itself: an undriven bolt stays where it is, with no run-on.
 */
export class Bolt {
  listener: BoltListener | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly lock: LockProfile;
  private readonly strike: Strike;
  private readonly alarm: Alarm;
  private supply: SupplyProfile;

  private drive: Drive = 'off';
  private inrushUntilMs = 0;
  private hand: Way = 0;
  private handHoldMs = 0;
  private handReleaseMs = Infinity;

  /** The present stretch of motion: from here, since then, at this speed, up to there. */
  private fromUm: number;
  private fromMs = 0;
  private speedUmPerMs = 0;
  private reachUm = 0;
  private reachMs = Infinity;

  private motorMa = 0;
  private stalled = false;

  /** What the observer and the listener know. */
  private toldMa = 0;
  private toldMv = 0;
  private toldStalled = false;
  private toldWay: Way = 0;
  private toldPlace: BoltPlace;

  constructor(
    clock: VirtualClock,
    observer: Observations,
    lock: LockProfile,
    supply: SupplyProfile,
    strike: Strike,
    travelUm: number,
  ) {
    this.clock = clock;
    this.observer = observer;
    this.lock = lock;
    this.supply = supply;
    this.strike = strike;
    this.fromUm = travelUm;
    this.toldPlace = placeOf(travelUm);
    this.toldMv = this.supplyMv();
    this.alarm = clock.alarm(() => this.solve());
  }

  /** Tells the observer where the bolt is as the run begins. */
  begin(): void {
    this.observer.bolt(this.clock.nowMs(), this.toldPlace, Math.round(this.fromUm));
  }

  /** The bridge's pins. */
  setDrive(drive: Drive): void {
    if (drive === this.drive) return;
    const nowMs = this.clock.nowMs();
    this.drive = drive;
    this.inrushUntilMs = nowMs + this.lock.motor.inrushMs;
    this.observer.motor(nowMs, drive);
    this.solve();
  }

  setSupply(supply: SupplyProfile): void {
    this.supply = supply;
    this.solve();
  }

  /** A hand turns the bolt as far as it goes, holds on for `holdMs` and lets go. A new hand replaces the last. */
  turn(way: -1 | 1, holdMs: number): void {
    this.hand = way;
    this.handHoldMs = holdMs;
    this.handReleaseMs = Infinity;
    this.observer.hand(this.clock.nowMs(), way > 0 ? 'extend' : 'retract');
    this.solve();
  }

  /** To be called whenever the strike plate resists differently than before. */
  strikeChanged(): void {
    this.solve();
  }

  travelUm(): number {
    const nowMs = this.clock.nowMs();
    return nowMs >= this.reachMs ? this.reachUm : this.fromUm + this.speedUmPerMs * (nowMs - this.fromMs);
  }

  place(): BoltPlace {
    return this.toldPlace;
  }

  isDriven(): boolean {
    return WAY_OF_DRIVE[this.drive] !== 0;
  }

  currentMa(): number {
    return this.motorMa;
  }

  supplyMv(): number {
    return Math.round(saggedMv(this.supply, this.motorMa));
  }

  /** Settles what happened up to now and finds what happens until the next change. */
  private solve(): void {
    const nowMs = this.clock.nowMs();
    this.fromUm = this.travelUm();
    this.fromMs = nowMs;
    this.solveHand(nowMs);
    if (this.hand === 0) this.solveMotor(nowMs);
    else this.solveMotorAgainstHand();

    const way = Math.sign(this.speedUmPerMs) as Way;
    if (way === 0) {
      this.reachMs = Infinity;
    } else {
      this.reachUm = way > 0 ? this.nextOutUm() : this.nextInUm();
      this.reachMs = nowMs + Math.ceil((this.reachUm - this.fromUm) / this.speedUmPerMs);
    }
    const inrushEndMs = this.isDriven() && this.inrushUntilMs > nowMs ? this.inrushUntilMs : Infinity;
    const nextMs = Math.min(this.reachMs, inrushEndMs, this.handReleaseMs);
    if (nextMs === Infinity) this.alarm.clear();
    else this.alarm.set(nextMs);
    this.tell(nowMs, way);
  }

  /** Sets the speed if a hand is on, and lets the hand go when its time is over. */
  private solveHand(nowMs: number): void {
    if (this.hand === 0) return;
    const against = this.strike.resistanceN(this.fromUm, this.hand);
    if (this.hand > 0 && against > HAND.forceN) this.strike.jam();
    this.speedUmPerMs = this.atEnd(this.hand) || against > HAND.forceN ? 0 : this.hand * HAND.speedUmPerMs;
    if (this.speedUmPerMs !== 0) {
      this.handReleaseMs = Infinity;
      return;
    }
    if (this.handReleaseMs === Infinity) this.handReleaseMs = nowMs + this.handHoldMs;
    if (this.handReleaseMs > nowMs) return;
    this.hand = 0;
    this.handReleaseMs = Infinity;
    this.observer.hand(nowMs, 'none');
  }

  private solveMotorAgainstHand(): void {
    const way = WAY_OF_DRIVE[this.drive];
    const helped = way * this.speedUmPerMs > 0;
    this.stalled = way !== 0 && !helped;
    this.motorMa = 0;
    if (way !== 0) this.motorMa = helped ? this.lock.motor.noLoadMa : this.stallMa();
  }

  private solveMotor(nowMs: number): void {
    const way = WAY_OF_DRIVE[this.drive];
    this.speedUmPerMs = 0;
    this.stalled = false;
    this.motorMa = 0;
    if (way === 0) return;
    const { motor, frictionN } = this.lock;
    const strikeN = this.strike.resistanceN(this.fromUm, way);
    const neededMa = loadedMa(motor, frictionN + strikeN);
    const availableMa = this.stallMa();
    if (this.atEnd(way) || neededMa >= availableMa) {
      this.stalled = true;
      this.motorMa = availableMa;
      if (way > 0 && strikeN > 0) this.strike.jam();
      return;
    }
    const starting = nowMs < this.inrushUntilMs;
    this.speedUmPerMs = way * speedUmPerMs(motor, this.supply, neededMa) * (starting ? 0.5 : 1);
    this.motorMa = starting ? availableMa : Math.round(neededMa);
  }

  private stallMa(): number {
    return Math.round(stallMa(this.lock.motor, this.supply));
  }

  /** Reports whatever differs from before. */
  private tell(nowMs: number, way: Way): void {
    const place = placeOf(this.fromUm);
    const supplyMv = this.supplyMv();
    const placeChanged = place !== this.toldPlace;
    const currentChanged = this.motorMa !== this.toldMa;
    const senseChanged = currentChanged || supplyMv !== this.toldMv;
    const motionChanged = placeChanged || way !== this.toldWay;
    const stallChanged = this.stalled !== this.toldStalled;
    this.toldPlace = place;
    this.toldMa = this.motorMa;
    this.toldMv = supplyMv;
    this.toldWay = way;
    this.toldStalled = this.stalled;

    if (way < 0) this.strike.relieve();
    if (currentChanged) this.observer.motorCurrent(nowMs, this.motorMa);
    if (stallChanged) this.observer.motorStalled(nowMs, this.stalled);
    if (motionChanged) this.observer.bolt(nowMs, place, Math.round(this.fromUm));
    if (placeChanged) this.listener?.placeChanged();
    if (senseChanged) this.listener?.currentChanged();
  }

  private atEnd(way: Way): boolean {
    return way > 0 ? this.fromUm >= BOLT.throwUm : this.fromUm <= 0;
  }

  /** The next travel on the way out at which anything changes. */
  private nextOutUm(): number {
    const travelUm = this.fromUm;
    if (travelUm < BOLT.retractedBelowUm) return BOLT.retractedBelowUm;
    if (this.strike.binds()) {
      if (travelUm < this.strike.fromUm()) return this.strike.fromUm();
      if (travelUm < this.strike.toUm()) return this.strike.toUm();
    }
    return travelUm < BOLT.extendedFromUm ? BOLT.extendedFromUm : BOLT.throwUm;
  }

  /** The same on the way in: the switches change one micrometre past their points. */
  private nextInUm(): number {
    const travelUm = this.fromUm;
    if (travelUm >= BOLT.extendedFromUm) return BOLT.extendedFromUm - 1;
    if (this.strike.binds()) {
      if (travelUm > this.strike.toUm()) return this.strike.toUm();
      if (travelUm > this.strike.fromUm()) return this.strike.fromUm();
    }
    return travelUm >= BOLT.retractedBelowUm ? BOLT.retractedBelowUm - 1 : 0;
  }
}

function placeOf(travelUm: number): BoltPlace {
  if (travelUm >= BOLT.extendedFromUm) return 'extended';
  return travelUm < BOLT.retractedBelowUm ? 'retracted' : 'between';
}
