import { mkdtempSync, rmSync } from 'node:fs';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RigOptions, RigSurroundings } from '../../cli/rig-command.js';
import { runRig } from '../../cli/rig-command.js';
import type { Site, SiteListener, SiteOptions } from '../../firmware/main.js';
import { StandInCamera } from '../../hal/adapters/camera/camera-stand-in.js';
import { FileStore } from '../../hal/adapters/files/file-store.js';
import type { Alarm, Clock } from '../../hal/contracts/clock.js';
import type { Hal } from '../../hal/contracts/hal.js';
import { unpainted } from '../../sim/report/tone.js';
import { SimulatedBench } from '../sim/hal/simulated-bench.js';

/** Chosen: as late as a busy host. */
const STEP_MS = 5;

/** A clock that goes as far as the bench has gone, and fires then. */
class SteppedClock implements Clock {
  private readonly bench: SimulatedBench;
  private readonly pending = new Map<object, { dueMs: number; fire: () => void }>();

  constructor(bench: SimulatedBench) {
    this.bench = bench;
  }

  nowMs(): number {
    return this.bench.nowMs();
  }

  alarm(fire: () => void): Alarm {
    const key = {};
    return {
      set: (dueMs) => {
        this.pending.delete(key);
        this.pending.set(key, { dueMs, fire });
      },
      clear: () => void this.pending.delete(key),
    };
  }

  fireDue(): void {
    const due = [...this.pending].filter(([, { dueMs }]) => dueMs <= this.nowMs());
    for (const [key, { fire }] of due.toSorted(([, a], [, b]) => a.dueMs - b.dueMs)) {
      if (this.pending.delete(key)) fire();
    }
  }
}

export interface RigRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** What a test does at the rig. */
export interface RigHands {
  /** Called with each prompt, without its mark; what is returned is typed. */
  readonly onPrompt?: (words: string, rig: RigBench) => string | undefined;
  /** Called after each step, and waited for: no time passes meanwhile. */
  readonly onStep?: (rig: RigBench) => Promise<void> | void;
}

/** `latchkey rig` on simulated hardware: its own time, its own folder. */
export class RigBench {
  readonly bench = new SimulatedBench();
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-rig-'));
  readonly clock = new SteppedClock(this.bench);
  output = '';
  errors = '';
  isClosed = false;
  private typed: (line: string) => void = () => {};
  private endTyping: () => void = () => {};
  private listener: SiteListener | null = null;

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  nowMs(): number {
    return this.bench.nowMs();
  }

  type(line: string): void {
    this.typed(line);
  }

  leaveKeyboard(): void {
    this.endTyping();
  }

  news(news: Parameters<SiteListener['boardNews']>[0]): void {
    this.listener?.boardNews(news);
  }

  async run(scenario: string | undefined, options: Partial<RigOptions>, hands: RigHands = {}): Promise<RigRun> {
    const ended = runRig(scenario, { ...this.defaults(), ...options }, this.around(hands));
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    ended.then(end, end);
    const goesOn = (): boolean => !isOver;
    while (goesOn()) {
      await new Promise(setImmediate);
      // Until something is shown, files are read, and that takes real time.
      if (this.output === '' && this.errors === '') continue;
      await this.bench.advance(STEP_MS);
      this.clock.fireDue();
      await hands.onStep?.(this);
    }
    const plain = (text: string): string => text.replaceAll(this.folder, '');
    return { exitCode: await ended, output: plain(this.output), errors: plain(this.errors) };
  }

  private defaults(): RigOptions {
    return {
      board: 'arduino-uno',
      port: '/dev/rig',
      camera: 'sim',
      data: join(this.folder, 'data'),
      step: false,
      motorOff: false,
      yes: true,
      json: false,
      version: '0.0.0',
    };
  }

  private around({ onPrompt }: RigHands): RigSurroundings {
    return {
      terminal: {
        out: (text) => {
          this.output += text;
          this.answerPrompts(text, onPrompt);
        },
        error: (text) => {
          this.errors += text;
          this.answerPrompts(text, onPrompt);
        },
        paint: unpainted,
        showsProgress: false,
        nowMs: () => this.bench.nowMs(),
      },
      // A thread of its own would take real time, of which this bench knows nothing.
      openServer: async () => ({ port: null, close: async () => {} }),
      openKeyboard: () => ({
        watch: (onLine, onEnd) => {
          this.typed = onLine;
          this.endTyping = onEnd;
        },
        close: () => {},
      }),
      openSite: (options) => this.site(options),
      boardsFile: join(import.meta.dirname, '../../../boards.json'),
      stateFolder: join(this.folder, 'state'),
    };
  }

  private answerPrompts(text: string, onPrompt: RigHands['onPrompt']): void {
    const words = /^ ▶ (.*)\n$/m.exec(text)?.[1];
    if (words === undefined) return;
    const line = onPrompt?.(words, this);
    if (line !== undefined) setImmediate(() => this.type(line));
  }

  private site({ listener }: SiteOptions): Site {
    const { bench, clock } = this;
    const { hal } = bench;
    this.listener = listener;
    const image = { name: 'Latchkey', major: 1, minor: 0 };
    clock.alarm(() => listener.boardNews({ kind: 'up', image, status: null, warnings: [] })).set(0);
    let hearSample: Parameters<Hal['motorCurrent']['watch']>[0] = () => {};
    const motorCurrent: Hal['motorCurrent'] = {
      watch: (heard) => {
        hearSample = heard;
        hal.motorCurrent.watch(heard);
      },
    };
    const rest = clock.alarm(() => hearSample(0, bench.supplyMv()));
    const { boardLink, boltMotor, boltSwitches, doorContact, cameraPower, indicators } = hal;
    return {
      clock,
      wallClock: { nowUtcMs: () => Date.UTC(2026, 5, 1, 12) + bench.nowMs(), watch: () => {} },
      board: { boardLink, boltMotor, motorCurrent, boltSwitches, doorContact, cameraPower, indicators },
      sampleAtRest: () => rest.set(clock.nowMs() + 10),
      camera: new StandInCamera(clock),
      networkLink: hal.networkLink,
      notices: {
        send: (notice, done) => {
          setImmediate(() => {
            listener.noticeArrived(notice);
            done(null);
          });
        },
        beat: () => {},
      },
      openStore: (path) =>
        new FileStore(path, {
          writeSync: fs.writeSync,
          fdatasync: ((_descriptor: number, done: fs.NoParamCallback) => {
            setImmediate(done, null);
          }) as unknown as typeof fs.fdatasync,
        }),
      close: () => {
        hal.boltMotor.stop();
        this.isClosed = true;
        return Promise.resolve();
      },
    };
  }
}
