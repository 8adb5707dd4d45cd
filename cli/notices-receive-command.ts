import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSecret } from '../hal/adapters/notices/webhook-signature.js';
import { BadInput, reasonOf } from './bad-input.js';
import { interruptible } from './interruption.js';
import { NewsTexts, newsTime, newsTone } from './notices/news-texts.js';
import { Receiver } from './notices/receiver.js';
import { createReceiverServer } from './notices/receiver-server.js';
import type { News } from './notices/receiver-state.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';

export interface ReceiveOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly secretFile?: string;
  readonly out?: string;
  readonly json: boolean;
}

const exitInterrupted = 0;
const exitBadInput = 2;

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** Receives notices until it is interrupted. Returns the exit code. */
export async function runReceive(options: ReceiveOptions, terminal: Terminal = processTerminal()): Promise<number> {
  try {
    const secret = options.secretFile === undefined ? null : readSecretFile(options.secretFile);
    if (secret === null && !LOOPBACK_HOSTS.has(options.listen.host)) {
      throw new BadInput(
        `--listen ${options.listen.host}: anybody there could pretend to be a lock; add --secret-file`,
      );
    }
    await interruptible((signal) => receive(options, secret, terminal, signal));
    return exitInterrupted;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    terminal.error(`latchkey: ${error.message}\n`);
    return exitBadInput;
  }
}

async function receive(
  options: ReceiveOptions,
  secret: Buffer | null,
  terminal: Terminal,
  interruption: AbortSignal,
): Promise<void> {
  const utcMs = (): number => Date.now();
  const texts = new NewsTexts();
  const receiver = await Receiver.open({
    outFile: options.out ?? null,
    utcMs,
    nowMs: () => Math.round(terminal.nowMs()),
    onNews: printer(terminal, options.json ? null : texts, utcMs),
    onRestored: (news) => texts.learn(news),
  });
  const server = createReceiverServer({
    secret,
    utcMs,
    take: (message, sentUtcMs) => receiver.take(message, sentUtcMs),
    onRefusal: (why) => terminal.error(`latchkey: refused: ${why}\n`),
  });
  try {
    const { address, port } = await listen(server, options.listen);
    const believed = secret === null ? ', unverified: add --secret-file to believe your lock only' : '';
    terminal.error(
      `latchkey: receives notices at http://${address.includes(':') ? `[${address}]` : address}:${port}${believed}\n`,
    );
    if (!interruption.aborted) await once(interruption, 'abort');
  } finally {
    server.close();
    server.closeAllConnections();
    receiver.close();
  }
}

/** A line of words with the time when it happened, or without words a line of JSON, `at` the time when it was received. */
function printer(terminal: Terminal, texts: NewsTexts | null, utcMs: () => number): (news: News) => void {
  return (news) => {
    const receivedUtcMs = utcMs();
    if (texts === null) terminal.out(`${JSON.stringify({ at: new Date(receivedUtcMs).toISOString(), ...news })}\n`);
    else terminal.out(`${newsTime(news, receivedUtcMs)}  ${terminal.paint(newsTone(news), texts.text(news))}\n`);
  };
}

async function listen(server: Server, { host, port }: ReceiveOptions['listen']): Promise<AddressInfo> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return server.address() as AddressInfo;
  } catch (error) {
    throw new BadInput(`--listen ${host}:${port}: ${reasonOf(error)}; name another address`, { cause: error });
  }
}

function readSecretFile(path: string): Buffer {
  let text: string;
  try {
    if (process.getuid !== undefined && (statSync(path).mode & 0o077) !== 0) {
      throw new BadInput(`${path}: is open to other users; close it: chmod 600 ${path}`);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${path}: cannot be read: ${reasonOf(error)}; name another with --secret-file`, {
      cause: error,
    });
  }
  const secret = readSecret(text);
  if (secret !== null) return secret;
  throw new BadInput(`${path}: holds no secret, which has 24 to 64 bytes in base64; make one: openssl rand -base64 32`);
}
