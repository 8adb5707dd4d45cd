import { expect } from 'chai';
import fc from 'fast-check';
import { NoticeQueue, PENDING_NOTICES_MAX, PROVIDER_NOTICES_MAX } from '../../../firmware/journal/notice-queue.js';
import type { Notice, NoticeStream } from '../../../hal/contracts/notices.js';

function notice(number: number): Notice {
  return { number, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: number };
}

function queueOf(count: number, stream: NoticeStream = 'home'): NoticeQueue {
  const queue = new NoticeQueue(stream);
  for (let number = 1; number <= count; number += 1) queue.queue(notice(number), number);
  return queue;
}

describe('A queue of notices', () => {
  it('gives out numbers from 1', () => {
    expect(new NoticeQueue('home').nextNumber).to.equal(1);
    expect(queueOf(41).nextNumber).to.equal(42);
  });

  it('keeps them in order until they are delivered', () => {
    const queue = queueOf(3);
    expect(queue.oldest()).to.deep.equal(notice(1));
    queue.deliver(2);
    expect(queue.oldest()).to.deep.equal(notice(3));
    queue.deliver(3);
    expect(queue.oldest()).to.equal(undefined);
  });

  it('knows by which record each was queued; what was read back was durable before', () => {
    const queue = new NoticeQueue('home');
    queue.queue(notice(1), 17);
    queue.queue(notice(2), 19);
    expect(queue.oldestRecordNumber()).to.equal(17);
    queue.deliver(1);
    expect(queue.oldestRecordNumber()).to.equal(19);
    expect(NoticeQueue.restore(queue.state(), 0).oldestRecordNumber()).to.equal(0);
    expect(queueOf(PENDING_NOTICES_MAX + 1).oldestRecordNumber()).to.equal(5_001);
  });

  it('takes no delivery back, and knows one that it hears of twice', () => {
    const queue = queueOf(3);
    queue.deliver(2);
    queue.deliver(1);
    queue.deliver(2);
    expect(queue.oldest()).to.deep.equal(notice(3));
  });

  it('abandons what waits, and counts on', () => {
    const queue = queueOf(3, 'provider:acme');
    queue.abandon();
    expect(queue.oldest()).to.equal(undefined);
    expect(queue.state()).to.deep.equal({ stream: 'provider:acme', nextNumber: 4, pending: [] });
  });

  const limits: readonly (readonly [NoticeStream, number])[] = [
    ['home', PENDING_NOTICES_MAX],
    ['provider:acme', PROVIDER_NOTICES_MAX],
  ];
  for (const [stream, limit] of limits) {
    it(`of ${stream} keeps ${limit}, and folds the oldest into a summary beyond`, () => {
      expect(queueOf(limit, stream).oldest()).to.deep.equal(notice(1));
      const last = limit / 2 + 1;
      expect(queueOf(limit + 1, stream).oldest()).to.deep.equal({
        number: last,
        to: stream === 'home' ? 'owner' : stream,
        kind: 'summary',
        visitId: null,
        detail: `1-${last}`,
        utcMs: last,
      });
    });
  }

  it('folds again and again, and loses no number', () => {
    const { pending } = queueOf(40_000).state();
    const [summary, ...rest] = pending;
    expect(pending.length).to.be.at.most(PENDING_NOTICES_MAX);
    expect(summary?.detail).to.equal(`1-${summary?.number}`);
    rest.forEach(({ number }, index) => expect(number).to.equal((summary?.number ?? 0) + 1 + index));
    expect(rest.at(-1)?.number).to.equal(40_000);
  });

  it('summarises from the first that still waits', () => {
    const queue = queueOf(10);
    queue.deliver(4);
    for (let number = 11; number <= PENDING_NOTICES_MAX + 5; number += 1) queue.queue(notice(number), number);
    expect(queue.oldest()?.detail).to.match(/^5-/u);
  });

  it('is the same after a restart, at any moment', () => {
    const steps = fc.array(fc.oneof(fc.constant('queue'), fc.nat(5)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (moments) => {
        let restarted = new NoticeQueue('home');
        const through = new NoticeQueue('home');
        for (const step of moments) {
          restarted = NoticeQueue.restore(restarted.state(), 0);
          for (const queue of [restarted, through]) {
            if (typeof step === 'number') queue.deliver(through.nextNumber - step);
            else queue.queue(notice(queue.nextNumber), queue.nextNumber);
          }
          expect(restarted.state()).to.deep.equal(through.state());
          expect(restarted.oldest()).to.deep.equal(through.oldest());
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
