import { type Command, InvalidArgumentError } from 'commander';
import { parsePath } from './arguments.js';

/** Where a lock's interface is served besides the socket in its data folder, as the owner switches it on. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly keyFile: string;
  readonly certificateFile: string;
}

export interface ListenFlags {
  readonly listen?: Pick<ListenOptions, 'host' | 'port'>;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
}

function parseListen(text: string): Pick<ListenOptions, 'host' | 'port'> {
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535) {
    throw new InvalidArgumentError('Give host and port, for example 192.168.1.20:8443 or [::]:8443.');
  }
  return { host, port };
}

/** `purpose` begins each description, where the options belong to another one. */
export function addListenOptions(command: Command, purpose = ''): void {
  command
    .option('--listen <HOST:PORT>', `${purpose}serve the door's interface there, too, over TLS`, parseListen)
    .option('--tls-key <FILE>', "with --listen: the server's private key, PEM", parsePath)
    .option('--tls-cert <FILE>', "with --listen: the server's certificate, PEM", parsePath);
}

/** Ends the program where the three do not come together; without any of them, `undefined`. */
export function listenOptionsOf({ listen, tlsKey, tlsCert }: ListenFlags, command: Command): ListenOptions | undefined {
  if (listen === undefined && tlsKey === undefined && tlsCert === undefined) return undefined;
  if (listen === undefined || tlsKey === undefined || tlsCert === undefined) {
    return command.error('error: --listen HOST:PORT, --tls-key FILE and --tls-cert FILE go together. Give all three.');
  }
  return { ...listen, keyFile: tlsKey, certificateFile: tlsCert };
}
