import { InvalidArgumentError } from 'commander';

/** How the command line reads the words after an option. Each throws what commander then says, with an example. */

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('Give a whole number, for example --seed 7.');
  }
  return seed;
}

export function parseTimeoutSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds <= 0) {
    throw new InvalidArgumentError('Give a number of seconds above 0, for example --timeout 30.');
  }
  return seconds;
}

export function parseZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Give the name of a time zone, for example Europe/Berlin.');
  }
}

/** An empty name is a variable that was not set. */
export function parsePath(text: string): string {
  if (text === '') throw new InvalidArgumentError('Name a file or folder.');
  return text;
}
