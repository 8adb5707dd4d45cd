/**
 * What our board image understands beyond Firmata: two user sysex messages. The image is `hal/image/latchkey.c`; both
 * ends are held to these bytes by test. Every payload byte has seven bits; numbers of fourteen bits come low half first.
 *
 * ARM, host to board: `F0 01`, 21 bytes of limits and pins, three bytes of check sum, `F7`. The board answers with its
 * status. Until armed, every pin stays an input. Limits out of range, unfit pins or a wrong check sum change nothing.
 *
 * STATUS, host to board: `F0 02 F7`. Board to host: `F0 02`, 23 bytes, `F7`; sent unasked after each trip.
 */

/** In the image's answer to Firmata's query for its name and version; the version is that of the protocol too. */
export const IMAGE = { name: 'Latchkey', major: 1, minor: 0 } as const;

/** Firmata's usual rate; the ATmega328P at 16 MHz misses it by 2.1 %. */
export const BAUD_RATE = 57_600;

export const SYSEX_ARM = 0x01;
export const SYSEX_STATUS = 0x02;

/** Stands for no pin. */
export const NO_PIN = 0x7f;

export const LAMPS_MAX = 4;

/** What the board holds the host to, and which pins it guards. Pins are Firmata's: A0 of an Uno is 14. */
export interface Arming {
  /** Silence of the host after which bridge and lamps go LOW and stay so until armed anew. 150 to 600. */
  readonly deadManTimeoutMs: number;
  /** The longest drive. 100 to 2,900. */
  readonly driveLimitMs: number;
  /** Off between two drives, whichever way they go: an earlier order waits. 50 to 500. */
  readonly coastMs: number;
  /** Current from which the motor counts as stalled, in counts of the ADC at the nominal supply. 1 to 1,023. */
  readonly stallCounts: number;
  /** The nominal supply in counts of the ADC: the limit above is scaled with the supply as measured. 1 to 1,023. */
  readonly supplyCounts: number;
  /** So long an unbroken stall ends the drive. 110 to 240: longer than the inrush, shorter than S4's 250. */
  readonly stallMs: number;
  readonly in1Pin: number;
  readonly in2Pin: number;
  /** `NO_PIN` for a bridge that needs none. */
  readonly enablePin: number;
  /** Analog channels: 0 is A0. */
  readonly currentChannel: number;
  readonly supplyChannel: number;
  /** At most `LAMPS_MAX` outputs that go LOW with the bridge. */
  readonly lampPins: readonly number[];
}

/** Why the board ended a drive by itself. After `deadMan` it waits to be armed, after the others for LOW on both directions. */
export type Trip = 'none' | 'deadMan' | 'driveLimit' | 'overCurrent' | 'bothDirections';
export const TRIPS: readonly Trip[] = ['none', 'deadMan', 'driveLimit', 'overCurrent', 'bothDirections'];

export type BoardState = 'unarmed' | 'armed' | 'tripped';
export const BOARD_STATES: readonly BoardState[] = ['unarmed', 'armed', 'tripped'];

export type ArmRefusal = 'none' | 'checksum' | 'range' | 'pins';
export const ARM_REFUSALS: readonly ArmRefusal[] = ['none', 'checksum', 'range', 'pins'];

/** Counters stop at their largest value. Those of trips, drives and watchdog outlast resets and power. */
export interface BoardStatus {
  /** `tripped` is the dead-man's latch. */
  readonly state: BoardState;
  readonly lastTrip: Trip;
  /** Of the last ARM. */
  readonly armRefusal: ArmRefusal;
  /** The ATmega's MCUSR as the image found it: 1 power-on, 2 reset line, 4 brown-out, 8 watchdog; they add up. */
  readonly resetCause: number;
  /** Since the last reset; up to 16,383. */
  readonly uptimeS: number;
  readonly deadManTrips: number;
  readonly driveLimitTrips: number;
  readonly overCurrentTrips: number;
  readonly bothDirectionsTrips: number;
  readonly watchdogResets: number;
  /** Up to 268,435,455. */
  readonly drives: number;
  /** Since the last reset. */
  readonly malformedMessages: number;
}

const ARM_LENGTH = 21;
const STATUS_LENGTH = 23;

