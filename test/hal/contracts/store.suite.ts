import { expect } from 'chai';
import * as fc from 'fast-check';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import type { Store } from '../../../hal/contracts/store.js';
import type { KeepingDeed } from './durable-history.js';
import { DurableHistory, keepingDeeds } from './durable-history.js';
import { expectFault } from './expectations.js';

/** Every sync and replacement is through after this. */
const WRITE_MAX_MS = 1_000;

export interface StoreFixture {
  readonly store: Store;
  advance(durationMs: number): Promise<void>;
  /** The host crashes and boots; what comes back is the store as the next firmware finds it. */
  crash(): Promise<Store>;
  /** A full store takes nothing more; a failing one neither takes nor syncs anything. */
  setTrouble(trouble: 'none' | 'full' | 'failing'): void;
}

/** A fixture begins empty; each crash of a property test is to hit it differently. */
export function describeStore(name: string, makeFixture: (seed: number) => Promise<StoreFixture>): void {
  describe(`store: ${name}`, () => {
    let fixture: StoreFixture;
    let store: Store;
    let answers: (HalFault | null)[];

    beforeEach(async () => {
      fixture = await makeFixture(1);
      ({ store } = fixture);
      answers = [];
    });

    const done = (fault: HalFault | null): void => {
      answers.push(fault);
    };

    async function syncedAnswer(): Promise<HalFault | null> {
      const before = answers.length;
      store.sync(done);
      await fixture.advance(WRITE_MAX_MS);
      expect(answers.length, 'answers').to.be.greaterThan(before);
      return answers.at(-1) ?? null;
    }

    it('begins empty, and a sync of nothing succeeds', async () => {
      expect(store.read()).to.have.length(0);
      expect(await syncedAnswer()).to.equal(null);
    });

    it('holds what was appended, in order, and a copy of it', () => {
      const bytes = bytesOf('one ');
      expect(store.append(bytes)).to.equal(null);
      expect(store.append(bytesOf('two'))).to.equal(null);
      expect(store.append(new Uint8Array(0))).to.equal(null);
      bytes.fill(0);
      expect(text(store)).to.equal('one two');
      store.read().fill(0);
      expect(text(store)).to.equal('one two');
    });

    it('holds much more than one page, of any bytes', async () => {
      const all = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
      for (let start = 0; start < all.length; start += 1_000) store.append(all.subarray(start, start + 1_000));
      expect(await syncedAnswer()).to.equal(null);
      expect(Buffer.compare((await fixture.crash()).read(), all)).to.equal(0);
    });

    it('answers a sync once, later, never from inside the call', async () => {
      store.append(bytesOf('one'));
      store.sync(done);
      expect(answers).to.deep.equal([]);
      await fixture.advance(WRITE_MAX_MS);
      expect(answers).to.deep.equal([null]);
      await fixture.advance(10 * WRITE_MAX_MS);
      expect(answers).to.deep.equal([null]);
    });

    it('answers several syncs under way, in order', async () => {
      const order: number[] = [];
      for (const number of [1, 2, 3]) {
        store.append(bytesOf('x'));
        store.sync(() => order.push(number));
      }
      await fixture.advance(WRITE_MAX_MS);
      expect(order).to.deep.equal([1, 2, 3]);
    });

    it('replaces everything, and answers that once, later, never from inside the call', async () => {
      store.append(bytesOf('old'));
      const replacement = bytesOf('new');
      store.replace(replacement, done);
      replacement.fill(0);
      expect(answers).to.deep.equal([]);
      store.append(bytesOf(', more'));
      await fixture.advance(WRITE_MAX_MS);
      expect(answers).to.deep.equal([null]);
      expect(text(store)).to.equal('new, more');
    });

    it('replaces by more, by less and by nothing', async () => {
      for (const content of ['short', 'x'.repeat(10_000), 'short again', '']) {
        store.replace(bytesOf(content), done);
        await fixture.advance(WRITE_MAX_MS);
        expect(text(store)).to.equal(content);
        store = await fixture.crash();
        expect(text(store)).to.equal(content);
      }
      expect(answers).to.deep.equal([null, null, null, null]);
    });

    it('makes a replacement durable with the next sync too', async () => {
      store.append(bytesOf('old'));
      store.replace(bytesOf('new'), () => {});
      store.append(bytesOf(', more'));
      expect(await syncedAnswer()).to.equal(null);
      expect(text(await fixture.crash())).to.equal('new, more');
    });

    it('keeps nothing of an append that a full store refuses, and loses nothing by it', async () => {
      store.append(bytesOf('kept'));
      fixture.setTrouble('full');
      expectFault(store.append(bytesOf(' refused')), 'store');
      expect(text(store)).to.equal('kept');
      fixture.setTrouble('none');
      expect(store.append(bytesOf(' again'))).to.equal(null);
      expect(await syncedAnswer()).to.equal(null);
      expect(text(await fixture.crash())).to.equal('kept again');
    });

    it('never calls durable what a failing store may not have kept', async () => {
      expect(store.append(bytesOf('kept'))).to.equal(null);
      fixture.setTrouble('failing');
      expectFault(await syncedAnswer(), 'store');
      expectFault(store.append(bytesOf(' refused')), 'store');
      expect(text(store)).to.equal('kept');
      fixture.setTrouble('none');
      expect(await syncedAnswer()).to.equal(null);
      expect(text(await fixture.crash())).to.equal('kept');
    });

    it('keeps the old content alone when a replacement fails, and says so of what was appended for the new', async () => {
      store.append(bytesOf('old'));
      await syncedAnswer();
      const replaced: (HalFault | null)[] = [];
      store.replace(bytesOf('new'), (fault) => replaced.push(fault));
      store.append(bytesOf(', more'));
      fixture.setTrouble('failing');
      await fixture.advance(1);
      store.sync(done);
      while (replaced.length === 0) await fixture.advance(1);
      fixture.setTrouble('none');
      await fixture.advance(WRITE_MAX_MS);
      expectFault(replaced[0] ?? null, 'store');
      expectFault(answers.at(-1) ?? null, 'store');
      expect(text(store)).to.equal('old');
      expect(store.append(bytesOf(', again'))).to.equal(null);
      expect(await syncedAnswer()).to.equal(null);
      expect(text(await fixture.crash())).to.equal('old, again');
    });

    it('holds the old content or the new after a crash, never a mixture', async () => {
      const found = new Set<string>();
      for (let seed = 0; seed < 50; seed += 1) {
        fixture = await makeFixture(seed);
        ({ store } = fixture);
        store.append(bytesOf('old '));
        await syncedAnswer();
        store.replace(bytesOf('new '), () => {});
        store.append(bytesOf('more '));
        store.append(bytesOf('and more'));
        found.add(text(await fixture.crash()));
      }
      expect([...found]).to.satisfy((texts: string[]) =>
        texts.every(
          (content) => content === 'old ' || (content.length >= 4 && 'new more and more'.startsWith(content)),
        ),
      );
    });

    it('keeps what was synced through crashes at any moment, and of the rest no more than its beginning', async () => {
      await fc.assert(
        fc.asyncProperty(keepingDeeds, fc.nat(), async (deeds, seed) => {
          await holdToHistory(await makeFixture(seed), deeds);
        }),
        { seed: 1, numRuns: 500 },
      );
    });
  });
}

