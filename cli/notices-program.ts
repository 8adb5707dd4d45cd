import { type Command, InvalidArgumentError, Option } from 'commander';
import { parsePath } from './arguments.js';
import type { ReceiveOptions } from './notices-receive-command.js';

/** Where a receiver listens unless told otherwise. Chosen. */
const LISTEN_DEFAULT = { host: '127.0.0.1', port: 8470 } as const;

interface ReceiveFlags {
  readonly listen: ReceiveOptions['listen'];
  readonly secretFile?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** `127.0.0.1:8470`, `[::1]:8470`; port 0 takes any that is free. */
function parseListen(text: string): ReceiveOptions['listen'] {
  const [, host = '', portText = ''] = /^\[?([^[\]]+)\]?:(\d{1,5})$/u.exec(text) ?? [];
  const port = Number(portText);
  if (host === '' || port > 65_535) {
    throw new InvalidArgumentError('Give an address and a port, for example 127.0.0.1:8470.');
  }
  return { host, port };
}

/** Adds `latchkey notices`. */
export function addNoticesCommand(program: Command): void {
  const notices = program.command('notices').description('what a lock tells its people');
  notices
    .command('receive')
    .description('receive the notices of locks, show what is missing, and raise the alarm when a lock falls silent')
    .addOption(
      new Option('--listen <HOST:PORT>', 'where to listen')
        .argParser(parseListen)
        .default(LISTEN_DEFAULT, `${LISTEN_DEFAULT.host}:${LISTEN_DEFAULT.port}`),
    )
    .option('--secret-file <FILE>', 'the secret that the lock signs with, in base64', parsePath)
    .option('--out <FILE>', 'keep what is received as JSON lines, and go on there after a restart', parsePath)
    .option('--json', 'print JSON lines', false)
    .action(async (flags: ReceiveFlags) => {
      const { runReceive } = await import('./notices-receive-command.js');
      process.exitCode = await runReceive(flags);
    });
}
