import type { NoticeTransport } from '../../../../hal/contracts/notices.js';

/** Longer than a few small writes take; the suite's seconds are not waited for. */
const TURNS = 60;

/** A transport over real files and sockets, whose answers can be awaited in place of real time. */
export class AwaitedTransport implements NoticeTransport {
  private readonly transport: NoticeTransport;
  private waiting = 0;

  constructor(transport: NoticeTransport) {
    this.transport = transport;
  }

  send: NoticeTransport['send'] = (notice, done) => {
    this.waiting += 1;
    this.transport.send(notice, (fault) => {
      this.waiting -= 1;
      done(fault);
    });
  };

  beat: NoticeTransport['beat'] = (heartbeat) => this.transport.beat(heartbeat);

  async advance(durationMs: number): Promise<void> {
    await turns(Math.min(durationMs, TURNS));
    const isWaiting = (): boolean => durationMs > 1_000 && this.waiting > 0;
    while (isWaiting()) await turns(1);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
