import type { Alarm, WallClock } from '../../hal/contracts/clock.js';
import type { ReportSink } from '../../hal/contracts/report.js';
import type { Observations } from '../observation.js';
import type { FrameQuiet } from '../plant/camera-feed.js';
import type { PlantOptions, PlantWires } from '../plant/plant.js';
import { Plant } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { FaultComponent, HandDeed } from '../world.js';
import { Board } from './board.js';
import type { SampleQuiet } from './current-sampler.js';
import { SimulatedHal } from './simulated-hal.js';
import { SimulatedNotices } from './simulated-notices.js';
import { SimulatedStore } from './simulated-store.js';

/** From power, or from the end of a crash, to the running firmware; chosen. */
const HOST_BOOT_MS = 250;

/** How soon the firmware hears of a jump of the calendar; chosen. */
const JUMP_REPORT_MS = 1;

/** Which heartbeats the firmware can do without. */
export interface Quiet extends FrameQuiet, SampleQuiet {}

export interface SimulatedHardwareOptions extends PlantOptions {
  /** Compose a new firmware: it may order and watch at once. */
  readonly onHostUp: () => void;
  /** The firmware is gone: dispose of its clock and drop it. Its listeners and pending answers are dropped already. */
  readonly onHostDown: () => void;
}

/**
 * Everything that a firmware runs on, simulated: the plant, the board that drives it, and the host with its store, its
 * calendar and its ways to the outside.
 */
export class SimulatedHardware {
  readonly plant: Plant;
  readonly hal: SimulatedHal;
  readonly store: SimulatedStore;
  readonly notices: SimulatedNotices;
  readonly wallClock: WallClock;
  readonly reports: ReportSink;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly board: Board;
  private readonly options: SimulatedHardwareOptions;
  private readonly boot: Alarm;
  private readonly jump: Alarm;
  private onCalendarJump: (() => void) | null = null;
  private hostIsUp = false;

  constructor(options: SimulatedHardwareOptions) {
    const { clock, observer, seed } = options;
    this.options = options;
    this.clock = clock;
    this.observer = observer;
    this.plant = new Plant(options);
    this.board = new Board(clock, this.plant, observer);
    this.hal = new SimulatedHal(clock, this.plant, this.board);
    this.store = new SimulatedStore(clock, observer, this.plant.faults, seed);
    this.notices = new SimulatedNotices(clock, observer, this.plant.network);
    this.wallClock = {
      nowUtcMs: () => this.plant.calendar.readUtcMs(),
      watch: (listener) => (this.onCalendarJump = listener),
    };
    this.reports = {
      report: (report) => observer.report(clock.nowMs(), report),
      alarm: (alarm, raised) => observer.alarm(clock.nowMs(), alarm, raised),
    };
    this.boot = clock.alarm(() => this.startHost());
    this.jump = clock.alarm(() => this.onCalendarJump?.());
    this.plant.wires = this.wires();
  }

  /** Tells the observer how everything stands, and starts the host at once. */
  begin(): void {
    const nowMs = this.clock.nowMs();
    this.observer.lockPower(nowMs, true);
    this.observer.boardLink(nowMs, true);
    this.plant.begin();
    this.startHost();
  }

  /** Returns `null` when done, or one clause saying what prevented it. */
  hand(deed: HandDeed): string | null {
    return this.plant.hand(deed);
  }

  /** Whether a request can reach the lock over the network. */
  isOnline(): boolean {
    return this.hostIsUp && this.plant.network.isUp();
  }

  /** Whether the firmware runs. */
  isHostUp(): boolean {
    return this.hostIsUp;
  }

  /** `null` delivers every heartbeat. Not to be changed while time advances. */
  setQuiet(quiet: Quiet | null): void {
    this.plant.feed.quiet = quiet;
    this.hal.sampler.quiet = quiet;
  }

  /** Takes effect at once. Throws on a kind that the component does not have. */
  setFault(component: FaultComponent, kind: string, present: boolean): void {
    switch (component) {
      case 'power':
        if (this.plant.faults.set(component, kind, present)) this.setPower(!present);
        return;
      case 'host':
        if (this.plant.faults.set(component, kind, present)) this.settleHost();
        return;
      case 'boardLink':
        if (!this.plant.faults.set(component, kind, present)) return;
        this.board.setLink(!present);
        this.hal.boardLinkChanged();
        return;
      case 'store':
        this.plant.faults.set(component, kind, present);
        this.store.faultChanged();
        return;
      default:
        this.plant.setFault(component, kind, present);
    }
  }

  private setPower(on: boolean): void {
    this.observer.lockPower(this.clock.nowMs(), on);
    if (!on) this.settleHost();
    this.board.setPower(on);
    this.hal.boardLinkChanged();
    if (on) this.settleHost();
  }

  /** The host runs with power and without a crash; it dies at once and boots in its time. */
  private settleHost(): void {
    const { faults } = this.plant;
    if (!faults.has('power', 'down') && !faults.has('host', 'crashed')) {
      this.boot.set(this.clock.nowMs() + HOST_BOOT_MS);
      return;
    }
    this.boot.clear();
    if (!this.hostIsUp) return;
    this.hostIsUp = false;
    this.observer.host(this.clock.nowMs(), false);
    this.hal.forgetListeners();
    this.onCalendarJump = null;
    this.notices.forgetSender();
    this.store.crash();
    this.options.onHostDown();
    this.board.setHost(false);
  }

  private startHost(): void {
    this.hostIsUp = true;
    this.board.setHost(true);
    this.observer.host(this.clock.nowMs(), true);
    this.options.onHostUp();
  }

  private wires(): PlantWires {
    const { hal } = this;
    return {
      switchesChanged: () => hal.switchesChanged(),
      contactChanged: () => hal.contactChanged(),
      currentChanged: () => hal.sampler.changed(),
      cameraPowerChanged: () => hal.cameraPowerChanged(),
      networkChanged: () => hal.networkChanged(),
      calendarJumped: () => this.jump.set(this.clock.nowMs() + JUMP_REPORT_MS),
    };
  }
}
