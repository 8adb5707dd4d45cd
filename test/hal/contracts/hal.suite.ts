import { expect } from 'chai';
import type { Hal } from '../../../hal/contracts/hal.js';
import type { MakeBench } from './bench.js';
import { loseBoardLink, regainBoardLink, SOON_MS } from './expectations.js';

/** What is behind the link to the board. */
function watchBoard(hal: Hal, heard: (name: string) => void): void {
  hal.motorCurrent.watch(() => heard('motorCurrent'));
  hal.boltSwitches?.watch(() => heard('boltSwitches'));
  hal.doorContact.watch(() => heard('doorContact'));
  hal.cameraPower.watch(() => heard('cameraPower'));
}

/** Every listener of a lock, under its name. */
function watchAll(hal: Hal, heard: (name: string) => void): void {
  watchBoard(hal, heard);
  hal.cameraFrames.watch(() => heard('cameraFrames'));
  hal.recorder.watch(() => heard('recorder'));
  hal.networkLink.watch(() => heard('networkLink'));
  hal.boardLink.watch(() => heard('boardLink'));
}

/** Every order that a lock can give, each with something to undo. */
function orders(hal: Hal): (() => unknown)[] {
  const { boltMotor, cameraPower, recorder, indicators } = hal;
  return [
    () => cameraPower.switchOn(),
    () => recorder.start(),
    () => boltMotor.extend(),
    () => boltMotor.stop(),
    () => boltMotor.retract(),
    () => indicators.set('jam', true),
    () => indicators.set('jam', false),
    () => cameraPower.switchOff(),
    () => recorder.stop(),
  ];
}

export function describeHal(name: string, makeBench: MakeBench): void {
  describe(`all of the HAL: ${name}`, () => {
    it('never calls a listener from inside a call', async () => {
      const bench = await makeBench();
      const heard = new Set<string>();
      const heardInside: string[] = [];
      let inside = '';
      const listen = (listener: string): void => {
        heard.add(listener);
        if (inside !== '') heardInside.push(`${listener} from inside ${inside}`);
      };
      const call = async (what: () => unknown): Promise<void> => {
        inside = what.toString();
        what();
        inside = '';
        await bench.advance(10_000);
      };

      for (const setLink of [null, loseBoardLink, regainBoardLink]) {
        await setLink?.(bench);
        await call(() => watchAll(bench.hal, listen));
        for (const order of orders(bench.hal)) await call(order);
        await call(() => watchAll(bench.hal, listen));
      }
      expect(heardInside).to.deep.equal([]);
      expect(heard).to.have.property('size', bench.hal.boltSwitches === null ? 7 : 8);
    });

    it('says nothing of the board, and refuses its orders, from the report that the link is down until it is up', async () => {
      const bench = await makeBench();
      const { boltMotor, cameraPower, indicators, boardLink } = bench.hal;
      const log: string[] = [];
      const refusing = (): string => {
        const answers = [boltMotor.stop(), cameraPower.switchOff(), indicators.set('fault', false)];
        return answers.map((fault) => fault?.part ?? 'accepted').join(' ');
      };
      watchBoard(bench.hal, () => {
        if (log.at(-1)?.startsWith('down') === true) log.push('a reading while down');
      });
      boardLink.watch((up) => log.push(`${up ? 'up' : 'down'}: ${refusing()}`));
      await bench.advance(SOON_MS);
      for (const outageMs of [100, 300, 400, 1_000]) {
        boltMotor.extend();
        await bench.advance(SOON_MS);
        bench.setBoardLink(false);
        bench.moveDoor(false);
        await bench.advance(outageMs);
        bench.moveDoor(true);
        await regainBoardLink(bench);
      }
      const [first = '', ...rest] = log;
      expect(first).to.equal('up: accepted accepted accepted');
      expect(rest.length).to.be.at.least(2);
      expect(rest).to.deep.equal(
        rest.map((_, index) => (index % 2 === 0 ? 'down: boltMotor cameraPower indicators' : first)),
      );
    });
  });
}
