import { getSystemErrorMap } from 'node:util';

/** What was asked for cannot be done as it was asked. The message is for the user: what is wrong, and the mend. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Why a file could not be read or written, in plain words: `no such file or directory`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  return getSystemErrorMap().get(errno)?.[1] ?? error.message;
}
