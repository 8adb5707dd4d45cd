import { expect } from 'chai';
import { NoticeRouter } from '../../../../hal/adapters/notices/notice-router.js';
import type { HalFault } from '../../../../hal/contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeTransport, Recipient } from '../../../../hal/contracts/notices.js';

const DOWN: HalFault = { part: 'notices', detail: 'told to be down' };
const HEARTBEAT: Heartbeat = { visitId: 'visit-1', number: 1, utcMs: null, newestNotice: 5, nextWithinMs: 12_000 };

class Receiver implements NoticeTransport {
  readonly got: string[] = [];
  isUp = true;

  send({ to, number }: Notice, done: (fault: HalFault | null) => void): void {
    if (this.isUp) this.got.push(`${to} ${number}`);
    setImmediate(done, this.isUp ? null : DOWN);
  }

  beat({ number }: Heartbeat): void {
    this.got.push(`beat ${number}`);
  }
}

function noticeTo(to: Recipient, number: number): Notice {
  return { number, to, kind: 'visitEnded', visitId: 'v', detail: 'completed', utcMs: null };
}

describe('The router of notices', () => {
  const file = new Receiver();
  const hook = new Receiver();
  const acme = new Receiver();
  let arrived: string[] = [];
  let router: NoticeRouter;

  beforeEach(() => {
    arrived = [];
    for (const receiver of [file, hook, acme]) {
      receiver.got.length = 0;
      receiver.isUp = true;
    }
    router = new NoticeRouter(
      new Map([
        ['home', [file, hook]],
        ['provider:acme', [acme]],
      ]),
      ({ to, number }) => arrived.push(`${to} ${number}`),
    );
  });

  function send(to: Recipient, number: number): Promise<HalFault | null> {
    return new Promise((resolve) => router.send(noticeTo(to, number), resolve));
  }

  it('sends owner’s and workers’ notices home, and each provider’s to that provider', async () => {
    await send('owner', 1);
    await send('worker', 2);
    await send('provider:acme', 1);
    expect(file.got).to.deep.equal(['owner 1', 'worker 2']);
    expect(hook.got).to.deep.equal(['owner 1', 'worker 2']);
    expect(acme.got).to.deep.equal(['provider:acme 1']);
    expect(arrived).to.deep.equal(['owner 1', 'worker 2', 'provider:acme 1']);
  });

  it('acknowledges what nobody is enrolled for, later, and sends it nowhere', async () => {
    let answered = false;
    router.send(noticeTo('provider:other', 1), () => (answered = true));
    expect(answered).to.equal(false);
    expect(await send('provider:other', 1)).to.equal(null);
    expect([...file.got, ...hook.got, ...acme.got, ...arrived]).to.deep.equal([]);
  });

  it('acknowledges once all have it, and does not send it again to who has it', async () => {
    hook.isUp = false;
    expect(await send('owner', 1)).to.deep.equal(DOWN);
    expect(await send('owner', 1)).to.deep.equal(DOWN);
    expect(arrived).to.deep.equal([]);
    hook.isUp = true;
    expect(await send('owner', 1)).to.equal(null);
    expect(file.got).to.deep.equal(['owner 1']);
    expect(hook.got).to.deep.equal(['owner 1']);
    expect(arrived).to.deep.equal(['owner 1']);
  });

  it('sends heartbeats home only', () => {
    router.beat(HEARTBEAT);
    expect([file.got, hook.got, acme.got]).to.deep.equal([['beat 1'], ['beat 1'], []]);
  });
});
