import { COMMAND, SYSEX } from './host-messages.js';
import { FIRST_ANALOG_PIN, MODE, modesOf, PIN_COUNT } from './firmata-pins.js';

/** What a board with Firmata sends. Bytes of more than seven bits go in two, low half first. */

/** Firmata's own version, that of the protocol. */
export const VERSION_MESSAGE = Uint8Array.of(COMMAND.version, 2, 5);

/** After the last mode of a pin; and in place of an analog channel. */
const NONE = 0x7f;

export function firmwareMessage(name: string, major: number, minor: number): Uint8Array {
  const letters = Array.from(name, (letter) => halves(letter.charCodeAt(0))).flat();
  return sysexMessage(SYSEX.firmware, [major, minor, ...letters]);
}

/** For each pin its modes, each with the bits of its values. */
export function capabilitiesMessage(): Uint8Array {
  const pins = Array.from({ length: PIN_COUNT }, (_, pin) => [
    ...modesOf(pin).flatMap((mode) => [mode, mode === MODE.analog ? 10 : 1]),
    NONE,
  ]);
  return sysexMessage(SYSEX.capabilities, pins.flat());
}

export function analogMappingMessage(): Uint8Array {
  const channels = Array.from({ length: PIN_COUNT }, (_, pin) =>
    pin < FIRST_ANALOG_PIN ? NONE : pin - FIRST_ANALOG_PIN,
  );
  return sysexMessage(SYSEX.analogMapping, channels);
}

export function pinStateMessage(pin: number, mode: number, state: number): Uint8Array {
  return sysexMessage(SYSEX.pinState, [pin, mode, state]);
}

export function digitalMessage(port: number, bits: number): Uint8Array {
  return Uint8Array.of(COMMAND.digital | port, ...halves(bits));
}

export function analogMessage(channel: number, counts: number): Uint8Array {
  return Uint8Array.of(COMMAND.analog | channel, ...halves(counts));
}

function sysexMessage(id: number, payload: readonly number[]): Uint8Array {
  return Uint8Array.of(COMMAND.sysex, id, ...payload, COMMAND.endOfSysex);
}

function halves(value: number): [number, number] {
  return [value & 0x7f, value >> 7];
}
