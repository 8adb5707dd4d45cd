import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadBoards } from '../../hal/boards.js';
import type { WiredBoard } from '../../hal/wired-board.js';
import { withBootloader } from '../../sim/avr/bootloader.js';
import type { FlashImage } from '../../hal/intel-hex.js';
import { parseIntelHex } from '../../hal/intel-hex.js';
import type { PlantComponent } from '../../sim/plant/plant.js';
import type { HandDeed } from '../../sim/world.js';
import { PortWithReset } from './port-with-reset.js';
import { UnoAtADoor } from './uno-at-a-door.js';

/**
 * A program of its own: an emulated Uno at a door, in real time, on a serial port of this machine.
 *
 *   node dist/test/support/emulated-uno.js --hex FILE [--bootloader FILE] [--board ID]
 *
 * Without `--hex` its flash is empty but for the bootloader. Its first line of output is `{"port": "/tmp/…"}`; each
 * further one is something that has come true, at an emulated time: `{"atMs": 812.25, "pin": 7, "level": "high"}`.
 * Lines of input: `{"hand": {"kind": "openDoor"}}`, `{"fault": {"component": "doorContact", "kind": "stuckOpen",
 * "present": true}}`, and `{"mark": "text"}`, which comes back with the present emulated time. It ends with its input.
 */
interface Order {
  readonly hand?: HandDeed;
  readonly fault?: { readonly component: PlantComponent; readonly kind: string; readonly present: boolean };
  readonly mark?: string;
}

/** At most so much is emulated before the port is read again. Time that a busy machine loses beyond it is left out. */
const STRIDE_MAX_MS = 20;

const options = parseArgs({
  options: {
    hex: { type: 'string' },
    bootloader: { type: 'string' },
    board: { type: 'string', default: 'arduino-uno' },
  },
}).values;

const terminal = new PortWithReset({
  opened: () => {
    print({ atMs: uno.clock.nowMs(), port: 'opened' });
    uno.board.reset();
  },
  closed: () => print({ atMs: uno.clock.nowMs(), port: 'closed' }),
  received: (bytes) => uno.board.receive(bytes),
});

await terminal.start();
print({ port: terminal.port });

const uno = new UnoAtADoor({
  board: wiredBoard(options.board),
  ...flashOf(options.hex, options.bootloader),
  truth: print,
  send: (bytes) => terminal.write(bytes),
});

runInRealTime();
const input = createInterface({ input: process.stdin });
input.on('line', (line) => obey(JSON.parse(line) as Order));
process.once('exit', () => terminal.end());
for (const ending of ['SIGTERM', 'SIGINT'] as const) process.once(ending, () => process.exit());
input.once('close', () => process.exit());

function runInRealTime(): void {
  let originMs = performance.now();
  const run = (): void => {
    const dueMs = Math.floor(performance.now() - originMs);
    const untilMs = Math.min(dueMs, uno.clock.nowMs() + STRIDE_MAX_MS);
    originMs += dueMs - untilMs;
    uno.clock.advanceTo(untilMs);
    setTimeout(run, 1);
  };
  run();
}

function obey({ hand, fault, mark }: Order): void {
  const atMs = uno.clock.nowMs();
  if (hand !== undefined) print({ atMs, hand: hand.kind, prevented: uno.hand(hand) ?? '' });
  if (fault !== undefined) uno.setFault(fault.component, fault.kind, fault.present);
  if (mark !== undefined) print({ atMs, mark });
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function flashOf(hexFile: string | undefined, bootloaderFile: string | undefined) {
  const program = hexFile === undefined ? emptyFlash() : imageIn(hexFile);
  if (bootloaderFile === undefined) return { flash: program.bytes, resetAddress: 0 };
  const bootloader = imageIn(bootloaderFile);
  return { flash: withBootloader(program, bootloader), resetAddress: bootloader.firstAddress };
}

function imageIn(file: string): FlashImage {
  return parseIntelHex(readFileSync(file, 'utf8'), file);
}

function emptyFlash(): FlashImage {
  return { bytes: new Uint8Array(32_768).fill(0xff), firstAddress: 0 };
}

function wiredBoard(id: string): WiredBoard {
  const { boards } = loadBoards(readFileSync('boards.json', 'utf8'), 'boards.json');
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`no wired board ${id}`);
  return board;
}
