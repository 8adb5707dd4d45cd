import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JournalSurroundings } from '../../cli/journal-file.js';
import { unpainted } from '../../sim/report/tone.js';

/** A folder of locks, and a terminal that keeps what is written, with the folder's name left out. */
export class JournalBench implements JournalSurroundings {
  readonly stateFolder = mkdtempSync(join(tmpdir(), 'latchkey-journal-'));
  out = '';
  error = '';
  readonly terminal = {
    out: (text: string) => void (this.out += text.replaceAll(`${this.stateFolder}/`, '')),
    error: (text: string) => void (this.error += text.replaceAll(`${this.stateFolder}/`, '')),
    paint: unpainted,
    showsProgress: false,
    nowMs: () => 0,
  };

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.stateFolder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.stateFolder, { recursive: true });
  }
}
