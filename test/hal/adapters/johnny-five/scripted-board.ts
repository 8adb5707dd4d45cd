import { JohnnyFiveHal } from '../../../../hal/adapters/johnny-five/hal.js';
import type { BoardNews } from '../../../../hal/adapters/johnny-five/news.js';
import { IMAGE } from '../../../../hal/board-protocol.js';
import type { WiredBoard } from '../../../../hal/wired-board.js';
import { analogMappingMessage, capabilitiesMessage, firmwareMessage } from '../../../../sim/wired/board-messages.js';
import type { IoDevice, IoSurroundings } from '../../../../sim/wired/io-device.js';
import { SimulatedLine } from '../../../../sim/wired/simulated-line.js';
import { VirtualClock } from '../../../../sim/virtual-clock.js';
import { GlobalTimeouts } from '../../../../sim/worlds/global-timeouts.js';
import { wiredBoard } from './wired-bench.js';

/** By the host's message in hexadecimal: what the board says to it. */
export type Script = Readonly<Record<string, readonly Uint8Array[]>>;

export const ASKED = { image: 'f9f079f7', capabilities: 'f06bf7', analogMapping: 'f069f7', status: 'f002f7' } as const;

export const SAYS = {
  version: Uint8Array.of(0xf9, 2, 5),
  image: firmwareMessage(IMAGE.name, IMAGE.major, IMAGE.minor),
  capabilities: capabilitiesMessage(),
  analogMapping: analogMappingMessage(),
} as const;

/** What our image says to the questions of a handshake, up to its being armed. */
export const HANDSHAKE: Script = {
  [ASKED.image]: [SAYS.version, SAYS.image],
  [ASKED.capabilities]: [SAYS.capabilities],
  [ASKED.analogMapping]: [SAYS.analogMapping],
};

class ScriptedDevice implements IoDevice {
  private readonly answer: (message: string) => void;

  constructor(clock: VirtualClock, { send }: Pick<IoSurroundings, 'send'>, script: Script, heard: string[]) {
    const answers: Uint8Array[] = [];
    const reply = clock.alarm(() => answers.splice(0).forEach((bytes) => send(bytes)));
    this.answer = (message) => {
      heard.push(message);
      answers.push(...(script[message] ?? []));
      reply.set(clock.nowMs() + 1);
    };
  }

  receive(bytes: Uint8Array): void {
    this.answer(Buffer.from(bytes).toString('hex'));
  }

  setPower(): void {}
  reset(): void {}
  inputsChanged(): void {}
}

/** The adapter, and at the end of its line a board that says by heart what a test wants it to say. */
export class ScriptedBoard {
  readonly clock = new VirtualClock();
  readonly line: SimulatedLine;
  readonly hal: JohnnyFiveHal;
  readonly news: BoardNews[] = [];
  readonly links: boolean[] = [];
  /** What the host has sent. */
  readonly heard: string[] = [];
  private readonly timeouts = new GlobalTimeouts(this.clock);

  constructor(script: Script, board: WiredBoard = wiredBoard('arduino-uno')) {
    const noPins = { pinChanged: () => {}, isHigh: () => false, analogMv: () => 0 };
    this.line = new SimulatedLine(
      this.clock,
      noPins,
      (surroundings) => new ScriptedDevice(this.clock, surroundings, script, this.heard),
    );
    this.hal = new JohnnyFiveHal({
      line: this.line,
      clock: this.clock,
      board,
      stall: { stallMa: 330, nominalMv: 6_000 },
    });
    this.hal.watchNews((news) => this.news.push(news));
    this.hal.boardLink.watch((up) => this.links.push(up));
    this.hal.open();
  }

  pass(durationMs: number): void {
    this.timeouts.run(() => this.clock.advanceTo(this.clock.nowMs() + durationMs));
  }

  close(): void {
    void this.timeouts.run(() => this.hal.close());
  }

  /** Why the link is down, as people were told last. */
  lastReason(): string | undefined {
    const news = this.news.at(-1);
    return news?.kind === 'down' ? news.reason : undefined;
  }
}
