import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Encoding from '../../firmware/journal/encoded-records.js';
import type * as RunStory from '../../sim/run-story.js';
import type * as Model from '../../sim/worlds/model.js';

const root = join(import.meta.dirname, '../../..');

/** One change of the built JavaScript: text that occurs exactly once in a file below `dist`, and what takes its place. */
export interface Patch {
  readonly file: `${'firmware' | 'sim/hal'}/${string}.js`;
  readonly find: string;
  readonly replace: string;
}

/** What plays stories in one copy of the build. */
export interface Playing {
  readonly runStory: typeof RunStory.runStory;
  readonly ModelWorld: typeof Model.ModelWorld;
  readonly EncodedRecords: typeof Encoding.EncodedRecords;
}

/** The built product: text by path below `dist`. Read once, for it is written out for every sabotage. */
const built: ReadonlyMap<string, string> = new Map(
  ['hal', 'firmware', 'sim', 'cli'].flatMap((floor) =>
    readdirSync(join(root, 'dist', floor), { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(floor, name))
      .map((file) => [file, readFileSync(join(root, 'dist', file), 'utf8')] as const),
  ),
);

/**
 * A copy of the built product with patches in it, in a folder of its own laid out as the package is. Throws if one of
 * them is stale. The folder is gone after `use`.
 */
export function withBuild<Result>(
  patches: readonly Patch[],
  use: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  return withFolder(patched(patches), use);
}

/** The simulator of such a copy, loaded beside our own. */
export function load(...patches: readonly Patch[]): Promise<Playing> {
  const runStory = join('sim', 'run-story.js');
  const model = join('sim', 'worlds', 'model.js');
  const encoding = join('firmware', 'journal', 'encoded-records.js');
  return withFolder(reachable(patched(patches), [runStory, model, encoding]), async (folder) => ({
    runStory: (await importFrom<typeof RunStory>(folder, runStory)).runStory,
    ModelWorld: (await importFrom<typeof Model>(folder, model)).ModelWorld,
    EncodedRecords: (await importFrom<typeof Encoding>(folder, encoding)).EncodedRecords,
  }));
}

async function withFolder<Result>(
  files: ReadonlyMap<string, string>,
  use: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-sabotage-'));
  try {
    for (const path of new Set([...files.keys()].map(dirname)))
      mkdirSync(join(folder, 'dist', path), { recursive: true });
    for (const [file, text] of files) writeFileSync(join(folder, 'dist', file), text);
    for (const file of ['package.json', 'boards.json']) cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of the files, those that the entries import, however indirectly: the rest need not be written. */
function reachable(files: ReadonlyMap<string, string>, entries: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const follow = (file: string): void => {
    const text = files.get(file);
    if (text === undefined || found.has(file)) return;
    found.set(file, text);
    for (const [, path = ''] of text.matchAll(/^(?:import|export|\}).* from '(\.[^']+)';$/gmu))
      follow(join(dirname(file), path));
  };
  entries.forEach(follow);
  return found;
}

function patched(patches: readonly Patch[]): ReadonlyMap<string, string> {
  const files = new Map(built);
  for (const patch of patches) apply(patch, files);
  return files;
}

function apply({ file, find, replace }: Patch, files: Map<string, string>): void {
  const path = join(file);
  const parts = files.get(path)?.split(find) ?? [];
  if (parts.length !== 2) {
    throw new Error(`stale patch: dist/${file} has ${Math.max(0, parts.length - 1)} times, not once: ${find}`);
  }
  files.set(path, parts.join(replace));
}

async function importFrom<Module>(folder: string, file: string): Promise<Module> {
  return (await import(pathToFileURL(join(folder, 'dist', file)).href)) as Module;
}
