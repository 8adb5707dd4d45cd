import type { Alarm } from '../../hal/contracts/clock.js';
import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Drive, Observations } from '../observation.js';
import type { Plant } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';

/**
 * From the moment a link dies until each end takes the other for dead: 500 ms after the last message, of which there is
 * one every 150 ms.
 */
export const SILENCE_MS = 425;

/** However long the host orders, one drive lasts no longer (S4). */
const DRIVE_MAX_MS = 2_800;

const INDICATORS: readonly IndicatorName[] = ['recording', 'jam', 'fault'];

/**
 * The I/O board between host and hardware. It does what the host orders, and nothing by itself except to switch off:
 * when a drive takes too long, when the host falls silent, and when a host boots, which resets it by opening its port.
 */
export class Board {
  private readonly clock: VirtualClock;
  private readonly plant: Plant;
  private readonly observer: Observations;
  private readonly cutOff: Alarm;
  private readonly lit: Record<IndicatorName, boolean> = { recording: false, jam: false, fault: false };
  private linkIsUp = true;
  private powered = true;
  private hostIsUp = false;
  private greeted = false;
  private driving = false;
  private driveEndMs = Infinity;
  private silenceEndMs = Infinity;

  constructor(clock: VirtualClock, plant: Plant, observer: Observations) {
    this.clock = clock;
    this.plant = plant;
    this.observer = observer;
    this.cutOff = clock.alarm(() => this.cut());
  }

  /** Whether messages pass. */
  isReachable(): boolean {
    return this.linkIsUp && this.powered;
  }

  setDrive(drive: Drive): void {
    const driving = drive !== 'off';
    if (driving !== this.driving) {
      this.driving = driving;
      this.driveEndMs = driving ? this.clock.nowMs() + DRIVE_MAX_MS : Infinity;
      this.arm();
    }
    this.plant.bolt.setDrive(drive);
  }

  setLight(indicator: IndicatorName, lit: boolean): void {
    if (this.lit[indicator] === lit) return;
    this.lit[indicator] = lit;
    this.observer.indicator(this.clock.nowMs(), indicator, lit);
  }

  setLink(up: boolean): void {
    this.linkIsUp = up;
    this.hearHost();
  }

  setHost(running: boolean): void {
    this.hostIsUp = running;
    this.greeted = false;
    this.hearHost();
  }

  setPower(on: boolean): void {
    this.powered = on;
    if (!on) this.reset();
    this.hearHost();
  }

  /** A silent host is switched off some time later; one that connects anew, at once. */
  private hearHost(): void {
    const heard = this.isReachable() && this.hostIsUp;
    if (heard && !this.greeted) {
      this.greeted = true;
      this.reset();
    }
    if (heard) this.silenceEndMs = Infinity;
    else if (this.silenceEndMs === Infinity) this.silenceEndMs = this.clock.nowMs() + SILENCE_MS;
    this.arm();
  }

  private cut(): void {
    const nowMs = this.clock.nowMs();
    if (this.driveEndMs <= nowMs) this.setDrive('off');
    if (this.silenceEndMs > nowMs) return;
    this.silenceEndMs = Infinity;
    this.switchOff();
  }

  private switchOff(): void {
    this.setDrive('off');
    for (const indicator of INDICATORS) this.setLight(indicator, false);
  }

  /** Its pins float, and whatever hangs on them is off. */
  private reset(): void {
    this.switchOff();
    this.plant.switchCamera(false);
  }

  private arm(): void {
    const dueMs = Math.min(this.driveEndMs, this.silenceEndMs);
    if (dueMs === Infinity) this.cutOff.clear();
    else this.cutOff.set(dueMs);
  }
}
