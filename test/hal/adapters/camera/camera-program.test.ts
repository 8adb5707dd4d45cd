import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { startShellProgram } from '../../../../hal/adapters/camera/camera-program.js';

interface Heard {
  text: string;
  readonly ended: Promise<string>;
}

function start(command: string) {
  const heard = { text: '' } as Heard & { ended: Promise<string> };
  let running = { terminate: () => {}, kill: () => {} };
  heard.ended = new Promise((resolve) => {
    running = startShellProgram(command, {
      received: (bytes) => (heard.text += Buffer.from(bytes).toString()),
      ended: resolve,
    });
  });
  return { heard, running };
}

describe('a program of the shell', () => {
  it('is heard, and tells how it ended, in its own last words', async () => {
    const { heard } = start('printf one; printf two; echo first >&2; echo no such device >&2; exit 3');
    expect(await heard.ended).to.equal('it ended with code 3: no such device');
    expect(heard.text).to.equal('onetwo');
  });

  it('ends with all that it started', async () => {
    const { heard, running } = start('sleep 60 | sleep 60; sleep 60');
    await delay(100);
    running.terminate();
    expect(await heard.ended).to.equal('it ended by SIGTERM');
  });

  it('can be killed where it does not listen', async () => {
    const { heard, running } = start("trap '' TERM; printf deaf; while :; do sleep 0.05; done");
    while (heard.text === '') await delay(5);
    running.terminate();
    await delay(100);
    running.kill();
    expect(await heard.ended).to.equal('it ended by SIGKILL');
    running.kill();
  });

  it('is gone once killed, even if it left a daemon behind that holds its output', async () => {
    const { heard, running } = start("setsid sh -c 'printf begun; sleep 3' & sleep 60");
    while (heard.text === '') await delay(5);
    running.kill();
    const ended = await Promise.race([heard.ended, delay(2_000, 'it still waits')]);
    expect(ended).to.equal('it ended by SIGKILL');
  });

  it('tells of a command that there is not', async () => {
    const { heard } = start('latchkey-no-such-camera');
    expect(await heard.ended).to.match(/^it ended with code 127: .*not found/);
  });
});
