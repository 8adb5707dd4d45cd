import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Arming, decodeStatus } from '../../../hal/board-protocol.js';
import { AvrBoard } from '../../../sim/avr/avr-board.js';
import { parseIntelHex } from '../../../hal/intel-hex.js';
import type { VirtualClock } from '../../../sim/virtual-clock.js';
import type { IoSurroundings, PinLevel } from '../../../sim/wired/io-device.js';
import { VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';
import { ARMING, BoardUnderTest } from './board-under-test.js';
import type { Heard, PinChange } from './scripted-surroundings.js';

/**
 * Things happen on a grid, and what the board times by itself is due in the middle between two of its lines: then what
 * comes first does not hang on a millisecond.
 */
export const GRID_MS = 30;
export const LIMITS: Arming = { ...ARMING, deadManTimeoutMs: 495, driveLimitMs: 2805, coastMs: 75, stallMs: 195 };

/** How far apart the two may do the same. */
const TOLERANCE_MS = 4;

/** The longest interval between samples here. */
export const SAMPLING_MAX_MS = 40;

/** One thing that happens to a board, and how long it is left alone afterwards. */
export interface Step {
  readonly host?: readonly number[] | Uint8Array;
  /** What is at a pin from now on: HIGH, nothing but an open switch, or LOW. */
  readonly input?: readonly [pin: number, is: 'high' | 'open' | 'low'];
  readonly power?: 'reset' | 'off' | 'on';
  /** Of motor current and supply. */
  readonly voltagesMv?: readonly [number, number];
  readonly thenMs: number;
}

interface Account {
  readonly heard: readonly Heard[];
  readonly changes: readonly PinChange[];
}

const { bytes: image } = parseIntelHex(readFileSync('hal/image/latchkey.hex', 'utf8'), 'latchkey.hex');

const makeVirtual = (clock: VirtualClock) => (surroundings: IoSurroundings) =>
  new VirtualFirmataBoard(clock, surroundings, 'latchkey');
const makeAvr = (clock: VirtualClock) => (surroundings: IoSurroundings) => new AvrBoard(clock, image, surroundings);

function play(bench: BoardUnderTest, steps: readonly Step[]): Account {
  bench.clock.advanceTo(GRID_MS);
  for (const { host, input, voltagesMv, power, thenMs } of steps) {
    if (power === 'reset') bench.device.reset();
    else if (power !== undefined) bench.device.setPower(power === 'on');
    if (input !== undefined) bench.surroundings.setInput(...input);
    if (voltagesMv !== undefined) bench.load(...voltagesMv);
    bench.device.inputsChanged();
    if (host !== undefined) bench.host(...host);
    bench.pass(thenMs);
  }
  bench.pass(100);
  return bench.surroundings;
}

/** The virtual board and the image, cycle by cycle, do and say the same at about the same times. */
export function expectSame(steps: readonly Step[]): void {
  const virtual = play(new BoardUnderTest((clock) => makeVirtual(clock)), steps);
  const avr = play(new BoardUnderTest((clock) => makeAvr(clock)), steps);
  const isSample = ({ bytes }: Heard): boolean => bytes.startsWith('e');
  expectAlike(
    virtual.heard.filter((message) => !isSample(message)),
    avr.heard.filter((message) => !isSample(message)),
    ({ bytes }) => withoutUptime(bytes),
  );
  expectAlike(settled(virtual.changes), settled(avr.changes), ({ pin, level }) => `${pin} ${level}`);
  expectSamples(virtual.heard.filter(isSample), avr.heard.filter(isSample));
}

function expectAlike<Event extends { readonly atMs: number }>(
  virtual: readonly Event[],
  avr: readonly Event[],
  text: (event: Event) => string,
): void {
  expect(virtual.map(text), 'the virtual board is not as the image').to.deep.equal(avr.map(text));
  for (const [index, event] of virtual.entries()) {
    expect(event.atMs, `when: ${text(event)}`).to.be.closeTo(avr[index]?.atMs ?? NaN, TOLERANCE_MS);
  }
}

/** Without what a pin was for less than a ms on its way to something else, unless it was HIGH. */
function settled(changes: readonly PinChange[]): PinChange[] {
  const levels = new Map<number, PinLevel>();
  return changes.filter(({ atMs, pin, level }, index) => {
    const goesOn = changes.slice(index + 1).some((later) => later.pin === pin && later.atMs === atMs);
    if (goesOn && level !== 'high') return false;
    const isNew = levels.get(pin) !== level;
    levels.set(pin, level);
    return isNew;
  });
}

/** One more or less where sampling begins and ends; just beside a change a sample may show either side of it. */
function expectSamples(virtual: readonly Heard[], avr: readonly Heard[]): void {
  expect(virtual.length, 'samples').to.be.closeTo(avr.length, 2 + avr.length / 50);
  for (const [samples, others] of [
    [virtual, avr],
    [avr, virtual],
  ] as const) {
    for (const { atMs, bytes } of samples) {
      const isThere = others.some((other) => other.bytes === bytes && Math.abs(other.atMs - atMs) <= SAMPLING_MAX_MS);
      expect(isThere, `sample ${bytes} at ${atMs} ms`).to.equal(true);
    }
  }
}

function withoutUptime(bytes: string): string {
  if (!bytes.startsWith('f0 02 ')) return bytes;
  const payload = bytes.split(' ').slice(2, -1);
  const status = decodeStatus(Uint8Array.from(payload, (byte) => Number.parseInt(byte, 16)));
  return JSON.stringify({ ...status, uptimeS: null });
}
