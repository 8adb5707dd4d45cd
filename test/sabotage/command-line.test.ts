import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { shippedStories, storyNames } from './playing.js';
import { withBuild } from './sabotaged-build.js';
import { patchesOf, type Sabotage } from './sabotage.js';
import { sabotages } from './sabotages.js';

/** The bundler gives the version to the command line; unbundled it is given here. */
const version = "data:text/javascript,globalThis.LATCHKEY_VERSION = 'sabotaged'";

interface Run {
  readonly exitCode: number | null;
  readonly errors: string;
  readonly junit: string;
}

/** Runs `latchkey` of the build in `folder` where the stories are, and reads the JUnit file that it writes. */
function latchkey(folder: string, words: readonly string[]): Run {
  const out = mkdtempSync(join(tmpdir(), 'latchkey-sabotage-reports-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', version, join(folder, 'dist/cli/latchkey.js'), ...words, '--out', out, '--report', 'junit'],
      { encoding: 'utf8', cwd: shippedStories },
    );
    return { exitCode: status, errors: stderr, junit: readFileSync(join(out, 'junit.xml'), 'utf8') };
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** The first that trips one property of this kind alone, in a shipped story. */
function representative(kind: 'S' | 'L'): Sabotage {
  const shipped = storyNames(shippedStories);
  const found = sabotages.find(
    ({ trips, story }) => trips.length === 1 && trips[0]?.startsWith(kind) === true && shipped.includes(story),
  );
  if (found === undefined) throw new Error(`no sabotage trips a property of ${kind} alone in a shipped story`);
  return found;
}

describe('the command line, sabotaged', () => {
  const representatives = [
    { sabotage: representative('S'), exitCode: 10 },
    { sabotage: representative('L'), exitCode: 11 },
  ];

  for (const { sabotage, exitCode } of representatives) {
    const { what, story, trips } = sabotage;
    it(`exits ${exitCode} where ${what}, names ${trips.join()} in JUnit, and how to see it again`, async () => {
      await withBuild(patchesOf(sabotage), (folder) => {
        const { junit, errors, ...run } = latchkey(folder, ['sim', `${story}.yaml`, '--seed', '7']);
        expect(run.exitCode, errors).to.equal(exitCode);
        expect(/<failure [^>]*type="([^"]*)"/.exec(junit)?.[1]).to.equal(trips[0]);
        const replay = /^replay: latchkey (.*?)(?:\]\]>.*)?$/m.exec(junit)?.[1] ?? 'none';
        expect(replay).to.equal(`sim ${story}.yaml --seed 7`);
        expect(latchkey(folder, replay.split(' ')).exitCode).to.equal(exitCode);
      });
    });
  }
});
