import { expect } from 'chai';
import type { BoardAnswer } from '../../../hal/tools/board-query.js';
import { askBoard } from '../../../hal/tools/board-query.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { SimulatedLine } from '../../../sim/wired/simulated-line.js';
import type { FirmataImage } from '../../../sim/wired/virtual-firmata-board.js';
import { VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';

const nothingWired = { pinChanged: () => undefined, isHigh: () => false, analogMv: () => 0 };

describe('asking a board who it is', () => {
  let clock: VirtualClock;
  let line: SimulatedLine;

  function plugIn(image: FirmataImage): void {
    clock = new VirtualClock();
    line = new SimulatedLine(clock, nothingWired, (around) => new VirtualFirmataBoard(clock, around, image));
    line.device.setPower(true);
    clock.advanceTo(3_000);
  }

  /** Its answer, and whether there was none after 5.5 s. */
  async function ask(meanwhile: () => void = () => undefined): Promise<{ answer: BoardAnswer; tookLong: boolean }> {
    let hasAnswered = false;
    const asked = askBoard(line, clock).finally(() => {
      hasAnswered = true;
    });
    meanwhile();
    clock.advanceTo(clock.nowMs() + 5_500);
    await Promise.resolve();
    await Promise.resolve();
    const tookLong = !hasAnswered;
    clock.advanceTo(clock.nowMs() + 1_000);
    return { answer: await asked, tookLong };
  }

  it('gets name, version and status of our image, and closes the port', async () => {
    plugIn('latchkey');
    const { answer, tookLong } = await ask();
    expect(tookLong).to.equal(false);
    expect(answer).to.have.deep.property('image', { name: 'Latchkey', major: 1, minor: 0 });
    expect(answer).to.have.nested.property('status.state', 'unarmed');
    expect(answer).to.have.nested.property('status.resetCause', 2);
    let isOpen = false;
    line.watch({ opened: () => (isOpen = true), received: () => undefined, closed: () => undefined });
    line.open();
    clock.advanceTo(clock.nowMs() + 10);
    expect(isOpen, 'could be opened again').to.equal(true);
  });

  it('does not wait for a status that stock Firmata does not have', async () => {
    plugIn('standard');
    const { answer, tookLong } = await ask();
    expect(tookLong).to.equal(false);
    expect(answer).to.deep.equal({ image: { name: 'StandardFirmata.ino', major: 2, minor: 5 }, status: null });
  });

  it('asks on while the bootloader does not listen', async () => {
    plugIn('latchkey');
    line.setConnected(false);
    const listening = clock.alarm(() => line.setConnected(true));
    const { answer } = await ask(() => listening.set(clock.nowMs() + 2_100));
    expect(answer).to.have.nested.property('image.name', 'Latchkey');
  });

  it('is told of a board that is not there', async () => {
    plugIn('latchkey');
    line.setPluggedIn(false);
    expect((await ask()).answer).to.deep.equal({ closed: 'there is no such port' });
  });

  it('gives up on silence, and tells it from garbage', async () => {
    plugIn('latchkey');
    line.device.setPower(false);
    expect(await ask()).to.deep.equal({ answer: { silent: true, heardGarbage: false }, tookLong: true });
    const noise = clock.alarm(() => line.disturbHost(Uint8Array.of(0x31, 0x32)));
    const { answer } = await ask(() => noise.set(clock.nowMs() + 500));
    expect(answer).to.deep.equal({ silent: true, heardGarbage: true });
  });

  it('tells the image also of a board that falls silent', async () => {
    plugIn('latchkey');
    const deaf = clock.alarm(() => line.device.setPower(false));
    const named = Uint8Array.of(0xf0, 0x79, 1, 0, ...Buffer.from('L\0a\0t\0c\0h\0k\0e\0y\0'), 0xf7);
    const spoken = clock.alarm(() => line.disturbHost(named));
    const { answer } = await ask(() => {
      deaf.set(clock.nowMs());
      spoken.set(clock.nowMs() + 100);
    });
    expect(answer).to.deep.equal({ image: { name: 'Latchkey', major: 1, minor: 0 }, status: null });
  });
});
