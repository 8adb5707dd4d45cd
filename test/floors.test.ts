import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { array, object, parse, string } from 'valibot';

const root = join(import.meta.dirname, '../..');

interface Floor {
  /** Where the files of this floor are. A file belongs to the first floor whose path it starts with. */
  readonly path: string;
  /** What they may import from the repository, by the start of the path. */
  readonly may: readonly string[];
  readonly mayTypesOf?: readonly string[];
  readonly mayNot?: readonly string[];
  readonly packages: 'none' | 'anyButNode' | 'any';
}

const policy = {
  may: ['firmware/core/', 'firmware/access/', 'firmware/settings.js', 'firmware/requests.js'],
  mayTypesOf: ['hal/contracts/', 'firmware/journal/records.js'],
  packages: 'none',
} as const;

/** DESIGN's rule, `cli → sim → firmware → hal contracts`, in full. Nothing may import test/ or bench/. */
const floors: readonly Floor[] = [
  { path: 'hal/contracts/', may: ['hal/contracts/'], packages: 'none' },
  { path: 'hal/', may: ['hal/', 'boards.json'], packages: 'any' },
  { path: 'firmware/core/', ...policy },
  // Packages that compute only: checks of shape, and time zones.
  { path: 'firmware/access/', ...policy, may: [...policy.may, 'valibot', 'temporal-polyfill'] },
  { path: 'firmware/main.ts', may: ['firmware/', 'hal/', 'boards.json'], packages: 'any' },
  // The journal's lines are hashed with node:crypto and summed with node:zlib, which reach nothing outside.
  {
    path: 'firmware/journal/',
    may: ['firmware/', 'hal/contracts/', 'node:crypto', 'node:zlib'],
    packages: 'anyButNode',
  },
  // Hashes of codes and keys, and challenges.
  { path: 'firmware/credentials/', may: ['firmware/', 'hal/contracts/', 'node:crypto'], packages: 'anyButNode' },
  { path: 'firmware/', may: ['firmware/', 'hal/contracts/'], packages: 'anyButNode' },
  { path: 'sim/worlds/', may: ['sim/', 'firmware/', 'hal/', 'boards.json'], packages: 'anyButNode' },
  // The people of stories sign, and forge, with keys of their own.
  { path: 'sim/people/', may: ['sim/', 'firmware/', 'node:crypto'], packages: 'anyButNode' },
  {
    path: 'sim/',
    may: ['sim/', 'firmware/', 'hal/', 'boards.json'],
    mayNot: ['hal/adapters/'],
    packages: 'anyButNode',
  },
  { path: 'cli/', may: ['cli/', 'sim/', 'firmware/', 'hal/', 'boards.json', 'schemas/'], packages: 'any' },
];

interface Import {
  readonly specifier: string;
  readonly typesOnly: boolean;
}

