import { expect } from 'chai';
import fc from 'fast-check';
import { StreamNumbers } from '../../../cli/notices/stream-numbers.js';
import { notice, TEN_UTC_MS } from './messages.js';

function verdicts(...numbers: number[]): string[] {
  const stream = new StreamNumbers();
  return numbers.map((number) => stream.take(notice(number)).kind);
}

describe('The numbers of a stream', () => {
  it('are the next, one after the other, whichever comes first', () => {
    expect(verdicts(41, 42, 43)).to.deep.equal(['next', 'next', 'next']);
  });

  it('show a repeat, and not as a gap', () => {
    expect(verdicts(1, 2, 2, 1, 3)).to.deep.equal(['next', 'next', 'repeat', 'repeat', 'next']);
  });

  it('show a gap, and not as a repeat', () => {
    const stream = new StreamNumbers();
    stream.take(notice(1));
    expect(stream.take(notice(5))).to.deep.equal({ kind: 'gap', missing: { from: 2, to: 4 } });
    expect(stream.take(notice(6))).to.deep.equal({ kind: 'next' });
  });

  it('show what was missing when it comes after all, once', () => {
    expect(verdicts(1, 5, 3, 3, 2, 4, 4, 6)).to.deep.equal([
      'next',
      'gap',
      'filled',
      'repeat',
      'filled',
      'filled',
      'repeat',
      'next',
    ]);
  });

  it('take a summary for all that it stands for', () => {
    const stream = new StreamNumbers();
    stream.take(notice(4));
    expect(stream.take(notice(5_001, { kind: 'summary', detail: '5-5001' }))).to.deep.equal({ kind: 'next' });
    expect(stream.take(notice(5_002))).to.deep.equal({ kind: 'next' });
    expect(stream.take(notice(5_002))).to.deep.equal({ kind: 'repeat' });
  });

  it('take a summary that reaches back for no gap, and one that begins later for one', () => {
    const stream = new StreamNumbers();
    stream.take(notice(10));
    expect(stream.take(notice(50, { kind: 'summary', detail: '1-50' })).kind).to.equal('next');
    expect(stream.take(notice(90, { kind: 'summary', detail: '61-90' }))).to.deep.equal({
      kind: 'gap',
      missing: { from: 51, to: 60 },
    });
    expect(stream.take(notice(100, { kind: 'summary', detail: '55-100' })).kind).to.equal('next');
    expect(stream.take(notice(55)).kind).to.equal('repeat');
    expect(stream.take(notice(54)).kind).to.equal('filled');
  });

  it('that begin anew are no repeats: what is newer than all before has not been here', () => {
    const stream = new StreamNumbers();
    for (const number of [1, 2, 3]) stream.take(notice(number, { utcMs: TEN_UTC_MS + number }));
    expect(stream.take(notice(2, { utcMs: TEN_UTC_MS + 2 })).kind).to.equal('repeat');
    expect(stream.take(notice(1, { utcMs: TEN_UTC_MS + 60_000 })).kind).to.equal('anew');
    expect(stream.take(notice(2, { utcMs: TEN_UTC_MS + 61_000 })).kind).to.equal('next');
  });

  it('name every missing one in some gap, and call every other repeat a repeat, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 80 }), (numbers) => {
        const stream = new StreamNumbers();
        const first = numbers[0] ?? 0;
        const here = new Set<number>();
        const missing = new Set<number>();
        for (const number of numbers) {
          const newest = Math.max(...here, -Infinity);
          const verdict = stream.take(notice(number));
          if (here.has(number) || number < first) expect(verdict.kind).to.equal('repeat');
          else if (missing.has(number)) expect(verdict.kind).to.equal('filled');
          else if (number > newest + 1 && here.size > 0) {
            expect(verdict).to.deep.equal({ kind: 'gap', missing: { from: newest + 1, to: number - 1 } });
            for (let skipped = newest + 1; skipped < number; skipped += 1) missing.add(skipped);
          } else expect(verdict.kind).to.equal('next');
          missing.delete(number);
          if (number >= first) here.add(number);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
