import type { Notice } from '../../hal/contracts/notices.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the number of a notice says about it. */
export type NumberVerdict =
  /** The next one. */
  | { readonly kind: 'next' }
  /** It is here already. */
  | { readonly kind: 'repeat' }
  /** Those between the newest and this one have not come. */
  | { readonly kind: 'gap'; readonly missing: Range }
  /** It was missing. */
  | { readonly kind: 'filled' }
  /** The lock has lost its journal, or is another one: it counts from the beginning. */
  | { readonly kind: 'anew' };

/** Gaps that are remembered, the oldest forgotten first. Chosen: a stream is in order, so that there are hardly any. */
const GAPS_MAX = 100;

/**
 * The numbers of one stream that have come, and those that have not. They count up by one, so that whatever is missing
 * or doubled shows. Nobody knows what was told before the first that came.
 */
export class StreamNumbers {
  private newest: number | null = null;
  private latestUtcMs = -Infinity;
  private gaps: Range[] = [];

  /** The newest that has come; `null` before the first. */
  get newestNumber(): number | null {
    return this.newest;
  }

  /** What would be said of this notice; it changes nothing. */
  judge(notice: Notice): NumberVerdict {
    const { number, utcMs } = notice;
    const { newest } = this;
    const { from } = rangeOf(notice);
    if (newest === null || from === newest + 1) return { kind: 'next' };
    if (number > newest) {
      return from > newest ? { kind: 'gap', missing: { from: newest + 1, to: from - 1 } } : { kind: 'next' };
    }
    if (this.gaps.some((gap) => gap.from <= number && number <= gap.to)) return { kind: 'filled' };
    // A repeat is as old as it was: what is newer than anything before is no repeat.
    return utcMs !== null && utcMs > this.latestUtcMs ? { kind: 'anew' } : { kind: 'repeat' };
  }

  take(notice: Notice): NumberVerdict {
    const verdict = this.judge(notice);
    if (verdict.kind === 'repeat') return verdict;
    if (verdict.kind === 'anew') this.gaps = [];
    if (verdict.kind === 'gap') this.gaps = [...this.gaps, verdict.missing].slice(-GAPS_MAX);
    this.fill(rangeOf(notice));
    this.newest = verdict.kind === 'anew' ? notice.number : Math.max(notice.number, this.newest ?? 0);
    this.latestUtcMs = Math.max(this.latestUtcMs, notice.utcMs ?? -Infinity);
    return verdict;
  }

  private fill({ from, to }: Range): void {
    this.gaps = this.gaps.flatMap((gap) => {
      if (to < gap.from || gap.to < from) return [gap];
      const rests = [
        { from: gap.from, to: from - 1 },
        { from: to + 1, to: gap.to },
      ];
      return rests.filter((rest) => rest.from <= rest.to);
    });
  }
}

/** Which numbers a notice stands for: a summary for many, `17-5016`. */
function rangeOf({ number, kind, detail }: Notice): Range {
  const from = kind === 'summary' ? /^(\d{1,15})-/u.exec(detail)?.[1] : undefined;
  return { from: from === undefined ? number : Math.min(Number(from), number), to: number };
}
