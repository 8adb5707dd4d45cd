import type { Command } from 'commander';
import { parsePath, parseTimeoutSeconds, parseZone } from './arguments.js';
import { addListenOptions, type ListenFlags, listenOptionsOf } from './listen-options.js';

interface RigFlags extends ListenFlags {
  readonly board?: string;
  readonly port?: string;
  readonly boards?: string;
  readonly camera: string;
  readonly data?: string;
  readonly step: boolean;
  readonly motorOff: boolean;
  readonly yes: boolean;
  readonly record?: string;
  readonly timeout?: number;
  readonly zone?: string;
  readonly watchHousehold: boolean;
  readonly json: boolean;
}

/** Adds `latchkey rig` and `latchkey rig status`. */
export function addRigCommand(program: Command): void {
  const rig = program.command('rig');
  rig
    .description('run the lock on real hardware, in real time')
    .argument('[SCENARIO]', 'a story to play: its steps for hands become prompts (default: the lock just runs)')
    .option('--board <ID>', 'the board, for example arduino-uno')
    .option('--port <PATH>', 'the serial port it is plugged into, for example /dev/ttyACM0')
    .option('--boards <FILE>', 'a boards.json of your own', parsePath)
    .option('--camera <COMMAND>', '"sim", or a program that writes JPEG pictures to its standard output', 'sim')
    .option(
      '--data <DIR>',
      "folder for the lock's journal and footage (default: one for each board, in your state folder)",
      parsePath,
    )
    .option('--step', 'single throws of the bolt, without a lock', false)
    .option('--motor-off', 'a dry run: orders for the motor are shown, not sent', false)
    .option('--yes', 'ask nobody to open and close the door before the first drive', false)
    .option('--record <FILE>', 'keep what passes between lock and hardware, for latchkey sim --replay', parsePath)
    .option('--zone <ZONE>', "the door's time zone, where no story says it (default: this machine's)", parseZone)
    .option('--watch-household', 'where no story is played: the camera also watches when the household opens', false)
    .option('--timeout <SECONDS>', 'exit 42 if it takes longer', parseTimeoutSeconds)
    .option('--json', 'print the result as JSON', false)
    .action(async (scenario: string | undefined, flags: RigFlags, command: Command) => {
      const { board, port, boards, timeout, data, record, camera, step, motorOff, yes, json } = flags;
      if (board === undefined) return command.error('error: which board? Add --board ID; latchkey boards lists them.');
      if (port === undefined) return command.error('error: where is it? Add --port PATH; latchkey doctor lists ports.');
      if (camera.trim() === '') return command.error('error: --camera needs a command, or the word sim.');
      if (step && (scenario !== undefined || record !== undefined)) {
        return command.error('error: --step throws the bolt without a lock: no scenario, and no --record.');
      }
      const listen = listenOptionsOf(flags, command);
      if (listen !== undefined && (step || scenario !== undefined)) {
        return command.error('error: --listen is for a lock that just runs: no scenario, and no --step.');
      }
      const { runRig } = await import('./rig-command.js');
      process.exitCode = await runRig(scenario, {
        board,
        port,
        camera,
        step,
        motorOff,
        yes,
        json,
        version: program.version() ?? '',
        ...(boards !== undefined && { boards }),
        ...(data !== undefined && { data }),
        ...(record !== undefined && { record }),
        watchHousehold: flags.watchHousehold,
        ...(flags.zone !== undefined && { zone: flags.zone }),
        ...(listen !== undefined && { listen }),
        ...(timeout !== undefined && { timeoutSeconds: timeout }),
      });
    });
  addListenOptions(rig);
  rig
    .command('status')
    .description('ask a running rig how it stands')
    .action(async (_flags: object, command: Command) => {
      const { board, data, json } = command.optsWithGlobals<RigFlags>();
      const { runRigStatus } = await import('./rig-status-command.js');
      process.exitCode = await runRigStatus({
        json,
        ...(board !== undefined && { board }),
        ...(data !== undefined && { data }),
      });
    });
}
