import type { Alarm } from '../../hal/contracts/clock.js';
import type { Plant } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';

const SAMPLE_MS = 10;

/** Samples go on for this long after a drive. */
const AFTER_DRIVE_MS = 50;

/** Which samples the firmware can do without. */
export interface SampleQuiet {
  /** Until when it learns nothing from a sample that repeats the last one; asked after each sample. */
  samplesUntilMs(): number;
}

/** Samples motor current and supply on a grid of 10 ms from the start of the drive, each the last of its instant. */
export class CurrentSampler {
  listener: ((currentMa: number, supplyMv: number) => void) | null = null;
  /** `null` delivers every sample, repeats too. */
  quiet: SampleQuiet | null = null;
  private readonly clock: VirtualClock;
  private readonly plant: Plant;
  private readonly canReport: () => boolean;
  private readonly alarm: Alarm;
  private driven = false;
  private startMs = 0;
  private endMs = -Infinity;
  private lastMs = -Infinity;

  constructor(clock: VirtualClock, plant: Plant, canReport: () => boolean) {
    this.clock = clock;
    this.plant = plant;
    this.canReport = canReport;
    this.alarm = clock.alarm(() => this.sample());
  }

  /** Current or supply differ from now on, or the drive began or ended. */
  changed(): void {
    const nowMs = this.clock.nowMs();
    const driven = this.plant.bolt.isDriven();
    if (driven && !this.driven) {
      this.startMs = nowMs;
      this.endMs = Infinity;
      this.lastMs = nowMs;
    }
    if (!driven && this.driven) this.endMs = nowMs + AFTER_DRIVE_MS;
    this.driven = driven;
    const isPast = this.lastMs >= nowMs || this.clock.instantIsComplete();
    this.setNext(this.onGrid(isPast ? nowMs + 1 : nowMs));
  }

  private sample(): void {
    const nowMs = this.clock.nowMs();
    if (this.clock.nextDueMs() <= nowMs) {
      this.alarm.set(nowMs);
      return;
    }
    this.lastMs = nowMs;
    const { sensors } = this.plant;
    const currentMa = sensors.currentMa();
    const supplyMv = sensors.supplyMv();
    if (this.listener !== null && this.canReport()) this.listener(currentMa, supplyMv);
    // The listener may have stopped the motor: then the next sample is news.
    const isNews = sensors.currentMa() !== currentMa || sensors.supplyMv() !== supplyMv;
    const neededMs = isNews || this.quiet === null ? nowMs : this.onGrid(this.quiet.samplesUntilMs());
    this.setNext(Math.max(neededMs, nowMs + SAMPLE_MS));
  }

  /** The first instant of the grid at or after a time. */
  private onGrid(timeMs: number): number {
    return this.startMs + Math.ceil((timeMs - this.startMs) / SAMPLE_MS) * SAMPLE_MS;
  }

  private setNext(dueMs: number): void {
    if (dueMs <= this.endMs && dueMs < Infinity) this.alarm.set(dueMs);
    else this.alarm.clear();
  }
}
