import { type Command, Option } from 'commander';
import { parsePath } from './arguments.js';
import { addListenOptions, type ListenFlags, listenOptionsOf } from './listen-options.js';
import type { LiveOptions } from './live-command.js';

/** What `latchkey sim` was asked for that concerns a live lock. */
export interface LiveFlags extends ListenFlags {
  readonly live: boolean;
  readonly data?: string;
  readonly json: boolean;
}

/** Adds what turns `latchkey sim` into a lock that runs until it is ended. */
export function addLiveOptions(sim: Command): void {
  sim
    .addOption(
      new Option('--live', 'run a lock at the simulated door, in real time, with its interface served')
        .default(false)
        .conflicts(['replay', 'fidelity', 'compare', 'image', 'filter', 'out', 'report', 'seed', 'timeout']),
    )
    .option('--data <DIR>', 'with --live: the folder for journal, notices and socket', parsePath);
  addListenOptions(sim, 'with --live: ');
}

/** Runs the lock until it is ended. */
export async function runLiveProgram(scenarioPaths: string[], flags: LiveFlags, command: Command): Promise<void> {
  const [scenarioPath, another] = scenarioPaths;
  if (another !== undefined) command.error('error: --live runs one lock, at the door of one scenario. Name one.');
  const options = liveOptions(flags, command);
  const { runLive } = await import('./live-command.js');
  process.exitCode = await runLive(scenarioPath, options);
}

function liveOptions(flags: LiveFlags, command: Command): LiveOptions {
  const listen = listenOptionsOf(flags, command);
  const { data, json } = flags;
  return { json, ...(data !== undefined && { data }), ...(listen !== undefined && { listen }) };
}
