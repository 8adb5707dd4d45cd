import type { BoltMotor } from '../../hal/contracts/bolt-motor.js';
import type { BoltSwitches } from '../../hal/contracts/bolt-switches.js';
import type { CameraPower } from '../../hal/contracts/camera-power.js';
import type { DoorContact } from '../../hal/contracts/door-contact.js';
import type { HalFault, OrderAnswer } from '../../hal/contracts/hal-fault.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import type { IndicatorName, Indicators } from '../../hal/contracts/indicators.js';
import type { Link } from '../../hal/contracts/links.js';
import type { MotorCurrent } from '../../hal/contracts/motor-current.js';
import type { Drive } from '../observation.js';
import type { Plant } from '../plant/plant.js';
import { Board, SILENCE_MS } from './board.js';
import type { BoardSide, BoardSurroundings } from './board-side.js';
import type { SampleQuiet } from './current-sampler.js';
import { CurrentSampler } from './current-sampler.js';
import { Reading } from './reading.js';

/** How long a change lasts before it is reported. All chosen; a link that returned takes a handshake. */
const SETTLE_MS = { switches: 5, contact: 20, cameraPower: 5, linkUp: 50 } as const;

const UNREACHABLE = 'the host-board link is down';
const UNREACHABLE_MOTOR: HalFault = { part: 'boltMotor', detail: UNREACHABLE };
const UNREACHABLE_CAMERA: HalFault = { part: 'cameraPower', detail: UNREACHABLE };
const UNREACHABLE_INDICATORS: HalFault = { part: 'indicators', detail: UNREACHABLE };

/**
 * The board's contracts straight over the plant, for one listener each: no wire bytes, no pins. Orders act on board or
 * plant at once; readings travel back through debouncing, and reach the firmware only while board and link are up.
 */
export class SimulatedBoardSide implements BoardSide, BoardHal {
  readonly boltMotor: BoltMotor;
  readonly motorCurrent: MotorCurrent;
  readonly boltSwitches: BoltSwitches;
  readonly doorContact: DoorContact;
  readonly cameraPower: CameraPower;
  readonly boardLink: Link;
  readonly indicators: Indicators;
  private readonly plant: Plant;
  private readonly board: Board;
  private readonly sampler: CurrentSampler;
  private readonly switches: Reading;
  private readonly contact: Reading;
  private readonly cameraSense: Reading;
  private readonly boardLinkState: Reading;
  /** Orders given while the link was down and nobody had noticed: a host says again and again how outputs shall be. */
  private readonly unheard: (() => void)[] = [];

  constructor({ clock, plant, observer }: BoardSurroundings) {
    const isConnected = (): boolean => this.isConnected();
    this.plant = plant;
    this.board = new Board(clock, plant, observer);
    this.sampler = new CurrentSampler(clock, plant, isConnected);
    this.switches = new Reading(clock, SETTLE_MS.switches, this.switchBits(), isConnected);
    this.contact = new Reading(clock, SETTLE_MS.contact, Number(plant.sensors.doorClosed()), isConnected);
    this.cameraSense = new Reading(clock, SETTLE_MS.cameraPower, Number(plant.cameraPowered()), isConnected);
    this.boardLinkState = new Reading(clock, SETTLE_MS.linkUp, Number(this.board.isReachable()), () => true);
    this.boardLinkState.onSettled = () => {
      this.unheard.length = 0;
      this.reportInputs();
    };

    this.boltMotor = {
      extend: () => this.drive('extend'),
      retract: () => this.drive('retract'),
      stop: () => this.drive('off'),
    };
    this.motorCurrent = { watch: (listener) => (this.sampler.listener = listener) };
    this.boltSwitches = {
      watch: (listener) => this.switches.watch((bits) => listener((bits & 2) !== 0, (bits & 1) !== 0)),
    };
    this.doorContact = { watch: (listener) => this.contact.watch((closed) => listener(closed === 1)) };
    this.cameraPower = {
      switchOn: () => this.switchCamera(true),
      switchOff: () => this.switchCamera(false),
      watch: (listener) => this.cameraSense.watch((powered) => listener(powered === 1)),
    };
    this.boardLink = { watch: (listener) => this.boardLinkState.watch((up) => listener(up === 1)) };
    this.indicators = { set: (indicator, lit) => this.light(indicator, lit) };
  }

  startHost(): BoardHal {
    this.board.setHost(true);
    return this;
  }

  stopHost(): void {
    this.sampler.listener = null;
    for (const reading of [this.switches, this.contact, this.cameraSense, this.boardLinkState]) {
      reading.forgetListener();
    }
    this.board.setHost(false);
  }

  setPower(on: boolean): void {
    this.board.setPower(on);
    this.linkChanged();
  }

  setLink(up: boolean): void {
    this.board.setLink(up);
    this.linkChanged();
  }

  setQuiet(quiet: SampleQuiet | null): void {
    this.sampler.quiet = quiet;
  }

  switchesChanged(): void {
    this.switches.change(this.switchBits());
  }

  contactChanged(): void {
    this.contact.change(Number(this.plant.sensors.doorClosed()));
  }

  cameraPowerChanged(): void {
    this.cameraSense.change(Number(this.plant.cameraPowered()));
  }

  currentChanged(): void {
    this.sampler.changed();
  }

  private linkChanged(): void {
    const up = this.board.isReachable();
    this.boardLinkState.change(Number(up), up ? SETTLE_MS.linkUp : SILENCE_MS);
    if (up) for (const carryOut of this.unheard.splice(0)) carryOut();
    this.reportInputs();
  }

  /** A link that went down is used again once it is reported up. */
  private isConnected(): boolean {
    return this.board.isReachable() && this.boardLinkState.settledValue() === 1;
  }

  /** With the link's return every input behind it is reported anew. */
  private reportInputs(): void {
    if (!this.isConnected()) return;
    this.switches.wish();
    this.contact.wish();
    this.cameraSense.wish();
  }

  private drive(drive: Drive): OrderAnswer {
    return this.order(UNREACHABLE_MOTOR, () => this.board.setDrive(drive));
  }

  private switchCamera(on: boolean): OrderAnswer {
    return this.order(UNREACHABLE_CAMERA, () => this.plant.switchCamera(on));
  }

  private light(indicator: IndicatorName, lit: boolean): OrderAnswer {
    return this.order(UNREACHABLE_INDICATORS, () => this.board.setLight(indicator, lit));
  }

  /** Until the link is reported down, orders are taken; they are carried out if it returns before. */
  private order(refusal: HalFault, carryOut: () => void): OrderAnswer {
    if (this.boardLinkState.settledValue() === 0) return refusal;
    if (this.board.isReachable()) carryOut();
    else this.unheard.push(carryOut);
    return null;
  }

  private switchBits(): number {
    const { sensors } = this.plant;
    return (sensors.extended() ? 2 : 0) + (sensors.retracted() ? 1 : 0);
  }
}
