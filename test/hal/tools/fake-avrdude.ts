import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from './avrdude-recordings.js';

/** What one call of it does. */
export interface Answer {
  readonly output: string;
  /** Of a call that ends. */
  readonly exitCode?: number;
  /** `hang`: it ends only when it is ended. `stubborn`: it does not heed SIGINT either. */
  readonly afterwards?: 'hang' | 'stubborn';
}

/** A program `avrdude` in a folder of its own, which answers one call after the other with what it was given. */
export class FakeAvrdude {
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-avrdude-'));
  readonly program = join(this.folder, 'avrdude');

  constructor(answers: readonly Answer[], versionText = version) {
    writeFileSync(join(this.folder, 'version'), versionText);
    for (const [index, { output, exitCode = 1, afterwards }] of answers.entries()) {
      writeFileSync(join(this.folder, `output-${index + 1}`), output);
      const trap = afterwards === 'stubborn' ? "trap '' INT\n" : '';
      const end = afterwards === undefined ? `exit ${exitCode}` : 'while :; do sleep 0.05; done';
      writeFileSync(join(this.folder, `end-${index + 1}`), `${trap}${end}\n`);
    }
    writeFileSync(
      this.program,
      `#!/bin/sh
cd '${this.folder}'
if [ "$1" = '-?' ]; then cat version >&2; exit 1; fi
echo "$$" >pid
echo "$*" >>calls
call=$(wc -l <calls)
cat "output-$call" >&2
: >spoken
. "./end-$call"
`,
      { mode: 0o755 },
    );
  }

  /** The arguments of each call but those that ask for the version, with spaces between. */
  calls(): string[] {
    const file = join(this.folder, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }

  /** Whether a call has printed all that it has to print. */
  hasSpoken(): boolean {
    return existsSync(join(this.folder, 'spoken'));
  }

  /** Whether the process of the last call still runs. */
  isRunning(): boolean {
    try {
      process.kill(Number(readFileSync(join(this.folder, 'pid'), 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
