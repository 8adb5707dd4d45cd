import { EncodedRecords } from '../../firmware/journal/encoded-records.js';
import type { RecordStore } from '../../firmware/journal/record-store.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import { Lock } from '../../firmware/lock.js';
import type { Request } from '../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../firmware/settings.js';
import { RecordsInMemory } from '../hal/records-in-memory.js';
import type { MakeBoardSide } from '../hal/board-side.js';
import { SimulatedHardware } from '../hal/simulated-hardware.js';
import type { Observations } from '../observation.js';
import type { Hal } from '../../hal/contracts/hal.js';
import type { OrderAnswer } from '../../hal/contracts/hal-fault.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import type { FirmwareClock, VirtualClock } from '../virtual-clock.js';
import type { FaultComponent, HandDeed, World, WorldSettings } from '../world.js';
import { motorLimits } from './motor-limits.js';

export interface LockWorldOptions {
  readonly clock: VirtualClock;
  /** The depth of simulation. */
  readonly makeBoardSide: MakeBoardSide;
  /** Skips camera frames and motor samples that provably change nothing. */
  readonly coalesce: boolean;
  /** Keeps the journal as bytes, as faults of the store need it. */
  readonly journalBytes: boolean;
}

/** The shipping firmware at a simulated door, at any depth. */
export class LockWorld implements World {
  private readonly settings: WorldSettings;
  private readonly options: LockWorldOptions;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly hardware: SimulatedHardware;
  private readonly memory: RecordsInMemory;
  private lock: Lock | null = null;
  private newestRecord = 0;

  constructor(settings: WorldSettings, seed: number, observer: Observations, options: LockWorldOptions) {
    this.settings = settings;
    this.clock = options.clock;
    this.options = options;
    this.observer = observer;
    this.hardware = new SimulatedHardware({
      clock: this.clock,
      seed,
      observer: this.observer,
      profiles: {
        lock: LOCK_PROFILES[settings.lock],
        door: DOOR_PROFILES[settings.door],
        camera: CAMERA_PROFILE,
      },
      start: { boltExtended: true, doorClosed: true, cameraSwitchedOn: false, utcMs: settings.beginsUtcMs },
      makeBoardSide: options.makeBoardSide,
      onHostUp: (hal, clock) => this.boot(hal, clock),
      onHostDown: () => this.goDown(),
    });
    this.memory = new RecordsInMemory(this.hardware.store);
    this.hardware.store.newestRecord = () => this.newestRecord;
    this.hardware.begin();
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  advanceTo(untilMs: number): void {
    this.clock.advanceTo(untilMs);
  }

  halt(): void {
    this.clock.halt();
  }

  hand(deed: HandDeed): string | null {
    return this.hardware.hand(deed);
  }

  request(request: Request, via: 'network' | 'door'): boolean {
    const reaches = via === 'network' ? this.hardware.isOnline() : this.hardware.isHostUp();
    if (!reaches || this.lock === null) return false;
    this.observer.request(this.clock.nowMs(), request);
    this.lock.request(request);
    return true;
  }

  setFault(component: FaultComponent, kind: string, present: boolean): void {
    this.hardware.setFault(component, kind, present);
  }

  private boot(hal: Hal, clock: FirmwareClock): void {
    const { hardware, settings } = this;
    const lock = new Lock({
      hal,
      clock,
      wallClock: hardware.wallClock,
      records: this.observed(this.options.journalBytes ? new EncodedRecords(hardware.store) : this.memory),
      notices: hardware.notices,
      reports: hardware.reports,
      residents: settings.residents,
      settings: { ...DEFAULT_SETTINGS, doorId: settings.doorId },
      motorLimits: motorLimits(LOCK_PROFILES[settings.lock]),
    });
    this.lock = lock;
    if (!this.options.coalesce) return;
    hardware.setQuiet({
      framesUntilMs: () => lock.framesQuietUntilMs(),
      samplesUntilMs: () => lock.samplesQuietUntilMs(),
    });
  }

  private goDown(): void {
    this.lock = null;
    this.hardware.setQuiet(null);
    this.memory.crash();
  }

  /** Shows every record to the observers as it is handed over, kept or not. */
  private observed(records: RecordStore): RecordStore {
    // The store asks for the newest record as it takes it, so a refusal has to take it back.
    const handOver = (record: JournalRecord, take: () => OrderAnswer): OrderAnswer => {
      this.observer.record(this.clock.nowMs(), record);
      const newestBefore = this.newestRecord;
      this.newestRecord = record.number;
      const fault = take();
      if (fault !== null) this.newestRecord = newestBefore;
      return fault;
    };
    return {
      append: (record) => handOver(record, () => records.append(record)),
      replace: (record) => handOver(record, () => records.replace(record)),
      sync: (done) => records.sync(done),
      load: () => records.load(),
    };
  }
}
