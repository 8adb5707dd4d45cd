import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interleaved, median, ratio } from './measure.js';

export interface StartUp {
  readonly nodeMs: number;
  readonly versionMs: number;
  readonly storyMs: number;
  /** Against `node -e 0`. */
  readonly versionRatio: number;
  readonly storyRatio: number;
}

const LATCHKEY = fileURLToPath(new URL('../bin/latchkey.cjs', import.meta.url));
const SHORT_STORY = fileURLToPath(new URL('../../scenarios/01-aligned-door.yaml', import.meta.url));

/** Wall time of whole processes. */
export function startUp(rounds: number): StartUp {
  const { node, version, story } = interleaved(
    {
      node: () => run(['-e', '0']),
      version: () => run([LATCHKEY, '--version']),
      story: () => run([LATCHKEY, 'sim', SHORT_STORY]),
    },
    rounds,
  );
  return {
    nodeMs: median(node),
    versionMs: median(version),
    storyMs: median(story),
    versionRatio: ratio(version, node),
    storyRatio: ratio(story, node),
  };
}

function run(args: readonly string[]): void {
  // Node reads extra certificates at every start, for as long as a start takes.
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
}
