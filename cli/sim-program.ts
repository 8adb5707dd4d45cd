import { type Command, InvalidArgumentError, Option } from 'commander';
import { parsePath, parseSeed, parseTimeoutSeconds } from './arguments.js';
import type { Fidelity } from './fidelity.js';
import type { LiveFlags } from './live-program.js';
import { addLiveOptions, runLiveProgram } from './live-program.js';
import type { ReportFormat, SimOptions } from './sim-command.js';

const reportFormats: readonly ReportFormat[] = ['junit', 'vcd', 'jsonl'];

const fidelities: readonly Fidelity[] = ['model', 'firmata', 'avr'];

interface SimFlags extends LiveFlags {
  readonly seed: number;
  readonly fidelity: Fidelity;
  readonly compare: boolean;
  readonly image?: string;
  readonly replay?: string;
  readonly filter?: string;
  readonly out?: string;
  readonly report?: readonly ReportFormat[];
  readonly timeout?: number;
  readonly json: boolean;
}

function parseReports(text: string): ReportFormat[] {
  return text.split(',').map((name) => {
    const format = reportFormats.find((known) => known === name.trim());
    if (format === undefined) {
      throw new InvalidArgumentError(`Give one or more of ${reportFormats.join(',')}, with commas between.`);
    }
    return format;
  });
}

/** The command line's names and units become the simulator's. */
function simOptions(flags: SimFlags): SimOptions {
  return {
    seed: flags.seed,
    fidelity: flags.fidelity,
    compare: flags.compare,
    reports: flags.report ?? [],
    json: flags.json,
    ...(flags.image !== undefined && { image: flags.image }),
    ...(flags.filter !== undefined && { filter: flags.filter }),
    ...(flags.out !== undefined && { out: flags.out }),
    ...(flags.timeout !== undefined && { timeoutSeconds: flags.timeout }),
  };
}

/** Adds `latchkey sim`. */
export function addSimCommand(program: Command): void {
  const sim = program
    .command('sim')
    .description('play stories at a simulated front door, on the real lock firmware')
    .argument('[SCENARIO...]', 'scenario files, or folders of them (default: the stories that ship)')
    .option('--seed <N>', 'what chance decides, a whole number', parseSeed, 1)
    .addOption(
      new Option('--fidelity <DEPTH>', 'model: no pins; firmata: wire bytes; avr: the board image, cycle by cycle')
        .choices(fidelities)
        .default('model'),
    )
    .option('--compare', 'play each story at all three depths, and show the first difference', false)
    .option('--image <FILE.hex>', 'with --fidelity avr: another image than the one that ships', parsePath)
    .addOption(
      new Option(
        '--replay <FILE>',
        'play the recording of a rig through the firmware, and show where it decides otherwise',
      )
        .argParser(parsePath)
        .conflicts(['fidelity', 'compare', 'image', 'filter', 'out', 'report', 'seed', 'timeout']),
    )
    .option('--filter <TEXT>', 'only stories whose name or file contains TEXT')
    .option('--out <DIR>', 'folder for the reports', parsePath)
    .option('--report <LIST>', `reports to write: ${reportFormats.join(',')}`, parseReports)
    .option('--timeout <SECONDS>', 'real time one story may take; exit 42 when it takes longer', parseTimeoutSeconds)
    .option('--json', 'print the result as JSON', false);
  addLiveOptions(sim);
  sim.action(async (scenarioPaths: string[], flags: SimFlags, command: Command) => {
    if (flags.live) {
      await runLiveProgram(scenarioPaths, flags, command);
      return;
    }
    if ([flags.data, flags.listen, flags.tlsKey, flags.tlsCert].some((given) => given !== undefined)) {
      command.error('error: --data, --listen, --tls-key and --tls-cert are for a live lock. Add --live.');
    }
    if (flags.replay !== undefined) {
      if (scenarioPaths.length > 0) command.error('error: --replay plays a recording. Leave the scenarios away.');
      const { runReplay } = await import('./replay-command.js');
      process.exitCode = await runReplay(flags.replay, { json: flags.json });
      return;
    }
    if (flags.report !== undefined && flags.out === undefined) {
      command.error('error: --report needs a folder to write to. Add --out DIR.');
    }
    if (flags.image !== undefined && flags.fidelity !== 'avr') {
      command.error('error: --image is for an emulated board. Add --fidelity avr.');
    }
    if (flags.compare && (flags.fidelity !== 'model' || flags.out !== undefined)) {
      command.error('error: --compare plays at all depths and writes no reports. Leave --fidelity and --out away.');
    }
    const { runSim } = await import('./sim-command.js');
    process.exitCode = await runSim(scenarioPaths, simOptions(flags));
  });
}
