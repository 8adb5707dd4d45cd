import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the board image from hal/image. With `--check` it writes nothing and compares the committed image byte for byte
 * with a fresh one: exit 1 if they differ.
 */

const imageFolder = join(import.meta.dirname, '../../hal/image');

const IMAGE_FILES = ['latchkey.hex', 'latchkey.hex.sha256'] as const;

const COMPILER_OPTIONS = [
  '-mmcu=atmega328p',
  '-DF_CPU=16000000UL',
  '-std=c11',
  '-Os',
  '-mrelax',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wl,--gc-sections',
  '-Wall',
  '-Wextra',
  '-Werror',
];

/** What the user must do; nothing of it is a defect of this program. */
class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** Writes the image and its hash into `folder`; returns what avr-size says of it. */
function buildImage(folder: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-image-'));
  try {
    const elf = join(scratch, 'latchkey.elf');
    const hex = join(scratch, 'latchkey.hex');
    const sources = readdirSync(imageFolder).filter((name) => name.endsWith('.c'));
    // Names without folders, in one order: the image must not depend on where it is built.
    run('avr-gcc', [...COMPILER_OPTIONS, '-o', elf, ...sources.toSorted()], imageFolder);
    run('avr-objcopy', ['-O', 'ihex', '-j', '.text', '-j', '.data', elf, hex], imageFolder);
    const text = readFileSync(hex, 'latin1').replaceAll('\r\n', '\n');
    writeFileSync(join(folder, 'latchkey.hex'), text);
    const sum = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(folder, 'latchkey.hex.sha256'), `${sum}  latchkey.hex\n`);
    return run('avr-size', [elf], scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The names of the committed files that a fresh build does not give byte for byte. */
export function differingFiles(): string[] {
  const fresh = mkdtempSync(join(tmpdir(), 'latchkey-image-'));
  try {
    buildImage(fresh);
    return IMAGE_FILES.filter((name) => !readFileSync(join(fresh, name)).equals(readFileSync(join(imageFolder, name))));
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** The compiler's own messages go to the terminal. */
function run(command: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new ToolError(
      isMissing
        ? `${command} is not installed; on Debian: apt-get install gcc-avr avr-libc`
        : `${command} failed; its message is above`,
    );
  }
}

function main(args: readonly string[]): number {
  const [flag, ...rest] = args;
  if (rest.length > 0 || (flag !== undefined && flag !== '--check')) {
    console.error('usage: node dist/tools/image.js [--check]');
    return 2;
  }
  try {
    if (flag === undefined) {
      process.stdout.write(buildImage(imageFolder));
      return 0;
    }
    const differing = differingFiles();
    if (differing.length === 0) return 0;
    const [compiler = ''] = run('avr-gcc', ['--version'], imageFolder).split('\n');
    console.error(`hal/image: not what the sources give with ${compiler}: ${differing.join(', ')}; npm run image`);
    return 1;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    console.error(error.message);
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
