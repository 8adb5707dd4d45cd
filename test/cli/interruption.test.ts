import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { expect } from 'chai';
import { half } from '../hal/tools/avrdude-recordings.js';
import { FakeAvrdude } from '../hal/tools/fake-avrdude.js';

/** Runs `latchkey flash`, and ends it as soon as avrdude has begun to write. */
async function interrupt(avrdude: FakeAvrdude, signal: NodeJS.Signals) {
  const flash = spawn(process.execPath, [join(import.meta.dirname, 'flash-process.js'), avrdude.program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let error = '';
  flash.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    flash.once('close', (exitCode, endSignal) => resolve({ exitCode, signal: endSignal }));
  });
  while (!avrdude.hasSpoken()) await pass(20);
  flash.kill(signal);
  return { ...(await ended), error };
}

describe('latchkey flash, interrupted', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`by ${signal} ends avrdude, says what that means, and dies of the signal`, async () => {
      const avrdude = new FakeAvrdude([{ output: half.writing, afterwards: 'hang' }]);
      try {
        const ended = await interrupt(avrdude, signal);
        expect(avrdude.isRunning()).to.equal(false);
        expect(ended).to.include({ exitCode: null, signal });
        expect(ended.error).to.match(/Stopped at 30 % of writing\.\nFlash again before you use the board/);
      } finally {
        avrdude.remove();
      }
    });
  }
});