/** What a module imports or re-exports, statically or not. */
function importsOf(source: string): Import[] {
  const imports = /(?:^\s*(?:import|export)\s+(type\s)?[^;'"]*?\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/gm;
  return [...source.matchAll(imports)].map(([, type, specifier = '']) => ({
    specifier,
    typesOnly: type !== undefined,
  }));
}

/** Whether the floor of `file` allows the import. Paths are relative to the repository, with forward slashes. */
function isAllowed(file: string, { specifier, typesOnly }: Import): boolean {
  const floor = floors.find(({ path }) => file.startsWith(path));
  if (floor === undefined) throw new Error(`${file} stands on no floor`);
  const { may, mayTypesOf = [], mayNot = [], packages } = floor;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const targets = typesOnly ? [...may, ...mayTypesOf] : may;
    return targets.some((path) => target.startsWith(path)) && !mayNot.some((path) => target.startsWith(path));
  }
  if (may.includes(specifier)) return true;
  return packages === 'any' || (packages === 'anyButNode' && !specifier.startsWith('node:'));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')));
}

describe('the floors', () => {
  const files = ['hal', 'firmware', 'sim', 'cli'].flatMap(sourceFiles);

  it('are all there to be read', () => {
    for (const folder of ['hal/contracts/', 'firmware/', 'sim/', 'cli/']) {
      expect(
        files.filter((file) => file.startsWith(folder)),
        folder,
      ).to.not.be.empty;
    }
  });

  it('hold: imports point down only', () => {
    const offences = files.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .filter((found) => !isAllowed(file, found))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    expect(offences).to.deep.equal([]);
  });

  it('are read from every form of import', () => {
    const source = `
      import a from './a.js';
      import type { B } from "./b.js";
      import './c.js';
      export {
        d,
      } from './d.js';
      export * from './e.js';
      export type {
        F,
      } from './f.js';
      const g = await import('./g.js');
    `;
    const value = (specifier: string): Import => ({ specifier, typesOnly: false });
    const type = (specifier: string): Import => ({ specifier, typesOnly: true });
    expect(importsOf(source)).to.deep.equal([
      value('./a.js'),
      type('./b.js'),
      value('./c.js'),
      value('./d.js'),
      value('./e.js'),
      type('./f.js'),
      value('./g.js'),
    ]);
  });

  it('are told apart', () => {
    const contract: Import = { specifier: '../../hal/contracts/store.js', typesOnly: false };
    expect(isAllowed('firmware/journal/fold.ts', contract)).to.equal(true);
    expect(isAllowed('firmware/core/bolt.ts', contract)).to.equal(false);
    expect(isAllowed('firmware/core/bolt.ts', { ...contract, typesOnly: true })).to.equal(true);
    expect(isAllowed('hal/contracts/store.ts', { specifier: '../adapters/sim.js', typesOnly: true })).to.equal(false);
    expect(isAllowed('sim/plant.ts', { specifier: '../hal/adapters/firmata.js', typesOnly: false })).to.equal(false);
    expect(isAllowed('sim/plant.ts', { specifier: 'node:fs', typesOnly: false })).to.equal(false);
  });
});

interface Offence {
  readonly file: string;
  readonly source: string;
  readonly rule: string;
}

const importRule = 'eslint(no-restricted-imports)';
const globalRule = 'eslint(no-restricted-globals)';

function importing(file: string, specifier: string): Offence {
  return { file, source: `import { x } from '${specifier}';\nexport const y: unknown = x;\n`, rule: importRule };
}

/** One offence per file, so that a rule that stopped biting cannot hide behind another. */
const offences: readonly Offence[] = [
  importing('hal/contracts/to-adapter.ts', '../adapters/x.js'),
  importing('hal/contracts/to-package.ts', 'yaml'),
  importing('hal/adapters/to-firmware.ts', '../../firmware/x.js'),
  importing('hal/tools/to-sim.ts', '../../sim/x.js'),
  importing('firmware/core/to-shell.ts', '../shell/x.js'),
  importing('firmware/core/to-node.ts', 'node:path'),
  importing('firmware/core/to-package.ts', 'yaml'),
  importing('firmware/core/to-contract-value.ts', '../../hal/contracts/x.js'),
  importing('firmware/core/to-record-value.ts', '../journal/records.js'),
  importing('firmware/access/to-journal.ts', '../journal/x.js'),
  importing('firmware/access/to-node.ts', 'node:crypto'),
  importing('firmware/shell/to-sim.ts', '../../sim/x.js'),
  importing('firmware/shell/to-cli.ts', '../../cli/x.js'),
  importing('firmware/shell/to-test.ts', '../../test/x.js'),
  importing('firmware/shell/to-adapter.ts', '../../hal/adapters/x.js'),
  importing('firmware/shell/to-node.ts', 'node:fs'),
  importing('firmware/shell/to-hardware.ts', 'johnny-five'),
  importing('firmware/main.ts', '../sim/x.js'),
  importing('sim/to-cli.ts', '../cli/x.js'),
  importing('sim/to-test.ts', '../test/x.js'),
  importing('sim/to-adapter.ts', '../hal/adapters/x.js'),
  importing('sim/plant/to-node.ts', 'node:fs'),
  importing('sim/worlds/to-cli.ts', '../../cli/x.js'),
  importing('cli/to-test.ts', '../test/x.js'),
  importing('cli/to-bench.ts', '../bench/x.js'),
  { file: 'sim/dynamic.ts', source: `export const x: unknown = await import('../cli/x.js');\n`, rule: importRule },
  { file: 'firmware/date.ts', source: 'export const now = Date.now();\n', rule: globalRule },
  { file: 'firmware/timer.ts', source: 'setTimeout(() => 0, 1);\n', rule: globalRule },
  { file: 'firmware/core/clock.ts', source: 'export const now = performance.now();\n', rule: globalRule },
  { file: 'sim/print.ts', source: `console.log('x');\n`, rule: globalRule },
  { file: 'sim/environment.ts', source: 'export const { argv } = process;\n', rule: globalRule },
  { file: 'sim/hidden-date.ts', source: 'export const now = globalThis.Date.now();\n', rule: globalRule },
  { file: 'sim/chance.ts', source: 'export const chance = Math.random();\n', rule: 'eslint(no-restricted-properties)' },
  { file: 'sim/barrel.ts', source: `export * from './leaf.js';\n`, rule: 'oxc(no-barrel-file)' },
  {
    file: 'cli/floating.ts',
    source: 'async function later(): Promise<void> {\n  await Promise.resolve();\n}\nlater();\n',
    rule: 'typescript(no-floating-promises)',
  },
  {
    file: 'cli/partial.ts',
    source: `export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n`,
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  { file: 'sim/cycle.ts', source: `import './cycle.js';\n`, rule: 'import(no-cycle)' },
  { file: 'cli/any.ts', source: 'export const x: any = 1;\n', rule: 'typescript(no-explicit-any)' },
  {
    file: 'cli/long.ts',
    source: `export function f(): void {\n${'  f();\n'.repeat(70)}}\n`,
    rule: 'eslint(max-lines-per-function)',
  },
];

/** The same forms, where they are right. */
const innocents: readonly Omit<Offence, 'rule'>[] = [
  { file: 'sim/leaf.ts', source: 'export const leaf = 1;\n' },
  { file: 'hal/contracts/ok.ts', source: `export type { Ok } from './ok-type.js';\n` },
  {
    file: 'firmware/core/ok.ts',
    source: `import type { Ok } from '../../hal/contracts/ok.js';\nexport type { R } from '../journal/records.js';\nexport { y } from './y.js';\nexport { x } from '../access/x.js';\nexport { settings } from '../settings.js';\nexport const ok: Ok = 1;\n`,
  },
  {
    file: 'firmware/shell/ok.ts',
    source: `export { x } from '../core/x.js';\nexport { y } from '../../hal/contracts/y.js';\n`,
  },
  {
    file: 'sim/ok.ts',
    source: `export { x } from '../firmware/core/x.js';\nexport { y } from '../hal/contracts/y.js';\n`,
  },
  { file: 'sim/worlds/ok.ts', source: `export { x } from '../../hal/adapters/x.js';\n` },
  {
    file: 'cli/ok.ts',
    source: `import { readFileSync } from 'node:fs';\nconsole.log(readFileSync('x'), Date.now());\n`,
  },
];

const LintReport = object({ diagnostics: array(object({ code: string(), filename: string() })) });

/** Lints the files in a tree of their own under the repository's rules: file → rules that were broken. */
function lint(files: readonly Omit<Offence, 'rule'>[]): Map<string, string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'latchkey-lint-'));
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    copyFileSync(join(root, 'tsconfig.json'), join(tree, 'tsconfig.json'));
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
    for (const { file, source } of files) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), source);
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: tree, encoding: 'utf8' });
    const { diagnostics } = parse(LintReport, JSON.parse(stdout));
    return diagnostics.reduce(
      (broken, { filename, code }) => broken.set(filename, [...(broken.get(filename) ?? []), code]),
      new Map<string, string[]>(),
    );
  } finally {
    rmSync(tree, { recursive: true });
  }
}

describe('the lint', () => {
  let broken: Map<string, string[]>;

  before(() => {
    broken = lint([...offences, ...innocents]);
  });

  for (const { file, rule } of offences) {
    it(`refuses ${file} by ${rule}`, () => {
      expect(broken.get(file)).to.include(rule);
    });
  }

  for (const { file } of innocents) {
    it(`lets ${file} pass`, () => {
      expect(broken.get(file)).to.equal(undefined);
    });
  }
});