/** The whole message. Throws a RangeError on what does not fit. */
export function encodeArm(arming: Arming): Uint8Array {
  const { lampPins } = arming;
  if (lampPins.length > LAMPS_MAX) throw new RangeError(`${lampPins.length} lamps, of at most ${LAMPS_MAX}`);
  const payload = [
    ...word(arming.deadManTimeoutMs),
    ...word(arming.driveLimitMs),
    ...word(arming.coastMs),
    ...word(arming.stallCounts),
    ...word(arming.supplyCounts),
    ...word(arming.stallMs),
    arming.in1Pin,
    arming.in2Pin,
    arming.enablePin,
    arming.currentChannel,
    arming.supplyChannel,
    ...Array.from({ length: LAMPS_MAX }, (_, index) => lampPins[index] ?? NO_PIN),
  ];
  const sum = checkSum(payload);
  return Uint8Array.of(0xf0, SYSEX_ARM, ...payload, sum & 0x7f, (sum >> 7) & 0x7f, sum >> 14, 0xf7);
}

/** From the payload of an ARM message, check sum included, or why it is no such message. */
export function decodeArm(payload: Uint8Array): Arming | 'checksum' {
  if (payload.length !== ARM_LENGTH + 3) return 'checksum';
  const at = (index: number): number => payload[index] ?? 0;
  const wordAt = (index: number): number => at(index) | (at(index + 1) << 7);
  if (checkSum(payload.subarray(0, ARM_LENGTH)) !== (wordAt(ARM_LENGTH) | (at(ARM_LENGTH + 2) << 14))) {
    return 'checksum';
  }
  return {
    deadManTimeoutMs: wordAt(0),
    driveLimitMs: wordAt(2),
    coastMs: wordAt(4),
    stallCounts: wordAt(6),
    supplyCounts: wordAt(8),
    stallMs: wordAt(10),
    in1Pin: at(12),
    in2Pin: at(13),
    enablePin: at(14),
    currentChannel: at(15),
    supplyChannel: at(16),
    lampPins: [...payload.subarray(17, ARM_LENGTH)].filter((pin) => pin !== NO_PIN),
  };
}

/** The whole message, as the board sends it. */
export function encodeStatus(status: BoardStatus): Uint8Array {
  const { drives } = status;
  return Uint8Array.of(
    0xf0,
    SYSEX_STATUS,
    IMAGE.major,
    BOARD_STATES.indexOf(status.state),
    TRIPS.indexOf(status.lastTrip),
    ARM_REFUSALS.indexOf(status.armRefusal),
    status.resetCause & 0x0f,
    ...word(status.uptimeS),
    ...word(status.deadManTrips),
    ...word(status.driveLimitTrips),
    ...word(status.overCurrentTrips),
    ...word(status.bothDirectionsTrips),
    ...word(status.watchdogResets),
    ...word(drives & 0x3fff),
    ...word(drives >> 14),
    ...word(status.malformedMessages),
    0xf7,
  );
}

/** From the payload of a status message; `null` if it is none that this version sends. */
export function decodeStatus(payload: Uint8Array): BoardStatus | null {
  if (payload.length !== STATUS_LENGTH || payload[0] !== IMAGE.major) return null;
  const at = (index: number): number => payload[index] ?? 0;
  const wordAt = (index: number): number => at(index) | (at(index + 1) << 7);
  const state = BOARD_STATES[at(1)];
  const lastTrip = TRIPS[at(2)];
  const armRefusal = ARM_REFUSALS[at(3)];
  if (state === undefined || lastTrip === undefined || armRefusal === undefined) return null;
  return {
    state,
    lastTrip,
    armRefusal,
    resetCause: at(4),
    uptimeS: wordAt(5),
    deadManTrips: wordAt(7),
    driveLimitTrips: wordAt(9),
    overCurrentTrips: wordAt(11),
    bothDirectionsTrips: wordAt(13),
    watchdogResets: wordAt(15),
    drives: wordAt(17) | (wordAt(19) << 14),
    malformedMessages: wordAt(21),
  };
}

function word(value: number): [number, number] {
  if (!Number.isInteger(value) || value < 0 || value > 0x3fff) throw new RangeError(`${value} has no fourteen bits`);
  return [value & 0x7f, value >> 7];
}

/** CRC-16/CCITT, initial value FFFF: `_crc_ccitt_update` of avr-libc. So that no noise arms a board. */
function checkSum(bytes: Iterable<number>): number {
  let sum = 0xffff;
  for (const byte of bytes) {
    let low = byte ^ (sum & 0xff);
    low = (low ^ (low << 4)) & 0xff;
    sum = ((low << 8) | (sum >> 8)) ^ (low >> 4) ^ (low << 3);
  }
  return sum & 0xffff;
}
