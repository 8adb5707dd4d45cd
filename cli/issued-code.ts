import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { issuedCodeAnswer } from '../firmware/interface/answers.js';
import type { CodePlan } from '../firmware/desk.js';
import { BadInput, reasonOf } from './bad-input.js';
import type { Errand } from './lock-errand.js';

/**
 * Has the lock make a code, which nobody can ask for again: it is printed once, or written to a new file that nobody else
 * can read. The file is made beforehand, so that no code is made that cannot be kept.
 */
export async function issueCode(errand: Errand, plan: CodePlan, out: string | undefined): Promise<void> {
  const file = out === undefined ? null : { path: out, descriptor: create(out) };
  try {
    const { userNumber, code } = await errand.lock().ask('POST', '/codes', issuedCodeAnswer, plan);
    if (file === null) {
      errand.done(`user number ${userNumber}, code ${code}`, { userNumber, code });
      errand.terminal.error('Hand it on now: it is not shown again.\n');
    } else {
      writeSync(file.descriptor, `${userNumber} ${code}\n`);
      errand.done(`user number ${userNumber}; the code is in ${file.path}`, { userNumber, file: file.path });
    }
  } catch (error) {
    if (file !== null) rmSync(file.path, { force: true });
    throw error;
  } finally {
    if (file !== null) closeSync(file.descriptor);
  }
}

function create(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    throw new BadInput(`${path}: cannot be made: ${reasonOf(error)}; name another file: --out`, { cause: error });
  }
}
