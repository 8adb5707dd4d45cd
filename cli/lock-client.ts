import { request } from 'node:http';
import * as v from 'valibot';
import { problemAnswer } from '../firmware/interface/answers.js';
import { BadInput, reasonOf } from './bad-input.js';

/** The lock has understood, and says no. The message is its own. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** The lock's word for it, or `null` where it was too busy to say. */
  readonly reason: string | null;

  constructor(detail: string, reason: string | null) {
    super(detail);
    this.reason = reason;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A code is hashed a few times at most before it is the turn of this one. Chosen. */
const ANSWER_MS = 15_000;

/** A thousand visits take half of it. Chosen. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** Asks a running lock at its socket, in somebody's name. Throws `Refused`, and `BadInput` for what the user can mend. */
export class LockClient {
  private readonly socketPath: string;
  private readonly accessKey: string | null;

  /** Without a key for what anybody may ask. */
  constructor(socketPath: string, accessKey: string | null) {
    this.socketPath = socketPath;
    this.accessKey = accessKey;
  }

  /** What the lock answers, as the schema has it. */
  async ask<const Schema extends v.GenericSchema>(
    method: Method,
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<v.InferOutput<Schema>> {
    const text = await this.exchange(method, path, body);
    try {
      return v.parse(schema, JSON.parse(text));
    } catch (error) {
      throw this.stranger(error);
    }
  }

  /** For an act that is answered by nothing but success. */
  async act(method: Method, path: string, body?: unknown): Promise<void> {
    await this.exchange(method, path, body);
  }

  private async exchange(method: Method, path: string, body: unknown): Promise<string> {
    const { status, text } = await this.send(method, path, body === undefined ? null : JSON.stringify(body));
    if (status >= 200 && status < 300) return text;
    throw this.failure(status, text);
  }

  private failure(status: number, text: string): Error {
    let problem: v.InferOutput<typeof problemAnswer>;
    try {
      problem = v.parse(problemAnswer, JSON.parse(text));
    } catch (error) {
      return this.stranger(error);
    }
    const { detail, reason } = problem;
    if (reason !== undefined) return new Refused(detail, reason);
    if (status === 401) return new BadInput(`latchkey: ${detail} Name the file that has yours: --key-file`);
    return status === 429 || status >= 500 ? new Refused(detail, null) : new BadInput(`latchkey: ${detail}`);
  }

  private send(method: Method, path: string, body: string | null): Promise<Answer> {
    const { socketPath, accessKey } = this;
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { connection: 'close' };
      if (accessKey !== null) headers['authorization'] = `Bearer ${accessKey}`;
      if (body !== null) headers['content-type'] = 'application/json';
      if (body !== null) headers['content-length'] = Buffer.byteLength(body);
      const asking = request({ socketPath, method, path, headers, timeout: ANSWER_MS }, (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES_MAX) asking.destroy(new Error('its answer has no end'));
          else chunks.push(chunk);
        });
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        answer.once('error', (error) => reject(this.unreachable(error)));
      });
      asking.once('timeout', () => asking.destroy(new Error('it does not answer')));
      asking.once('error', (error) => reject(this.unreachable(error)));
      asking.end(body ?? undefined);
    });
  }

  private unreachable(error: Error): BadInput {
    const mend = 'start one with latchkey sim --live or latchkey rig, or name the folder of one that runs: --lock';
    return new BadInput(`${this.socketPath}: no lock answers: ${reasonOf(error)}; ${mend}`, { cause: error });
  }

  private stranger(error: unknown): BadInput {
    return new BadInput(`${this.socketPath}: what answers is no lock of this version`, { cause: error });
  }
}
