import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBoards } from '../hal/boards.js';
import { parseIntelHex } from '../hal/intel-hex.js';
import { runStory } from '../sim/run-story.js';
import { loadScenario } from '../sim/scenario/load.js';
import type { MakeWorld } from '../sim/world.js';
import { ModelWorld } from '../sim/worlds/model.js';
import { avrWorlds, firmataWorlds } from '../sim/worlds/wired-world.js';
import { median } from './measure.js';

export interface DepthSpeed {
  readonly depth: string;
  /** Medians. */
  readonly simulatedSPerS: number;
  readonly visitMs: number;
}

const root = join(import.meta.dirname, '../..');

/** One visit, with everything that watches a story, at each depth in turn. */
export async function depthSpeeds(rounds: number): Promise<DepthSpeed[]> {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const { boards } = loadBoards(read('boards.json'), 'boards.json');
  const image = parseIntelHex(read('hal/image/latchkey.hex'), 'latchkey.hex').bytes;
  const file = 'scenarios/01-aligned-door.yaml';
  const scenario = loadScenario({ text: read(file), file }, ['sim']);
  let simulatedMs = 0;
  const playMs = async (makeWorld: MakeWorld): Promise<number> => {
    const begin = performance.now();
    const { runs } = await runStory(scenario, { seed: 1, makeWorld, isOutOfTime: () => false, onRun: () => undefined });
    simulatedMs = runs[0]?.simulatedMs ?? 0;
    return performance.now() - begin;
  };
  const model: MakeWorld = (settings, seed, observer) =>
    new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });
  const depths = [
    { depth: 'model', makeWorld: model, times: [] as number[] },
    { depth: 'firmata', makeWorld: firmataWorlds(boards), times: [] as number[] },
    { depth: 'avr', makeWorld: avrWorlds(boards, image), times: [] as number[] },
  ];
  for (const { makeWorld } of depths) await playMs(makeWorld);
  for (let round = 0; round < rounds; round += 1) {
    for (const { makeWorld, times } of depths) times.push(await playMs(makeWorld));
  }
  return depths.map(({ depth, times }) => {
    const visitMs = median(times);
    return { depth, simulatedSPerS: simulatedMs / visitMs, visitMs };
  });
}