function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function text(store: Store): string {
  return new TextDecoder().decode(store.read());
}

/** Does all that to the store, and holds it to the contract at each crash and at the end. */
async function holdToHistory(fixture: StoreFixture, deeds: readonly KeepingDeed[]): Promise<void> {
  const history = new DurableHistory<number>();
  let { store } = fixture;
  let byte = 0;
  const fresh = (amount: number): Uint8Array => Uint8Array.from({ length: amount }, () => (byte = (byte + 1) % 256));
  for (const { kind, amount } of [...deeds, { kind: 'crash', amount: 0 } as const]) {
    switch (kind) {
      case 'append': {
        const bytes = fresh(amount);
        expect(store.append(bytes)).to.equal(null);
        history.append([...bytes]);
        break;
      }
      case 'sync':
        store.sync(onSuccess(history.sync()));
        break;
      case 'replace': {
        const bytes = fresh(amount);
        store.replace(bytes, onSuccess(history.replace([...bytes])));
        break;
      }
      case 'wait':
        await fixture.advance(amount);
        break;
      case 'crash':
        store = await fixture.crash();
        history.crash([...store.read()]);
    }
  }
}

function onSuccess(succeed: () => void): (fault: HalFault | null) => void {
  return (fault) => {
    expect(fault).to.equal(null);
    succeed();
  };
}
