import { expect } from 'chai';
import { compareStories } from '../../cli/compare-stories.js';
import type { Fidelity } from '../../cli/fidelity.js';
import { unpainted } from '../../sim/report/tone.js';
import { loadScenario } from '../../sim/scenario/load.js';
import type { MakeWorld } from '../../sim/world.js';
import { ModelWorld } from '../../sim/worlds/model.js';

const leaving = `
story: Olga goes out
given: { begins: 2026-03-03 10:15, people: { Olga: owner } }
steps:
  - { after: 1 s, do: Olga turns the thumb-turn to unlock }
  - { after: 1 s, do: Olga opens the door }
  - { after: $gone, do: Olga closes the door }
  - { expect: reported locked, within: 1 min }
sweep:
  gone: { from: 2 s, to: 4 s, every: 2 s }
`;

const model: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });

/** The bolt jams. */
const otherDoor: MakeWorld = (settings, seed, observer) =>
  model({ ...settings, door: 'badlyMisaligned' }, seed, observer);

interface Compared {
  readonly exitCode: number;
  readonly output: string;
}

async function compared(
  worlds: Readonly<Record<Fidelity, MakeWorld>>,
  options: { readonly json?: boolean; readonly timeoutSeconds?: number } = {},
): Promise<Compared> {
  let output = '';
  let nowMs = 0;
  const terminal = {
    out: (text: string) => void (output += text),
    error: () => undefined,
    paint: unpainted,
    showsProgress: false,
    nowMs: () => (nowMs += 1_000),
  };
  const scenario = loadScenario({ text: leaving, file: 'leaving.yaml' }, ['sim']);
  const exitCode = await compareStories(
    [scenario],
    { seed: 1, json: false, ...options },
    (fidelity) => Promise.resolve(worlds[fidelity]),
    terminal,
  );
  return { exitCode, output };
}

describe('latchkey sim --compare', () => {
  it('says how many events are alike at all depths', async () => {
    const { exitCode, output } = await compared({ model, firmata: model, avr: model });
    expect(output).to.match(/^ ✔ Olga goes out · 2 runs, \d\d events alike at model, firmata, avr\n$/);
    expect(exitCode).to.equal(0);
  });

  it('shows the first difference, at which depth and at which point of the sweep', async () => {
    const { exitCode, output } = await compared({ model, firmata: model, avr: otherDoor });
    const [head = '', point = '', expected = '', found = ''] = output.split('\n');
    expect(head).to.equal(' ✘ Olga goes out');
    expect(point).to.equal('   with gone = 2 s');
    expect(expected).to.match(/^ {3}model: +0:\d\d\.\d{3} /);
    expect(found).to.match(/^ {3}avr: +0:\d\d\.\d{3} /);
    expect(exitCode).to.equal(1);
  });

  it('is there for programs', async () => {
    const { exitCode, output } = await compared({ model, firmata: otherDoor, avr: model }, { json: true });
    const result = JSON.parse(output) as object;
    expect(result).to.include({ format: 'latchkey-compare', exitCode });
    expect(result).to.have.nested.property('stories[0].runs[0].difference.depth', 'firmata');
  });

  it('ends a story that takes too long', async () => {
    const { exitCode, output } = await compared({ model, firmata: model, avr: model }, { timeoutSeconds: 0.5 });
    expect(output).to.contain('TIMED OUT');
    expect(exitCode).to.equal(42);
  });
});
