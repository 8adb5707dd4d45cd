import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseIntelHex } from '../../../hal/intel-hex.js';
import { compareStory } from '../../../sim/compare/compare-story.js';
import { allMonitors } from '../../../sim/monitors/all-monitors.js';
import type { Violation } from '../../../sim/monitors/monitor.js';
import { DEFAULT_MONITOR_SETTINGS } from '../../../sim/monitors/settings.js';
import type { Observer } from '../../../sim/observation.js';
import type { Scenario } from '../../../sim/scenario/scenario.js';
import type { MakeWorld } from '../../../sim/world.js';
import { FanOut } from '../../../sim/fan-out.js';
import { ModelWorld } from '../../../sim/worlds/model.js';
import { avrWorlds, firmataWorlds } from '../../../sim/worlds/wired-world.js';
import { playAt } from './playing.js';
import { shippedBoards, shippedStory, thinned } from './shipped-stories.js';

const imageFile = join(import.meta.dirname, '../../../../hal/image/latchkey.hex');
const image = parseIntelHex(readFileSync(imageFile, 'utf8'), imageFile).bytes;

/** On a machine with other work to do. */
const TIMEOUT_MS = 300_000;

const powerFailure = shippedStory('11a-');

/** The stories that are told on the image itself. */
const stories: readonly Scenario[] = [
  shippedStory('01-'),
  shippedStory('02-'),
  shippedStory('03b-'),
  shippedStory('05a-'),
  thinned(shippedStory('07-'), 8),
  // In mid-throw. Where power fails in the instant in which something else happens, no two depths need agree on it.
  { ...powerFailure, sweep: { name: 'cut', fromMs: 100, toMs: 900, everyMs: 200 } },
];

const model: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });

const depths = [
  { name: 'model', makeWorld: model },
  { name: 'firmata', makeWorld: firmataWorlds(shippedBoards) },
  { name: 'avr', makeWorld: avrWorlds(shippedBoards, image) },
];

describe('the avr world', () => {
  for (const scenario of stories) {
    it(`holds all properties, and agrees with the model and with wire bytes: ${scenario.story}`, async () => {
      const violations: Violation[] = [];
      const { doorId, residents } = scenario.world;
      const observers = (): readonly Observer[] =>
        allMonitors({ ...DEFAULT_MONITOR_SETTINGS, doorId, residents }, (violation) => violations.push(violation));
      for await (const run of compareStory(scenario, { depths, seed: 1, onPlay: () => undefined, observers })) {
        expect(run.difference, run.sweepPoint ?? '').to.equal(null);
        expect(run.events).to.be.greaterThan(20);
      }
      expect(violations).to.deep.equal([]);
    }).timeout(TIMEOUT_MS);
  }

  it('warns of an image that is not Latchkey’s, and of no other', () => {
    const renamed = image.slice();
    renamed.set(new TextEncoder().encode('Latchkex'), Buffer.from(image).indexOf('Latchkey'));
    const warningsOf = (flash: Uint8Array): string[] => {
      const warnings: string[] = [];
      const makeWorld = avrWorlds(shippedBoards, flash, (warning) => warnings.push(warning));
      makeWorld(shippedStory('01-').world, 1, new FanOut([])).advanceTo(5_000);
      return warnings;
    };
    expect(warningsOf(image)).to.deep.equal([]);
    expect(warningsOf(renamed).join()).to.match(/^without the dead-man of the Latchkey image .* S4 cannot be kept/);
  });

  it('gives the same trace when a story is played again', async () => {
    const play = () => playAt(avrWorlds(shippedBoards, image), shippedStory('02-'));
    expect((await play()).traceHash).to.equal((await play()).traceHash);
  });
});
