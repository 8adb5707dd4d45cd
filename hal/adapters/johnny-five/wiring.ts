import type { Arming } from '../../board-protocol.js';
import { NO_PIN } from '../../board-protocol.js';
import type { Pins, PinSetting } from '../../board-pins.js';
import { analogChannel, firmataPin } from '../../board-pins.js';
import type { IndicatorName } from '../../contracts/indicators.js';
import type { WiredBoard } from '../../wired-board.js';

/** The numbers of Firmata's modes that are used. */
const MODE = { input: 0x00, output: 0x01, analog: 0x02, inputPullUp: 0x0b } as const;

export interface WiredInput {
  readonly pin: number;
  readonly pulledUp: boolean;
  readonly activeHigh: boolean;
  readonly debounceMs: number;
}

/** The wires of a board in Firmata's numbers. */
export interface Wiring {
  readonly in1Pin: number;
  readonly in2Pin: number;
  /** `null` for a bridge that needs none. */
  readonly enablePin: number | null;
  readonly lampPins: Readonly<Record<IndicatorName, number>>;
  readonly camera: { readonly pin: number; readonly activeHigh: boolean };
  /** Extended, retracted. */
  readonly boltSwitches: readonly [WiredInput, WiredInput] | null;
  readonly doorContact: WiredInput;
  readonly cameraPowerSense: WiredInput;
  readonly currentChannel: number;
  readonly supplyChannel: number;
  /** Both, the lower first, and their pins. */
  readonly channels: readonly number[];
  readonly analogPins: readonly number[];
  readonly adcCountsMax: number;
  /** For each count of the ADC. */
  readonly currentMaPerCount: number;
  readonly supplyMvPerCount: number;
}

/** From which current a motor counts as stalled: `stallMa` at `nominalMv`, in proportion at other supplies. */
export interface StallLimit {
  readonly stallMa: number;
  readonly nominalMv: number;
}

export function wiringOf(board: WiredBoard): Wiring {
  const { microcontroller, pins } = board;
  const { boltExtended, boltRetracted, motorCurrent, supplyVoltage } = pins;
  const pinOf = (setting: PinSetting): number => firmataPin(setting.pin, microcontroller);
  const inputOf = (setting: Pins['doorContact']): WiredInput => ({
    pin: pinOf(setting),
    pulledUp: setting.pull === 'internalUp',
    activeHigh: setting.polarity === 'activeHigh',
    debounceMs: setting.debounceMs,
  });
  const adcCountsMax = 2 ** microcontroller.adcResolutionBits - 1;
  const mvPerCount = microcontroller.adcReferenceMv / adcCountsMax;
  return {
    in1Pin: pinOf(pins.motorIn1),
    in2Pin: pinOf(pins.motorIn2),
    enablePin: pins.motorEnable === undefined ? null : pinOf(pins.motorEnable),
    lampPins: {
      recording: pinOf(pins.recordingIndicator),
      jam: pinOf(pins.jamIndicator),
      fault: pinOf(pins.faultIndicator),
    },
    camera: { pin: pinOf(pins.cameraPower), activeHigh: pins.cameraPower.polarity === 'activeHigh' },
    boltSwitches:
      boltExtended === undefined || boltRetracted === undefined
        ? null
        : [inputOf(boltExtended), inputOf(boltRetracted)],
    doorContact: inputOf(pins.doorContact),
    cameraPowerSense: inputOf(pins.cameraPowerSense),
    currentChannel: analogChannel(motorCurrent.pin),
    supplyChannel: analogChannel(supplyVoltage.pin),
    channels: [motorCurrent, supplyVoltage].map((setting) => analogChannel(setting.pin)).toSorted(ascending),
    analogPins: [motorCurrent, supplyVoltage].map(pinOf).toSorted(ascending),
    adcCountsMax,
    currentMaPerCount: (mvPerCount * 1000) / motorCurrent.scaleMvPerA,
    supplyMvPerCount: mvPerCount * supplyVoltage.dividerRatio,
  };
}

export function inputsOf({ boltSwitches, doorContact, cameraPowerSense }: Wiring): WiredInput[] {
  return [...(boltSwitches ?? []), doorContact, cameraPowerSense];
}

/** Everything that is LOW without a living host. The enable comes first: without it the bridge is off at once. */
export function guardedPinsOf({ in1Pin, in2Pin, enablePin, lampPins }: Wiring): number[] {
  const bridge = enablePin === null ? [in1Pin, in2Pin] : [enablePin, in1Pin, in2Pin];
  return [...bridge, ...Object.values(lampPins)];
}

/** What the board is armed with, by the numbers of boards.json and the lock's own limit for a stall. */
export function armingOf({ timings }: WiredBoard, wiring: Wiring, stall: StallLimit): Arming {
  const { in1Pin, in2Pin, enablePin, lampPins, currentChannel, supplyChannel } = wiring;
  return {
    deadManTimeoutMs: timings.deadManTimeoutMs,
    driveLimitMs: timings.boardDriveLimitMs,
    coastMs: timings.coastMs,
    // Rounded up: the board must not call a stall what the lock does not.
    stallCounts: Math.ceil(stall.stallMa / wiring.currentMaPerCount),
    supplyCounts: Math.round(stall.nominalMv / wiring.supplyMvPerCount),
    stallMs: BOARD_STALL_MS,
    in1Pin,
    in2Pin,
    enablePin: enablePin ?? NO_PIN,
    currentChannel,
    supplyChannel,
    lampPins: Object.values(lampPins),
  };
}

/** After the lock's own cut (see `JohnnyFiveHal`), and with room before the 250 ms of S4. Chosen. */
const BOARD_STALL_MS = 200;

/** Why a board cannot be wired like that, in one clause; `null` if it can. `channels` has the pin of each analog channel. */
export function misfit(
  wiring: Wiring,
  modesOfPins: readonly ReadonlySet<number>[],
  channels: readonly number[],
): string | null {
  const outputs = [...guardedPinsOf(wiring), wiring.camera.pin];
  const needs = [
    ...outputs.map((pin) => ({ pin, mode: MODE.output, words: 'an output' })),
    ...inputsOf(wiring).map(({ pin, pulledUp }) =>
      pulledUp
        ? { pin, mode: MODE.inputPullUp, words: 'an input with pull-up' }
        : { pin, mode: MODE.input, words: 'an input' },
    ),
    ...wiring.analogPins.map((pin) => ({ pin, mode: MODE.analog, words: 'an analog input' })),
  ];
  const missing = needs.find(({ pin, mode }) => modesOfPins[pin]?.has(mode) !== true);
  if (missing !== undefined) return `Firmata's pin ${missing.pin} cannot be ${missing.words}`;
  const isPlaced = wiring.channels.every((channel, index) => channels[channel] === wiring.analogPins[index]);
  return isPlaced ? null : 'its analog pins are others';
}

function ascending(a: number, b: number): number {
  return a - b;
}
