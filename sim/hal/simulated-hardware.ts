import type { Alarm, WallClock } from '../../hal/contracts/clock.js';
import type { BoardHal, Hal, HostHal } from '../../hal/contracts/hal.js';
import type { ReportSink } from '../../hal/contracts/report.js';
import type { Observations } from '../observation.js';
import type { FrameQuiet } from '../plant/camera-feed.js';
import type { PlantOptions, PlantWires } from '../plant/plant.js';
import { Plant } from '../plant/plant.js';
import type { FirmwareClock, VirtualClock } from '../virtual-clock.js';
import type { FaultComponent, HandDeed } from '../world.js';
import type { BoardSide, MakeBoardSide } from './board-side.js';
import type { SampleQuiet } from './current-sampler.js';
import { SimulatedHost } from './simulated-host.js';
import { SimulatedNotices } from './simulated-notices.js';
import { SimulatedStore } from './simulated-store.js';

/** From power, or from the end of a crash, to the running firmware; chosen. */
const HOST_BOOT_MS = 250;

/** How soon the firmware hears of a jump of the calendar; chosen. */
const JUMP_REPORT_MS = 1;

/** Which heartbeats the firmware can do without. */
export interface Quiet extends FrameQuiet, SampleQuiet {}

export interface SimulatedHardwareOptions extends PlantOptions {
  readonly makeBoardSide: MakeBoardSide;
  /** Compose a new firmware: it may order and watch at once. */
  readonly onHostUp: (hal: Hal, clock: FirmwareClock) => void;
  /** The firmware is gone: drop it. Its clock, listeners and pending answers are dropped already. */
  readonly onHostDown: () => void;
}

/**
 * Everything that a firmware runs on, simulated: the plant, the board that drives it, and the host with its store, its
 * calendar and its ways to the outside.
 */
export class SimulatedHardware {
  readonly plant: Plant;
  readonly store: SimulatedStore;
  readonly notices: SimulatedNotices;
  readonly wallClock: WallClock;
  readonly reports: ReportSink;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly boardSide: BoardSide;
  private readonly host: SimulatedHost;
  private readonly options: SimulatedHardwareOptions;
  private readonly boot: Alarm;
  private readonly jump: Alarm;
  private onCalendarJump: (() => void) | null = null;
  private latestHal: Hal | null = null;
  /** Of the running host. */
  private hostClock: FirmwareClock | null = null;

  constructor(options: SimulatedHardwareOptions) {
    const { clock, observer, seed } = options;
    this.options = options;
    this.clock = clock;
    this.observer = observer;
    this.plant = new Plant(options);
    this.boardSide = options.makeBoardSide({ clock, plant: this.plant, observer });
    this.host = new SimulatedHost(clock, this.plant);
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
    return this.isHostUp() && this.plant.network.isUp();
  }

  /** Whether the firmware runs. */
  isHostUp(): boolean {
    return this.hostClock !== null;
  }

  /** As the last host that booted has it. Throws before the first. */
  get hal(): Hal {
    if (this.latestHal === null) throw new Error('no host has booted yet');
    return this.latestHal;
  }

  /** `null` delivers every heartbeat. Not to be changed while time advances. */
  setQuiet(quiet: Quiet | null): void {
    this.plant.feed.quiet = quiet;
    this.boardSide.setQuiet(quiet);
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
        this.observer.boardLink(this.clock.nowMs(), !present);
        this.boardSide.setLink(!present);
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
    this.boardSide.setPower(on);
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
    if (this.hostClock === null) return;
    this.hostClock.dispose();
    this.hostClock = null;
    this.observer.host(this.clock.nowMs(), false);
    this.host.forgetListeners();
    this.onCalendarJump = null;
    this.notices.forgetSender();
    this.store.crash();
    this.boardSide.stopHost();
    this.options.onHostDown();
  }

  private startHost(): void {
    const clock = this.clock.forFirmware();
    const hal = joined(this.boardSide.startHost(clock), this.host);
    this.latestHal = hal;
    this.hostClock = clock;
    this.observer.host(this.clock.nowMs(), true);
    this.options.onHostUp(hal, clock);
  }

  private wires(): PlantWires {
    const { boardSide, host } = this;
    return {
      switchesChanged: () => boardSide.switchesChanged(),
      contactChanged: () => boardSide.contactChanged(),
      currentChanged: () => boardSide.currentChanged(),
      cameraPowerChanged: () => boardSide.cameraPowerChanged(),
      networkChanged: () => host.networkChanged(),
      calendarJumped: () => this.jump.set(this.clock.nowMs() + JUMP_REPORT_MS),
    };
  }
}

function joined(board: BoardHal, host: HostHal): Hal {
  const { boardLink, boltMotor, motorCurrent, boltSwitches, doorContact, cameraPower, indicators } = board;
  const { cameraFrames, recorder, networkLink } = host;
  return {
    boardLink,
    boltMotor,
    motorCurrent,
    boltSwitches,
    doorContact,
    cameraPower,
    indicators,
    cameraFrames,
    recorder,
    networkLink,
  };
}
