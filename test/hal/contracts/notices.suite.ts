import { expect } from 'chai';
import * as fc from 'fast-check';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeTransport } from '../../../hal/contracts/notices.js';
import { expectFault } from './expectations.js';

/** Every try is answered within this. */
const ANSWER_MAX_MS = 30_000;

const HEARTBEAT: Heartbeat = { visitId: 'visit-1', number: 1, utcMs: null, newestNotice: 1, nextWithinMs: 12_000 };

export interface NoticesFixture {
  readonly notices: NoticeTransport;
  setNetwork(up: boolean): void;
  /** What the receivers have seen, in order. */
  received(): readonly Notice[];
  advance(durationMs: number): Promise<void>;
}

/** A fixture begins with the network up. */
export function describeNotices(name: string, makeFixture: () => Promise<NoticesFixture>): void {
  describe(`notice transport: ${name}`, () => {
    let fixture: NoticesFixture;

    beforeEach(async () => {
      fixture = await makeFixture();
    });

    it('answers later, never from inside send, and only once the receiver has the notice', async () => {
      const answers: (HalFault | null)[] = [];
      const seenAtAnswer: number[] = [];
      const notice = noticeOf(1);
      fixture.notices.send(notice, (fault) => {
        answers.push(fault);
        seenAtAnswer.push(fixture.received().length);
      });
      expect(answers).to.deep.equal([]);
      await fixture.advance(ANSWER_MAX_MS);
      expect(answers).to.deep.equal([null]);
      expect(seenAtAnswer).to.deep.equal([1]);
      expect(fixture.received()).to.deep.equal([notice]);
    });

    it('answers with a fault while the network is down, later and once, and nothing arrives later', async () => {
      const answers: (HalFault | null)[] = [];
      fixture.setNetwork(false);
      fixture.notices.send(noticeOf(1), (fault) => answers.push(fault));
      expect(answers).to.deep.equal([]);
      await fixture.advance(ANSWER_MAX_MS);
      expect(answers).to.have.length(1);
      expectFault(answers[0] ?? null, 'notices');
      fixture.setNetwork(true);
      await fixture.advance(2 * ANSWER_MAX_MS);
      expect(answers).to.have.length(1);
      expect(fixture.received()).to.deep.equal([]);
    });

    it('answers a try from inside an answer', async () => {
      const answered: number[] = [];
      const send = (number: number): void =>
        fixture.notices.send(noticeOf(number), () => {
          answered.push(number);
          if (number < 5) send(number + 1);
          expect(answered.at(-1), 'no answer from inside send').to.equal(number);
        });
      send(1);
      await fixture.advance(5 * ANSWER_MAX_MS);
      expect(answered).to.deep.equal([1, 2, 3, 4, 5]);
    });

    it('takes heartbeats at any time, and neither hands them on as notices nor lets them delay one', async () => {
      const beat = (): void => fixture.notices.beat(HEARTBEAT);
      const answers: (HalFault | null)[] = [];
      beat();
      fixture.notices.send(noticeOf(1), (fault) => answers.push(fault));
      beat();
      await fixture.advance(ANSWER_MAX_MS);
      fixture.setNetwork(false);
      beat();
      await fixture.advance(ANSWER_MAX_MS);
      expect(answers).to.deep.equal([null]);
      expect(fixture.received()).to.deep.equal([noticeOf(1)]);
    });

    it('brings every notice at least once and never out of order, however the network comes and goes', async () => {
      const changes = fc.array(fc.nat(60), { maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(changes, fc.boolean(), async (pausesMs, beginsUp) => {
          const tried = await makeFixture();
          tried.setNetwork(beginsUp);
          const acknowledged = sendAll(tried, 8);
          let up = beginsUp;
          for (const pauseMs of pausesMs) {
            await tried.advance(pauseMs);
            up = !up;
            tried.setNetwork(up);
          }
          tried.setNetwork(true);
          await tried.advance(16 * ANSWER_MAX_MS);
          expect(acknowledged).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
          const numbers = tried.received().map(({ number }) => number);
          expect(numbers).to.deep.equal(numbers.toSorted((a, b) => a - b));
          expect([...new Set(numbers)]).to.deep.equal(acknowledged);
        }),
        { seed: 1, numRuns: 100 },
      );
    });
  });
}

/** Sends so many notices as a lock does: one at a time, each until it is acknowledged. Returns the acknowledged ones. */
function sendAll(fixture: NoticesFixture, count: number): readonly number[] {
  const acknowledged: number[] = [];
  const send = (number: number): void => {
    if (number > count) return;
    fixture.notices.send(noticeOf(number), (fault) => {
      if (fault !== null) {
        send(number);
        return;
      }
      expect(fixture.received().some((seen) => seen.number === number)).to.equal(true);
      acknowledged.push(number);
      send(number + 1);
    });
  };
  send(1);
  return acknowledged;
}

function noticeOf(number: number): Notice {
  return { number, to: 'owner', kind: 'alarmRaised', visitId: null, detail: 'LockJammed', utcMs: 1_800_000_000_000 };
}
