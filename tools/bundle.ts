/**
 * Second half of `npm run build`, after tsc: removes what tsc left behind of deleted sources, and bundles the command
 * line into dist/bin.
 *
 * The bundle is CommonJS because Node starts it faster than ESM (1.3 against 1.7 times `node -e 0`). Each command, and what
 * only some of its options need, is a file of its own, loaded when it is asked for. It is not minified: that gains no time
 * and costs readable stacks. johnny-five is bundled, because whoever installs the package would get it with an older
 * serialport, to be compiled; serialport itself stays outside, for its prebuilt binaries.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { object, parse, string } from 'valibot';

const root = join(import.meta.dirname, '../..');
const { version } = parse(object({ version: string() }), JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** tsc never deletes: without this, mocha would go on running the tests of a deleted file. */
function removeOrphans(): void {
  for (const path of readdirSync(join(root, 'dist'), { encoding: 'utf8', recursive: true })) {
    const source = /^(?!bin\b)(.*)\.(?:d\.ts|js|js\.map)$/.exec(path)?.[1];
    if (source !== undefined && !existsSync(join(root, `${source}.ts`))) rmSync(join(root, 'dist', path));
  }
}

/** What a command loads only for some of its options. */
const parts = ['compare-stories.ts', 'wired-worlds.ts'];

/** What is started as a thread of its own. */
const threads = ['hal/adapters/http/front-thread.ts'];

/** Leaves commands and parts out of what imports them, to be required from their own files beside it. */
const lazyFiles: Plugin = {
  name: 'lazy-files',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/(.*-command|compare-stories|wired-worlds)\.js$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.js$/, '.cjs'), external: true } : undefined,
    );
  },
};

removeOrphans();
const commands = readdirSync(join(root, 'cli')).filter((name) => name.endsWith('-command.ts'));
const files = ['latchkey.ts', ...commands, ...parts].map((name) => join('cli', name));
await build({
  absWorkingDir: root,
  entryPoints: [...files, ...threads].map((file) => ({ in: file, out: basename(file, '.ts') })),
  outdir: 'dist/bin',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  external: ['serialport'],
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  sourcemap: true,
  define: {
    LATCHKEY_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
  // `import()` becomes `require()`: starting Node's ESM loader costs more than a whole command.
  supported: { 'dynamic-import': false },
  plugins: [lazyFiles],
  logOverride: { 'empty-import-meta': 'error' },
  logLevel: 'warning',
});
