import type { TraceEvent } from './trace.js';

/** Goes up when a reader of the old lines would misread the new ones. */
const jsonlVersion = 1;

/** Which run a file shows. */
export interface RunTitle {
  readonly story: string;
  readonly file: string;
  readonly seed: number;
  /** The depth of simulation. */
  readonly fidelity: string;
  /** The value of a sweep's parameter, in the words of the story; `null` where nothing is swept. */
  readonly sweepPoint: string | null;
}

/**
 * One JSON object a line: first the title, then every event with `atMs` and `kind` in front. Keys keep their order, so
 * that two files can be compared line by line.
 */
export function jsonlReport(title: RunTitle, events: readonly TraceEvent[]): string {
  const header = {
    format: 'latchkey-trace',
    version: jsonlVersion,
    story: title.story,
    file: title.file,
    seed: title.seed,
    fidelity: title.fidelity,
    sweepPoint: title.sweepPoint,
  };
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}
