import type { Bolt } from './bolt.js';
import type { Doorway } from './doorway.js';
import type { Faults } from './faults.js';

/** A sense line stuck high reads the bridge's peak current, 2 A (DRV8833). */
const SENSE_PEAK_MA = 2_000;

/** What bolt, door and motor look like to their sensors: the truth, unless the sensor is faulty. */
export class Sensors {
  private readonly faults: Faults;
  private readonly bolt: Bolt;
  private readonly doorway: Doorway;
  private contactStuckAt: boolean | null = null;
  private extendedStuckAt: boolean | null = null;
  private retractedStuckAt: boolean | null = null;
  private currentStuckAtMa: number | null = null;

  constructor(faults: Faults, bolt: Bolt, doorway: Doorway) {
    this.faults = faults;
    this.bolt = bolt;
    this.doorway = doorway;
  }

  doorClosed(): boolean {
    return this.contactStuckAt ?? this.doorway.isClosed();
  }

  extended(): boolean {
    return this.extendedStuckAt ?? this.bolt.place() === 'extended';
  }

  retracted(): boolean {
    return this.retractedStuckAt ?? this.bolt.place() === 'retracted';
  }

  currentMa(): number {
    return this.currentStuckAtMa ?? this.bolt.currentMa();
  }

  supplyMv(): number {
    return this.bolt.supplyMv();
  }

  /** To be called after a fault of a sensor came or went. Of two that contradict each other the first counts. */
  faultChanged(): void {
    this.contactStuckAt =
      this.stuck('doorContact', 'stuckClosed', true) ?? this.stuck('doorContact', 'stuckOpen', false);
    this.extendedStuckAt =
      this.stuck('extendedSwitch', 'stuckOn', true) ?? this.stuck('extendedSwitch', 'stuckOff', false);
    this.retractedStuckAt =
      this.stuck('retractedSwitch', 'stuckOn', true) ?? this.stuck('retractedSwitch', 'stuckOff', false);
    this.currentStuckAtMa =
      this.stuck('motorSense', 'shorted', 0) ?? this.stuck('motorSense', 'stuckHigh', SENSE_PEAK_MA);
  }

  private stuck<Reading>(
    sensor: 'doorContact' | 'extendedSwitch' | 'retractedSwitch' | 'motorSense',
    kind: string,
    at: Reading,
  ): Reading | null {
    return this.faults.has(sensor, kind) ? at : null;
  }
}
