import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { PlantComponent } from '../../sim/plant/plant.js';
import type { HandDeed } from '../../sim/world.js';
import type { Truth } from './uno-at-a-door.js';

const program = fileURLToPath(new URL('emulated-uno.js', import.meta.url));

/** Chosen: much longer than anything that is waited for takes, and shorter than a test may. */
const WAIT_MAX_MS = 20_000;

export interface UnoFiles {
  /** Intel HEX; without it the flash is empty but for the bootloader. */
  readonly hex?: string;
  readonly bootloader?: string;
  readonly board?: string;
}

interface Waiting {
  readonly isMeant: (truth: Truth) => boolean;
  readonly tell: (truth: Truth) => void;
}

/** The emulated Uno as a process of its own, as a rig and avrdude see a real one: by its port. */
export class EmulatedUno {
  readonly port: string;
  /** All that has come true so far. */
  readonly truths: Truth[] = [];
  private readonly process: ChildProcess;
  private readonly waiting = new Set<Waiting>();
  private marks = 0;

  private constructor(process: ChildProcess, port: string) {
    this.process = process;
    this.port = port;
  }

  /** Needs socat. */
  static async start({ hex, bootloader, board }: UnoFiles): Promise<EmulatedUno> {
    const args = Object.entries({ hex, bootloader, board }).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    );
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the emulated Uno ended with ${String(code)} at its start`);
    });
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    ended.catch(() => undefined);
    const uno = new EmulatedUno(child, (JSON.parse(line) as { port: string }).port);
    lines.on('line', (truth) => uno.hear(JSON.parse(truth) as Truth));
    return uno;
  }

  /** The next truth from now on that is meant. */
  async next(isMeant: (truth: Truth) => boolean): Promise<Truth> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        isMeant,
        tell: (truth) => {
          clearTimeout(timeout);
          resolve(truth);
        },
      };
      const timeout = setTimeout(() => {
        this.waiting.delete(waiting);
        reject(new Error(`the emulated Uno showed nothing of the kind within ${WAIT_MAX_MS} ms`));
      }, WAIT_MAX_MS);
      this.waiting.add(waiting);
    });
  }

  /** The present emulated time, in ms. */
  async nowMs(): Promise<number> {
    this.marks += 1;
    const mark = String(this.marks);
    const heard = this.next((truth) => truth['mark'] === mark);
    this.order({ mark });
    return (await heard).atMs;
  }

  hand(deed: HandDeed): void {
    this.order({ hand: deed });
  }

  setFault(component: PlantComponent, kind: string, present: boolean): void {
    this.order({ fault: { component, kind, present } });
  }

  /** The port vanishes. */
  async stop(): Promise<void> {
    const exit = once(this.process, 'exit');
    this.process.stdin?.end();
    await exit;
  }

  private order(order: object): void {
    this.process.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  private hear(truth: Truth): void {
    this.truths.push(truth);
    for (const waiting of this.waiting) {
      if (!waiting.isMeant(truth)) continue;
      this.waiting.delete(waiting);
      waiting.tell(truth);
    }
  }
}
