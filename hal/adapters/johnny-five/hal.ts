import type { BoltMotor } from '../../contracts/bolt-motor.js';
import type { BoltSwitches } from '../../contracts/bolt-switches.js';
import type { CameraPower } from '../../contracts/camera-power.js';
import type { Alarm, Clock } from '../../contracts/clock.js';
import type { DoorContact } from '../../contracts/door-contact.js';
import type { BoardHal } from '../../contracts/hal.js';
import type { HalFault, OrderAnswer } from '../../contracts/hal-fault.js';
import type { IndicatorName, Indicators } from '../../contracts/indicators.js';
import type { Link } from '../../contracts/links.js';
import type { MotorCurrent } from '../../contracts/motor-current.js';
import type { SerialLine } from '../../contracts/serial-line.js';
import type { WiredBoard } from '../../wired-board.js';
import { Inputs } from './inputs.js';
import { Motor } from './motor.js';
import type { BoardNews } from './news.js';
import { BoardSession } from './session.js';
import type { StallLimit, Wiring } from './wiring.js';
import { armingOf, wiringOf } from './wiring.js';

const UNREACHABLE = 'the host-board link is down';
const UNREACHABLE_CAMERA: HalFault = { part: 'cameraPower', detail: UNREACHABLE };
const UNREACHABLE_INDICATORS: HalFault = { part: 'indicators', detail: UNREACHABLE };

/** A link that is not up yet is not lost: this long a first handshake may take before it is reported down (`Link`). */
const CONNECTING_MS = 90;

export interface JohnnyFiveHalOptions {
  readonly line: SerialLine;
  readonly clock: Clock;
  readonly board: WiredBoard;
  /** As the lock itself has it: the board's own cut goes by it too. */
  readonly stall: StallLimit;
}

/**
 * The hardware behind an Arduino with Firmata, driven through johnny-five.
 *
 * How long a stall lasts (S4 grants 250 ms), with samples every 10 ms over USB at 57,600 baud: until the third sample
 * that shows it, 30 ms; from the pin to the host 24 (conversion 0.2, a status ahead 4.6, the sample 1.1, the USB chip up to
 * 16, the host 2); to the bridge 7 (a heartbeat ahead 2.3, the order 2.1, USB 1, the board's loop 1). That makes 61 ms. At
 * the start of a drive the 100 ms of inrush come first: 161, which leaves 89 for a host that is late. The board's own
 * cut, for a host that is stuck, comes after 200 and one sample of its own.
 *
 * How soon an input is reported (50 ms are granted): the board's loop 1 ms, messages ahead 5.7, its own 0.5, USB 16, the
 * host 2; so 25 and `debounceMs`, which may be 24 at most.
 */
export class JohnnyFiveHal implements BoardHal {
  readonly boardLink: Link;
  readonly boltMotor: BoltMotor;
  readonly motorCurrent: MotorCurrent;
  readonly boltSwitches: BoltSwitches | null;
  readonly doorContact: DoorContact;
  readonly cameraPower: CameraPower;
  readonly indicators: Indicators;
  private readonly clock: Clock;
  private readonly wiring: Wiring;
  private readonly session: BoardSession;
  private readonly motor: Motor;
  private readonly inputs: readonly Inputs[];
  private readonly linkReport: Alarm;
  private onLink: ((up: boolean) => void) | null = null;
  private onNews: ((news: BoardNews) => void) | null = null;

  constructor({ line, clock, board, stall }: JohnnyFiveHalOptions) {
    const wiring = wiringOf(board);
    const { timings } = board;
    this.clock = clock;
    this.wiring = wiring;
    this.session = new BoardSession({
      line,
      clock,
      wiring,
      arming: armingOf(board, wiring, stall),
      samplingMs: timings.samplingMs,
      heartbeatMs: timings.heartbeatMs,
      listener: {
        linkChanged: (up) => this.changeLink(up),
        pinRead: (pin, high) => this.readPin(pin, high),
        channelRead: (channel, counts) => this.motor.readChannel(channel, counts),
        news: (news) => this.onNews?.(news),
      },
    });
    this.motor = new Motor(clock, wiring, this.session);
    this.linkReport = clock.alarm(() => this.onLink?.(this.session.isUp));

    const contact = new Inputs(clock, [wiring.doorContact]);
    const sense = new Inputs(clock, [wiring.cameraPowerSense]);
    const switches = wiring.boltSwitches === null ? null : new Inputs(clock, wiring.boltSwitches);
    this.inputs = switches === null ? [contact, sense] : [switches, contact, sense];
    this.boardLink = { watch: (listener) => this.watchLink(listener) };
    this.boltMotor = this.motor;
    this.motorCurrent = this.motor;
    this.boltSwitches = switches && {
      watch: (listener) => switches.watch(([extended = false, retracted = false]) => listener(extended, retracted)),
    };
    this.doorContact = { watch: (listener) => contact.watch(([closed = false]) => listener(closed)) };
    this.cameraPower = {
      switchOn: () => this.switchCamera(true),
      switchOff: () => this.switchCamera(false),
      watch: (listener) => sense.watch(([powered = false]) => listener(powered)),
    };
    this.indicators = { set: (indicator, lit) => this.light(indicator, lit) };
  }

  /** Tells what people should know of the board, from now on. A later call takes the place of the earlier. */
  watchNews(listener: (news: BoardNews) => void): void {
    this.onNews = listener;
  }

  /** Has current and supply sampled for 50 ms with the motor off, for whoever checks a rig before the first drive. */
  sampleAtRest(): void {
    this.motor.sampleAtRest();
  }

  /** Opens the line, now and whenever it closes. To be called once. */
  open(): void {
    this.session.open();
  }

  /** Switches motor and lamps off, and closes the line for good: done once that has happened. Nothing is reported. */
  close(): Promise<void> {
    this.onNews = null;
    this.linkReport.clear();
    this.settleParts(false);
    return new Promise((resolve) => this.session.close(resolve));
  }

  private watchLink(listener: (up: boolean) => void): void {
    this.onLink = listener;
    this.linkReport.set(this.clock.nowMs() + (this.session.isUp ? 0 : CONNECTING_MS));
  }

  private changeLink(up: boolean): void {
    this.settleParts(up);
    this.linkReport.clear();
    this.onLink?.(up);
  }

  private settleParts(up: boolean): void {
    if (!up) this.motor.loseLink();
    for (const inputs of this.inputs) inputs.setLink(up);
  }

  private readPin(pin: number, high: boolean): void {
    for (const inputs of this.inputs) inputs.read(pin, high);
  }

  private switchCamera(on: boolean): OrderAnswer {
    if (!this.session.isUp) return UNREACHABLE_CAMERA;
    const { pin, activeHigh } = this.wiring.camera;
    this.session.write(pin, on === activeHigh);
    return null;
  }

  private light(indicator: IndicatorName, lit: boolean): OrderAnswer {
    if (!this.session.isUp) return UNREACHABLE_INDICATORS;
    this.session.write(this.wiring.lampPins[indicator], lit);
    return null;
  }
}
