import { cpus } from 'node:os';
import { textTable } from '../../cli/text-table.js';
import type { TimerDelays } from './load.js';
import { measureLoad } from './load.js';

/** Chosen: in all some three minutes. */
const ROUNDS = 6;
const ROUND_MS = 10_000;

/** How much clients delay a lock's loop: run it with nothing else on the machine, as `whole` counts whatever else there is. */
const { idle, besides, attacked, troubles, answersAfterwards } = await measureLoad(ROUNDS, ROUND_MS);

function row(name: string, { timers, whole, own }: TimerDelays): string[] {
  const cells = [whole, own].flatMap(({ medianMs, p99Ms, maxMs }) => [medianMs, p99Ms, maxMs]);
  return [name, String(timers), ...cells.map((ms) => ms.toFixed(1))];
}

const heads = ['a 10 ms timer, late by ms', 'timers', 'median', 'p99', 'max', 'own median', 'own p99', 'own max'];
const rows = [row('at rest', idle), row('another lock is attacked', besides), row('this lock is attacked', attacked)];
console.log(`${textTable(heads, rows)}\n`);
console.log(`${cpus().length} cores, Node ${process.versions.node}; "own" is what the lock's thread computed itself.`);
console.log(`troubles: ${troubles.join('; ') || 'none'}; answers afterwards: ${answersAfterwards ? 'yes' : 'no'}`);
