import { flashProgress, foundChip, hasBegunToWrite, lastWords, problemKind } from './avrdude-output.js';
import type { FlashJob } from './flash-job.js';
import type { Ended, Machine } from './machine.js';
import { cannotOpen } from './port.js';
import type { Problem, ProblemKind } from './problem.js';

/** What it means that avrdude did not verify the image, and what the user can do about it. */

const untouched = 'The board still holds what it held.';

/** The image on the board is neither the old nor the new one. */
const flashAgain = 'Flash again before you use the board: what it holds now is incomplete.';

export function failureKind(ended: Ended, output: string): ProblemKind {
  if (ended.because === 'aborted') return 'interrupted';
  const kind = problemKind(output);
  // An avrdude that makes all its attempts may still be at it.
  if (ended.because === 'timeOut' && (kind !== 'noAnswer' || hasBegunToWrite(output))) return 'timeOut';
  return kind ?? 'avrdudeFailed';
}

export interface Failure {
  readonly machine: Machine;
  readonly job: FlashJob;
  readonly ended: Ended;
  readonly output: string;
}

export async function flashProblem(kind: ProblemKind, { machine, job, ended, output }: Failure): Promise<Problem> {
  const isHalfWritten = hasBegunToWrite(output);
  switch (kind) {
    case 'portBusy':
    case 'portForbidden':
    case 'portMissing':
      return cannotOpen(machine, job.port, openingErrors[kind]);
    case 'wrongChip':
      return {
        kind,
        what: `${job.port} has another chip than an ${job.chip}: its signature is ${foundChip(output) ?? 'different'}.`,
        mend: `Give the board that is plugged in with --board, and its port with --port. ${untouched}`,
      };
    case 'verifyMismatch':
      return {
        kind,
        what: 'The board does not hold what was written to it.',
        mend: `${flashAgain} If it happens again, try another cable, then another board: its flash may be worn out.`,
      };
    case 'noAnswer':
      return {
        kind,
        what: `The board stopped answering at ${place(output)}.`,
        mend: `See to the cable. ${flashAgain}`,
      };
    case 'timeOut':
      return {
        kind,
        what: `avrdude got stuck at ${place(output)}, and was stopped.`,
        mend: isHalfWritten ? `Was the cable pulled? ${flashAgain}` : `Unplug the board and plug it in. ${untouched}`,
      };
    case 'interrupted':
      return { kind, what: `Stopped at ${place(output)}.`, mend: isHalfWritten ? flashAgain : untouched };
    default:
      return {
        kind: 'avrdudeFailed',
        what: `avrdude ${endOf(ended)} and did not verify the image. It said: ${lastWords(output) || 'nothing'}.`,
        mend: isHalfWritten ? flashAgain : `${untouched} To see more, run what --dry-run shows, with -v.`,
      };
  }
}

const openingErrors = { portBusy: 'busy', portForbidden: 'permission denied', portMissing: 'no such file' } as const;

export function noBootloader({ port, bootloaders }: FlashJob): Problem {
  const tried = bootloaders.map(({ name, baudRate }) => `${name}, at ${baudRate} baud`).join('; ');
  return {
    kind: 'noAnswer',
    what: `No bootloader answers at ${port}. Tried: ${tried}.`,
    mend:
      'Is this the port of the board, and --board the right board? Take off wires at pins 0 and 1, and try another ' +
      'cable. A board without a bootloader needs one first (Arduino IDE: Tools, Burn Bootloader).',
  };
}

/** How far avrdude came. */
function place(output: string): string {
  const progress = flashProgress(output);
  return progress === null ? 'the start' : `${progress.percent} % of ${progress.phase}`;
}

function endOf({ exitCode, signal }: Ended): string {
  return signal === null ? `ended with exit code ${exitCode}` : `was killed by ${signal}`;
}
