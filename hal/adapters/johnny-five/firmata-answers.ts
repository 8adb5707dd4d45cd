/** What a board answers to the questions of a handshake. Each is `null` where the payload is none that firmata-io can bear. */

export const SYSEX = {
  analogMappingQuery: 0x69,
  analogMapping: 0x6a,
  capabilityQuery: 0x6b,
  capabilities: 0x6c,
  string: 0x71,
  firmware: 0x79,
} as const;

/** Firmata has seven bits for a pin. */
const PINS_MAX = 128;

/** Chosen: the Arduino IDE names an image after its file. */
const NAME_MAX = 64;

/** Stands for the end of a pin, and for a pin without channel. */
const NONE = 0x7f;

/** Which image a board runs, and its version: that which it was given, not that of the protocol. */
export interface ImageVersion {
  readonly name: string;
  readonly major: number;
  readonly minor: number;
}

/** The numbers of Firmata's modes that a pin has. */
export type PinModes = ReadonlySet<number>;

export function parseFirmware(payload: Uint8Array): ImageVersion | null {
  const [major, minor, ...halves] = payload;
  if (major === undefined || minor === undefined || halves.length % 2 !== 0 || halves.length > 2 * NAME_MAX)
    return null;
  const letters: string[] = [];
  for (let index = 0; index < halves.length; index += 2) {
    letters.push(letterOf((halves[index] ?? 0) | ((halves[index + 1] ?? 0) << 7)));
  }
  return { name: letters.join(''), major, minor };
}

/** By pin. */
export function parseCapabilities(payload: Uint8Array): readonly PinModes[] | null {
  const pins: PinModes[] = [];
  let modes = new Set<number>();
  for (let index = 0; index < payload.length; index += 1) {
    const mode = payload[index] ?? NONE;
    if (mode === NONE) {
      pins.push(modes);
      modes = new Set();
      continue;
    }
    index += 1;
    if ((payload[index] ?? NONE) === NONE) return null;
    modes.add(mode);
  }
  const isWhole = payload.at(-1) === NONE;
  return isWhole && pins.length <= PINS_MAX ? pins : null;
}

/** By channel, its pin. firmata-io counts channels rather than reading them, so they must come in order. */
export function parseAnalogMapping(payload: Uint8Array, pinCount: number): readonly number[] | null {
  if (payload.length !== pinCount) return null;
  const pins: number[] = [];
  for (const [pin, channel] of payload.entries()) {
    if (channel === NONE) continue;
    if (channel !== pins.length) return null;
    pins.push(pin);
  }
  return pins;
}

/** A name is shown to people, whoever wrote it. */
function letterOf(code: number): string {
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '?';
}
