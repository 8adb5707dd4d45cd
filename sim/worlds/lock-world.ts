import { Desk } from '../../firmware/desk.js';
import { EncodedRecords } from '../../firmware/journal/encoded-records.js';
import type { RecordStore } from '../../firmware/journal/record-store.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import { Lock } from '../../firmware/lock.js';
import type { Request } from '../../firmware/requests.js';
import type { Settings } from '../../firmware/settings.js';
import { DEFAULT_SETTINGS } from '../../firmware/settings.js';
import { RecordsInMemory } from '../hal/records-in-memory.js';
import type { MakeBoardSide } from '../hal/board-side.js';
import { SimulatedEntropy } from '../hal/simulated-entropy.js';
import { SimulatedHardware } from '../hal/simulated-hardware.js';
import type { SimulatedStore } from '../hal/simulated-store.js';
import type { Observations } from '../observation.js';
import type { Entropy } from '../../hal/contracts/entropy.js';
import type { Hal } from '../../hal/contracts/hal.js';
import type { OrderAnswer } from '../../hal/contracts/hal-fault.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import type { FirmwareClock, VirtualClock } from '../virtual-clock.js';
import type { FaultComponent, HandDeed, World, WorldSettings } from '../world.js';
import { motorLimits } from './motor-limits.js';
import { observedDoor } from './observed-door.js';
import type { Outside } from './outside.js';
import { outsideOfBoot } from './outside.js';

export interface LockWorldOptions {
  readonly clock: VirtualClock;
  /** The depth of simulation. */
  readonly makeBoardSide: MakeBoardSide;
  /** Skips camera frames and motor samples that provably change nothing. */
  readonly coalesce: boolean;
  /** Keeps the journal as bytes, as faults of the store need it. */
  readonly journalBytes: boolean;
  /** Instead of what is simulated. */
  readonly outside?: Outside;
  /** Called with the store before the lock boots for the first time. */
  readonly onStore?: (store: SimulatedStore) => void;
}

/** The shipping firmware at a simulated door, at any depth. */
export class LockWorld implements World {
  private readonly settings: WorldSettings;
  private readonly options: LockWorldOptions;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly hardware: SimulatedHardware;
  private readonly memory: RecordsInMemory;
  private readonly entropy: Entropy;
  private lock: Lock | null = null;
  /** Of the running lock; made for the first who comes to it, for most stories need none. */
  private makeDesk: (() => Desk) | null = null;
  private currentDesk: Desk | null = null;
  private newestRecord = 0;
  /** Boots that are over. */
  private boots = 0;

  constructor(settings: WorldSettings, seed: number, observer: Observations, options: LockWorldOptions) {
    this.settings = settings;
    this.clock = options.clock;
    this.options = options;
    this.observer = observer;
    this.entropy = options.outside?.entropy ?? new SimulatedEntropy(seed);
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
    options.onStore?.(this.hardware.store);
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
    if (!this.isWithinReach(via) || this.lock === null) return false;
    this.observer.request(this.clock.nowMs(), request);
    this.lock.request(request);
    return true;
  }

  desk(via: 'network' | 'door'): Desk | null {
    if (!this.isWithinReach(via)) return null;
    this.currentDesk ??= this.makeDesk?.() ?? null;
    return this.currentDesk;
  }

  setFault(component: FaultComponent, kind: string, present: boolean): void {
    this.hardware.setFault(component, kind, present);
  }

  private isWithinReach(via: 'network' | 'door'): boolean {
    return via === 'network' ? this.hardware.isOnline() : this.hardware.isHostUp();
  }

  private boot(hal: Hal, clock: FirmwareClock): void {
    const { hardware } = this;
    const { lock: profile, residents, doorId, timeZone, watchesHousehold = false } = this.settings;
    const settings: Settings = { ...DEFAULT_SETTINGS, doorId, timeZone, watchesHousehold };
    const { wallClock, notices, records } = this.reach();
    const lock = new Lock({
      hal,
      clock,
      wallClock,
      records: this.observed(records),
      notices,
      reports: hardware.reports,
      residents,
      settings,
      motorLimits: motorLimits(LOCK_PROFILES[profile]),
    });
    this.lock = lock;
    const door = observedDoor(
      lock,
      () => this.lock !== lock,
      (request) => this.observer.request(this.clock.nowMs(), request),
    );
    this.makeDesk = () => new Desk({ lock: door, entropy: this.entropy, clock, residents, settings });
    if (!this.options.coalesce) return;
    hardware.setQuiet({
      framesUntilMs: () => lock.framesQuietUntilMs(),
      samplesUntilMs: () => lock.samplesQuietUntilMs(),
    });
  }

  /** What the firmware that boots now has beyond its door. */
  private reach(): ReturnType<typeof outsideOfBoot> {
    const { hardware, boots } = this;
    const { outside, journalBytes } = this.options;
    if (outside !== undefined) return outsideOfBoot(outside, () => boots !== this.boots);
    const { wallClock, notices, store } = hardware;
    return { wallClock, notices, records: journalBytes ? new EncodedRecords(store) : this.memory };
  }

  private goDown(): void {
    this.lock = null;
    this.makeDesk = null;
    this.currentDesk = null;
    this.boots += 1;
    this.hardware.setQuiet(null);
    this.memory.crash();
    // What it handed over last may be lost: a mended tail must not pass for its acknowledgement.
    this.newestRecord = 0;
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
      dropBefore: (number) => records.dropBefore(number),
      sync: (done) => records.sync(done),
      load: () => records.load(),
    };
  }
}
