import { expect } from 'chai';
import * as fc from 'fast-check';
import { HardwareUnderTest } from './hardware-under-test.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A store whose content is text. */
class StoreUnderTest extends HardwareUnderTest {
  readonly answers: string[] = [];

  constructor(seed = 1) {
    super({ seed });
    this.hardware.begin();
  }

  append(text: string): string | null {
    return this.hardware.store.append(encoder.encode(text))?.detail ?? null;
  }

  sync(): void {
    this.hardware.store.sync((fault) => this.answers.push(`${this.clock.nowMs()} ${fault?.detail ?? 'synced'}`));
  }

  replace(text: string): void {
    this.hardware.store.replace(encoder.encode(text), (fault) =>
      this.answers.push(`${this.clock.nowMs()} ${fault?.detail ?? 'replaced'}`),
    );
  }

  content(): string {
    return decoder.decode(this.hardware.store.read());
  }

  /** Kills the host and boots it again. */
  crash(): void {
    this.hardware.setFault('host', 'crashed', true);
    this.hardware.setFault('host', 'crashed', false);
    this.pass(1_000);
  }
}

describe('SimulatedStore', () => {
  it('holds what was appended, in order, and is durable 2 ms after a sync', () => {
    const bench = new StoreUnderTest();
    expect(bench.append('one ')).to.equal(null);
    bench.sync();
    bench.append('two ');
    bench.pass(1);
    bench.sync();
    expect(bench.answers).to.deep.equal([]);
    bench.pass(10);
    expect(bench.answers).to.deep.equal(['2 synced', '3 synced']);
    bench.crash();
    expect(bench.content()).to.equal('one two ');
  });

  it('grows, and gives out copies', () => {
    const bench = new StoreUnderTest();
    const line = 'x'.repeat(1_000);
    for (let count = 0; count < 20; count += 1) bench.append(line);
    bench.hardware.store.read().fill(0);
    expect(bench.content()).to.equal(line.repeat(20));
  });

  it('tells the observer up to which record it is durable: the newest at the time of the call', () => {
    const bench = new StoreUnderTest();
    let newest = 7;
    bench.hardware.store.newestRecord = () => newest;
    bench.sync();
    newest = 8;
    bench.replace('');
    newest = 9;
    bench.pass(10);
    expect(bench.log.of('synced')).to.deep.equal(['2 synced 7', '2 synced 8']);
  });

  it('loses whole appends in a crash, from none to all, never a synced one', () => {
    const survivors = new Set<string>();
    for (let seed = 0; seed < 60; seed += 1) {
      const bench = new StoreUnderTest(seed);
      for (const text of ['sa', 'fe ']) bench.append(text);
      bench.sync();
      bench.append('aa');
      bench.pass(10);
      for (const text of ['bb', 'cc']) bench.append(text);
      bench.sync();
      bench.pass(1);
      bench.crash();
      survivors.add(bench.content());
      expect(bench.answers).to.deep.equal(['2 synced']);
    }
    expect(survivors).to.deep.equal(new Set(['safe ', 'safe aa', 'safe aabb', 'safe aabbcc']));
  });

  it('is cut at any byte when torn', () => {
    const survivors = new Set<string>();
    for (let seed = 0; seed < 60; seed += 1) {
      const bench = new StoreUnderTest(seed);
      bench.hardware.setFault('store', 'torn', true);
      bench.append('safe ');
      bench.sync();
      bench.pass(10);
      bench.append('abcd');
      bench.crash();
      survivors.add(bench.content());
    }
    expect(survivors).to.deep.equal(new Set(['safe ', 'safe a', 'safe ab', 'safe abc', 'safe abcd']));
  });

  it('is cut at the byte it was told, by the next crash only', () => {
    for (const [byte, expected] of [
      [0, ''],
      [3, 'abc'],
      [99, 'abcdef'],
    ] as const) {
      const bench = new StoreUnderTest();
      bench.append('abc');
      bench.append('def');
      bench.hardware.store.tearAtByte(byte);
      bench.crash();
      expect(bench.content()).to.equal(expected);
      bench.append('ghi');
      bench.sync();
      bench.pass(10);
      bench.crash();
      expect(bench.content()).to.equal(`${expected}ghi`);
    }
  });

  it('says in the middle of each write what a crash may leave, and leaves that', () => {
    const remains: string[] = [];
    const played = (tear: { readonly byte: number; readonly replacements: number } | null): string => {
      const bench = new StoreUnderTest();
      const { store } = bench.hardware;
      store.onWrite = (bytes, kind) => {
        const texts = store.remains().map(({ kept, atRisk }) => `${decoder.decode(kept)}|${decoder.decode(atRisk)}`);
        if (tear === null) remains.push(`${kind} ${bytes.length}: ${texts.join(' or ')}`);
      };
      bench.append('safe ');
      bench.sync();
      bench.pass(10);
      bench.append('old ');
      bench.replace('new ');
      bench.append('more');
      if (tear !== null) store.tearAtByte(tear.byte, tear.replacements);
      bench.crash();
      return bench.content();
    };
    played(null);
    expect(remains).to.deep.equal([
      'append 5: |safe ',
      'append 4: safe |old ',
      'replace 4: safe |old  or new |',
      'append 4: safe |old  or new |more',
    ]);
    expect(played({ byte: 2, replacements: 0 })).to.equal('safe ol');
    expect(played({ byte: 99, replacements: 0 })).to.equal('safe old ');
    expect(played({ byte: 3, replacements: 1 })).to.equal('new mor');
  });

  it('has taken the bytes of a writer who dies in the middle of a write', () => {
    const bench = new StoreUnderTest();
    bench.hardware.store.onWrite = () => {
      throw new Error('died');
    };
    expect(() => bench.append('torn')).to.throw('died');
    bench.hardware.store.tearAtByte(2);
    bench.crash();
    expect(bench.content()).to.equal('to');
  });

  it('replaces everything at once, before what was appended after the call', () => {
    const bench = new StoreUnderTest();
    bench.append('long old content');
    bench.replace('new');
    bench.append(', later');
    bench.sync();
    expect(bench.content()).to.equal('long old content, later');
    bench.pass(10);
    expect(bench.content()).to.equal('new, later');
    expect(bench.answers).to.deep.equal(['2 replaced', '2 synced']);
    bench.crash();
    expect(bench.content()).to.equal('new, later');
  });

  it('holds either the old or the new content after a crash in mid-replacement', () => {
    const survivors = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const bench = new StoreUnderTest(seed);
      bench.append('old');
      bench.sync();
      bench.pass(10);
      bench.replace('brand new');
      bench.crash();
      survivors.add(bench.content());
    }
    expect(survivors).to.deep.equal(new Set(['old', 'brand new']));
  });

  it('loses of what followed a replacement whole appends, never the new content', () => {
    const survivors = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const bench = new StoreUnderTest(seed);
      bench.append('a long old content');
      bench.replace('new');
      for (const text of ['1', '22']) bench.append(text);
      bench.pass(10);
      bench.crash();
      survivors.add(bench.content());
    }
    expect(survivors).to.deep.equal(new Set(['new', 'new1', 'new122']));
  });

  it('never loses what it called durable, and never alters anything, in whatever order it is asked', () => {
    const step = fc.oneof(
      fc.stringMatching(/^[a-z]{1,6}$/).map((text) => ({ ask: 'append', text })),
      fc.constantFrom('sync', 'pass', 'crash').map((ask) => ({ ask, text: '' })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(), fc.boolean(), (steps, seed, torn) => {
        const bench = new StoreUnderTest(seed);
        bench.hardware.setFault('store', 'torn', torn);
        let durable = '';
        for (const { ask, text } of steps) {
          const before = bench.content();
          if (ask === 'append') bench.append(text);
          if (ask === 'sync') bench.hardware.store.sync(() => (durable = before));
          if (ask === 'pass') bench.pass(1);
          if (ask === 'crash') {
            bench.crash();
            expect(bench.content().slice(0, durable.length)).to.equal(durable);
            expect(before.slice(0, bench.content().length)).to.equal(bench.content());
            durable = bench.content();
          }
          expect(bench.content().slice(0, durable.length)).to.equal(durable);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses to append while full, but still syncs what it has, and takes a smaller content in its place', () => {
    const bench = new StoreUnderTest();
    bench.append('before');
    bench.hardware.setFault('store', 'full', true);
    expect(bench.append('after')).to.equal('the store is full');
    bench.sync();
    bench.replace('larger than it was');
    bench.pass(10);
    bench.replace('less');
    bench.pass(10);
    expect(bench.content()).to.equal('less');
    expect(bench.answers).to.deep.equal(['2 synced', '2 the store is full', '12 replaced']);
    expect(bench.log.of('storeFault')).to.deep.equal(['0 storeFault', '2 storeFault']);
    bench.hardware.setFault('store', 'full', false);
    expect(bench.append(' again')).to.equal(null);
  });

  it('refuses everything while failing, and keeps what it had', () => {
    const bench = new StoreUnderTest();
    bench.append('before');
    bench.sync();
    bench.pass(1);
    bench.hardware.setFault('store', 'failing', true);
    expect(bench.append('after')).to.equal('the store fails to write');
    bench.replace('other');
    bench.pass(10);
    expect(bench.answers).to.deep.equal(['2 the store fails to write', '3 the store fails to write']);
    expect(bench.content()).to.equal('before');
    expect(bench.log.of('storeFault')).to.deep.equal(['1 storeFault', '2 storeFault', '3 storeFault']);
    expect(bench.log.of('synced')).to.deep.equal([]);
    bench.hardware.setFault('store', 'failing', false);
    bench.sync();
    bench.pass(10);
    bench.crash();
    expect(bench.content()).to.equal('before');
  });
});
