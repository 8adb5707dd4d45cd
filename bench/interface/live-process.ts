import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ChildOrder, FromChild } from './live-child.js';

/** A live lock in a process that may be killed. */
export class LiveProcess {
  readonly child: ChildProcess;
  /** Where it serves TLS, once it is ready; `false` if it was killed before. */
  readonly ready: Promise<{ readonly port: number | null } | false>;
  private readonly exited: Promise<unknown>;

  constructor(order: ChildOrder) {
    const program = join(import.meta.dirname, 'live-child.js');
    this.child = fork(program, [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.exited = once(this.child, 'exit');
    const message = once(this.child, 'message') as Promise<[FromChild & { kind: 'ready' }]>;
    this.ready = Promise.race([message.then(([said]) => said), this.exited.then((): false => false)]);
  }

  /** How late its 10 ms timer was since the last call, and what went wrong. */
  async delays(): Promise<FromChild & { kind: 'delays' }> {
    const answer = once(this.child, 'message');
    this.child.send('delays');
    const [said] = (await answer) as [FromChild & { kind: 'delays' }];
    return said;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
