import type { DataFolder } from '../../hal/adapters/files/data-folder.js';
import { FileStore } from '../../hal/adapters/files/file-store.js';
import { openNotices } from '../../hal/adapters/notices/open-notices.js';
import { SystemWallClock } from '../../hal/adapters/real-clock.js';
import { systemEntropy } from '../../hal/adapters/system-entropy.js';
import type { HalFault } from '../../hal/contracts/hal-fault.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { Desk } from '../../firmware/desk.js';
import type { Channel } from '../../firmware/interface/app.js';
import { EncodedRecords } from '../../firmware/journal/encoded-records.js';
import type { RecordStore } from '../../firmware/journal/record-store.js';
import type { Request } from '../../firmware/requests.js';
import { FanOut } from '../../sim/fan-out.js';
import type { Observer } from '../../sim/observation.js';
import type { Fault } from '../../sim/scenario/faults.js';
import { VirtualClock } from '../../sim/virtual-clock.js';
import type { HandDeed, World, WorldSettings } from '../../sim/world.js';
import { liveWorld } from '../../sim/worlds/live.js';
import { tellingTrouble } from '../journal-trouble.js';

/** How often virtual time catches up with real time: as often as a motor's current is sampled. Chosen. */
const PACE_MS = 10;

/** The store works again, but may have refused what is asked about. */
const STORE_FAILED: HalFault = { part: 'store', detail: 'the journal could not be written' };

/** The door, its lock and its people; the calendar is the system's. */
export type LiveScene = Omit<WorldSettings, 'beginsUtcMs'>;

/** How the lock stands, as it reports itself. */
export interface LiveStatus {
  readonly report: LockReport | null;
  readonly alarms: readonly AlarmName[];
}

export interface LiveLockOptions {
  readonly folder: DataFolder;
  readonly scene: LiveScene;
  readonly observers: readonly Observer[];
  /** One clause for a person. */
  readonly onTrouble: (trouble: string) => void;
}

/**
 * The shipping firmware at a simulated door, in real time: journal and notices are files in the data folder, the calendar
 * is the system's, and everything else is simulated.
 */
export class LiveLock {
  private readonly world: World;
  private readonly store: FileStore;
  private records: RecordStore;
  private readonly observer: FanOut;
  private readonly alarms = new Set<AlarmName>();
  private readonly beganAtMs = performance.now();
  private readonly timer: NodeJS.Timeout;
  private report: LockReport | null = null;
  private isOnline = true;
  private closing: Promise<void> | null = null;

  /** Boots. Throws the file system's error if the journal cannot be opened. */
  constructor({ folder, scene, observers, onTrouble }: LiveLockOptions) {
    const clock = new VirtualClock();
    const store = new FileStore(folder.file('journal'));
    this.store = store;
    this.observer = new FanOut([this.witness(), ...observers]);
    const notices = openNotices({
      folder,
      doorId: scene.doorId,
      isOnline: () => this.isOnline,
      onArrival: (notice) => this.observer.notice(this.nowMs(), notice),
      onTrouble,
    });
    const openRecords = (): RecordStore =>
      (this.records = tellingTrouble(new EncodedRecords(store), folder.file('journal'), onTrouble));
    this.records = openRecords();
    const outside = { wallClock: new SystemWallClock(clock), notices, entropy: systemEntropy, openRecords };
    this.world = liveWorld({ ...scene, beginsUtcMs: Date.now() }, this.observer, clock, outside);
    this.timer = setInterval(() => this.pace(), PACE_MS);
  }

  /** Real time since the start, which is the world's time as far as it has been paced. */
  nowMs(): number {
    return Math.floor(performance.now() - this.beganAtMs);
  }

  status(): LiveStatus {
    return { report: this.report, alarms: [...this.alarms] };
  }

  /** True if it reached the lock. What it led to is on record, and durable once `synced` resolves. */
  request(request: Request, via: 'network' | 'door'): boolean {
    this.pace();
    return this.world.request(request, via);
  }

  /** Who answers there now, or `null` while the lock has no power, or its network is down. */
  desk(channel: Channel): Desk | null {
    this.pace();
    return this.world.desk(channel);
  }

  /** Resolves once everything recorded so far is durable: `null`, or why it is not. */
  synced(): Promise<HalFault | null> {
    return new Promise((resolve) => {
      this.records.sync((fault) => resolve(fault ?? (this.alarms.has('StoreFailed') ? STORE_FAILED : null)));
    });
  }

  /** Returns `null` when done, or one clause saying what prevented it. `words` are for the observers. */
  hand(deed: HandDeed, words: string): string | null {
    this.pace();
    const prevented = this.world.hand(deed);
    this.observer.deed(this.world.nowMs(), words, prevented === null);
    return prevented;
  }

  setFault({ component, kind }: Fault, present: boolean): void {
    this.pace();
    this.world.setFault(component, kind, present);
  }

  /** Stops the motor, takes nothing more, and closes the journal with everything in it durable. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.timer);
    this.pace();
    this.world.setFault('power', 'down', true);
    await this.store.close();
  }

  private pace(): void {
    this.world.advanceTo(Math.max(this.nowMs(), this.world.nowMs()));
  }

  private witness(): Observer {
    return {
      report: (_nowMs, report) => {
        this.report = report;
      },
      alarm: (_nowMs, alarm, raised) => {
        if (raised) this.alarms.add(alarm);
        else this.alarms.delete(alarm);
      },
      network: (_nowMs, up) => {
        this.isOnline = up;
      },
    };
  }
}
