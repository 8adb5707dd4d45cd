import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput, reasonOf } from './bad-input.js';

/** Chosen: more than any scenario may have, so that its own limit is what the user is told of. */
const bytesMax = 4 * 1024 * 1024;

/** The files named, and all `*.yaml` in and below the folders named, sorted; each once. Throws `BadInput`. */
export function findScenarioFiles(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(filesAt))];
}

function filesAt(path: string): string[] {
  if (!isFolder(path)) return [path];
  const files = namesBelow(path)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => join(path, name));
  if (files.length === 0) throw new BadInput(`${path}: no scenarios (*.yaml) in this folder; name another, or a file`);
  return files;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { encoding: 'utf8', recursive: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** The text of a scenario file, or as much of it as shows that it is too long. Throws `BadInput`. */
export async function readScenarioFile(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: bytesMax - 1 })) chunks.push(chunk as Buffer);
  } catch (error) {
    throw unreadable(file, error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreadable(path: string, error: unknown): BadInput {
  return new BadInput(`${path}: cannot be read: ${reasonOf(error)}`, { cause: error });
}
