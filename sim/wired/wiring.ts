import type { Pins, PinSetting } from '../../hal/board-pins.js';
import { analogChannel, firmataPin } from '../../hal/board-pins.js';
import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { WiredBoard } from '../../hal/wired-board.js';
import type { Drive, Observations } from '../observation.js';
import type { Plant } from '../plant/plant.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { IoSurroundings, PinLevel } from './io-device.js';

/** What is wired to the pins of an I/O board, without its serial line. */
export type PinSurroundings = Omit<IoSurroundings, 'send'>;

export interface WiringOptions {
  readonly board: WiredBoard;
  readonly plant: Plant;
  readonly clock: VirtualClock;
  readonly observer: Observations;
}

/** What a pin reads that the board does not drive itself. */
type ReadPin = (pulledUp: boolean) => boolean;

/**
 * The wires of one board, as boards.json has them, between its pins and the plant: bridge, camera switch and lamps on
 * the way out; switches, contact, camera sense, motor current and supply on the way in.
 */
export class Wiring implements PinSurroundings {
  private readonly board: WiredBoard;
  private readonly plant: Plant;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly levels: PinLevel[] = [];
  /** By pin: what hangs on it, to be told of a change. */
  private readonly outputs: (() => void)[] = [];
  /** By pin; a pin without is connected to nothing. */
  private readonly inputs: ReadPin[] = [];
  /** By channel, in mV before the pin's limit. */
  private readonly voltages: (() => number)[] = [];

  constructor({ board, plant, clock, observer }: WiringOptions) {
    this.board = board;
    this.plant = plant;
    this.clock = clock;
    this.observer = observer;
    this.wireBridge(board.pins);
    this.wireCamera(board.pins);
    this.wireLamp('recording', board.pins.recordingIndicator);
    this.wireLamp('jam', board.pins.jamIndicator);
    this.wireLamp('fault', board.pins.faultIndicator);
    this.wireSensors(board.pins);
    this.wireVoltages(board.pins);
  }

  pinChanged(pin: number, level: PinLevel): void {
    this.levels[pin] = level;
    this.outputs[pin]?.();
  }

  isHigh(pin: number, pulledUp: boolean): boolean {
    return this.inputs[pin]?.(pulledUp) ?? pulledUp;
  }

  analogMv(channel: number): number {
    return Math.min(this.voltages[channel]?.() ?? 0, this.board.microcontroller.adcReferenceMv);
  }

  /** Both inputs of a bridge HIGH brake the motor; without its enable it is off whatever they say. */
  private wireBridge({ motorIn1, motorIn2, motorEnable }: Pins): void {
    const in1Pin = this.pinOf(motorIn1);
    const in2Pin = this.pinOf(motorIn2);
    const enablePin = motorEnable === undefined ? null : this.pinOf(motorEnable);
    const settle = (): void => {
      const enabled = enablePin === null || this.isDriven(enablePin, 'high');
      const drive = driveOf(this.isDriven(in1Pin, 'high'), this.isDriven(in2Pin, 'high'));
      this.plant.bolt.setDrive(enabled ? drive : 'off');
    };
    this.control(in1Pin, false, settle);
    this.control(in2Pin, false, settle);
    if (enablePin !== null) this.control(enablePin, false, settle);
  }

  private wireCamera({ cameraPower }: Pins): void {
    const pin = this.pinOf(cameraPower);
    const onLevel = cameraPower.polarity === 'activeHigh' ? 'high' : 'low';
    this.control(pin, cameraPower.pull === 'externalUp', () => this.plant.switchCamera(this.isDriven(pin, onLevel)));
  }

  private wireLamp(name: IndicatorName, setting: PinSetting): void {
    const pin = this.pinOf(setting);
    let wasLit = false;
    this.control(pin, false, () => {
      const lit = this.isDriven(pin, 'high');
      if (lit === wasLit) return;
      wasLit = lit;
      this.observer.indicator(this.clock.nowMs(), name, lit);
    });
  }

  private wireSensors({ boltExtended, boltRetracted, doorContact, cameraPowerSense }: Pins): void {
    const { plant } = this;
    if (boltExtended !== undefined) this.sense(boltExtended, () => plant.sensors.extended());
    if (boltRetracted !== undefined) this.sense(boltRetracted, () => plant.sensors.retracted());
    this.sense(doorContact, () => plant.sensors.doorClosed());
    this.sense(cameraPowerSense, () => plant.cameraPowered());
  }

  private wireVoltages({ motorCurrent, supplyVoltage }: Pins): void {
    const { sensors } = this.plant;
    const { scaleMvPerA } = motorCurrent;
    const { dividerRatio } = supplyVoltage;
    this.measure(motorCurrent, () => (sensors.currentMa() * scaleMvPerA) / 1000);
    this.measure(supplyVoltage, () => sensors.supplyMv() / dividerRatio);
  }

  /** While the pin floats, its external pull or the lamp at it decides; the chip's own pull-up is far weaker. */
  private control(pin: number, floatsHigh: boolean, changed: () => void): void {
    this.outputs[pin] = changed;
    this.inputs[pin] = () => floatsHigh;
  }

  /** A floating pin switches nothing on: boards.json has its pull the other way. */
  private isDriven(pin: number, level: 'high' | 'low'): boolean {
    return this.levels[pin] === level;
  }

  /**
   * A switch connects its pin to the rail opposite to its pull. While it is open and the pull is missing, because the
   * chip's own is not switched on, the pin floats: it then reads LOW.
   */
  private sense(setting: NonNullable<Pins['boltExtended']>, isActive: () => boolean): void {
    const activeHigh = setting.polarity === 'activeHigh';
    const needsOwnPull = setting.pull === 'internalUp';
    this.inputs[this.pinOf(setting)] = (pulledUp) => isActive() === activeHigh && (pulledUp || !needsOwnPull);
  }

  private measure(setting: PinSetting, voltageMv: () => number): void {
    this.voltages[analogChannel(setting.pin)] = voltageMv;
    this.inputs[this.pinOf(setting)] = () => voltageMv() > this.board.microcontroller.adcReferenceMv / 2;
  }

  private pinOf(setting: PinSetting): number {
    return firmataPin(setting.pin, this.board.microcontroller);
  }
}

function driveOf(in1: boolean, in2: boolean): Drive {
  if (in1) return in2 ? 'both' : 'extend';
  return in2 ? 'retract' : 'off';
}
