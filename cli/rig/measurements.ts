import { INITIAL_MOTOR_SENSE, senseCurrent, senseDrive } from '../../firmware/sense/motor-sense.js';
import type { MotorLimits, MotorSense } from '../../firmware/sense/motor-sense.js';
import type { Signal } from '../../firmware/signals.js';
import type { Observations } from '../../sim/observation.js';
import { placeOf } from './standing.js';
import type { Standing } from './standing.js';

/** Tells observers what is measured at a rig, in the place of the truth that a simulated world knows. */
export class Measurements {
  private readonly limits: MotorLimits;
  private readonly observer: Observations;
  private motor: MotorSense = INITIAL_MOTOR_SENSE;
  private lastDigest: number | null = null;
  private linkUp = false;

  constructor(limits: MotorLimits, observer: Observations) {
    this.limits = limits;
    this.observer = observer;
  }

  /** How things stand as the observers begin, so that only changes are news to them. */
  begin(nowMs: number, standing: Standing): void {
    const { observer } = this;
    observer.lockPower(nowMs, true);
    observer.host(nowMs, true);
    this.linkUp = standing.boardUp === true;
    observer.boardLink(nowMs, this.linkUp);
    if (standing.networkUp !== null) observer.network(nowMs, standing.networkUp);
    // Nobody may take a bolt for extended that no switch shows.
    observer.bolt(nowMs, standing.bolt ?? 'between', NaN);
    if (standing.doorClosed !== null) observer.door(nowMs, standing.doorClosed);
    if (standing.cameraPowered !== null) observer.cameraPower(nowMs, standing.cameraPowered);
    for (const name of standing.lit) observer.indicator(nowMs, name, true);
    for (const alarm of standing.alarms) observer.alarm(nowMs, alarm, true);
    if (standing.report !== null) observer.report(nowMs, standing.report);
  }

  take(nowMs: number, signal: Signal): void {
    if ('in' in signal) this.takeIn(nowMs, signal);
    else this.takeOut(nowMs, signal);
  }

  private takeIn(nowMs: number, signal: Extract<Signal, { in: string }>): void {
    const { observer } = this;
    switch (signal.in) {
      case 'boardLink':
        return this.setLink(nowMs, signal.up);
      case 'networkLink':
        return observer.network(nowMs, signal.up);
      case 'boltSwitches':
        return observer.bolt(nowMs, placeOf(signal.extended, signal.retracted), NaN);
      case 'doorContact':
        return observer.door(nowMs, signal.closed);
      case 'cameraPower':
        return observer.cameraPower(nowMs, signal.powered);
      case 'cameraFrame':
        // A picture that repeats the last one is no sign of life.
        if (signal.digest !== this.lastDigest) observer.frames(nowMs, nowMs, nowMs);
        this.lastDigest = signal.digest;
        return undefined;
      case 'recorder':
        return observer.recorded(nowMs, nowMs, nowMs);
      case 'motorCurrent':
        return this.feel(nowMs, senseCurrent(this.motor, this.limits, signal.currentMa, signal.supplyMv, nowMs));
      case 'request':
        return observer.request(nowMs, signal.request);
      case 'synced':
        return signal.fault === null ? observer.synced(nowMs, signal.upToNumber) : observer.storeFault(nowMs);
      case 'refusal':
      case 'calendar':
      case 'journal':
      case 'noticeSent':
        return undefined;
    }
  }

  private takeOut(nowMs: number, signal: Extract<Signal, { out: string }>): void {
    const { observer } = this;
    switch (signal.out) {
      case 'motor': {
        if (signal.fault !== null) return undefined;
        const drive = signal.order === 'stop' ? 'off' : signal.order;
        observer.motor(nowMs, drive);
        return this.feel(nowMs, senseDrive(this.motor, drive !== 'off', nowMs));
      }
      case 'indicator':
        return signal.fault === null ? observer.indicator(nowMs, signal.name, signal.lit) : undefined;
      case 'record':
        observer.record(nowMs, signal.record);
        return signal.fault === null ? undefined : observer.storeFault(nowMs);
      case 'report':
        return observer.report(nowMs, signal.report);
      case 'alarm':
        return observer.alarm(nowMs, signal.alarm, signal.raised);
      case 'cameraPower':
      case 'recorder':
        return undefined;
    }
  }

  /** The first report that it is up is no news. Without it the board has stopped the motor. */
  private setLink(nowMs: number, up: boolean): void {
    if (up === this.linkUp) return;
    this.linkUp = up;
    this.observer.boardLink(nowMs, up);
    if (up) return;
    this.observer.motor(nowMs, 'off');
    this.feel(nowMs, senseDrive(this.motor, false, nowMs));
  }

  private feel(nowMs: number, motor: MotorSense): void {
    const wasStalled = this.motor.load === 'stalled';
    this.motor = motor;
    if ((motor.load === 'stalled') !== wasStalled) this.observer.motorStalled(nowMs, !wasStalled);
  }
}
