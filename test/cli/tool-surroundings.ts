import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../../cli/flash-command.js';
import { unpainted } from '../../sim/report/tone.js';
import * as recordings from '../hal/tools/avrdude-recordings.js';
import type { Answer } from '../hal/tools/fake-avrdude.js';
import { FakeAvrdude } from '../hal/tools/fake-avrdude.js';
import { FakeMachine } from '../hal/tools/fake-machine.js';

export const root = join(import.meta.dirname, '../../..');

/** How a fake avrdude answers when all goes well. */
export const success: Answer = { output: recordings.verified, exitCode: 0 };

/** A computer with a fake avrdude, and a terminal that keeps what is written. */
export class ToolSurroundings implements Surroundings {
  readonly machine = new FakeMachine();
  readonly avrdude: FakeAvrdude;
  boardsFile = join(root, 'boards.json');
  imageFile = join(root, 'hal/image/latchkey.hex');
  written = { out: '', error: '' };
  nowMs = 0;
  readonly terminal = {
    out: (text: string) => void (this.written.out += text),
    error: (text: string) => void (this.written.error += text),
    paint: unpainted,
    showsProgress: false,
    nowMs: () => this.nowMs,
  };

  constructor(...answers: readonly Answer[]) {
    this.avrdude = new FakeAvrdude(answers);
    this.machine.avrdude = this.avrdude.program;
  }

  /** A file in a folder that goes with the surroundings. */
  file(name: string, content: string): string {
    const path = join(this.avrdude.folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    this.avrdude.remove();
  }
}
