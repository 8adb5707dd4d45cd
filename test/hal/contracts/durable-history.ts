import { expect } from 'chai';
import * as fc from 'fast-check';

/** What may happen to something that keeps things; the number says how many, or for how many milliseconds. */
export interface KeepingDeed {
  readonly kind: 'append' | 'sync' | 'replace' | 'wait' | 'crash';
  readonly amount: number;
}

export const keepingDeeds: fc.Arbitrary<KeepingDeed[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('append', 'append', 'append', 'sync', 'replace', 'wait', 'crash'),
    amount: fc.nat(5),
  }),
  { maxLength: 30 },
);

/** What may be found after a crash: all of `items`, or their beginning, but the first `durable` of them at least. */
interface Content<Item> {
  readonly items: Item[];
  durable: number;
}

/**
 * What a store may hold, by its contract alone: the present content, and older ones as long as a replacement of them is
 * not known to be durable.
 */
export class DurableHistory<Item extends number | string> {
  private contents: Content<Item>[] = [{ items: [], durable: 0 }];

  append(items: readonly Item[]): void {
    this.present().items.push(...items);
  }

  /** Returns what to do once the sync has succeeded. */
  sync(): () => void {
    const content = this.present();
    const { length } = content.items;
    return () => this.settle(content, length);
  }

  /** Returns what to do once the replacement has succeeded. */
  replace(items: readonly Item[]): () => void {
    const content = { items: [...items], durable: items.length };
    this.contents.push(content);
    return () => this.settle(content, items.length);
  }

  /** Fails unless that may be there after a crash; from then on that is all there is. */
  crash(found: readonly Item[]): void {
    const matches = this.contents.filter(
      ({ items, durable }) => found.length >= durable && found.every((item, index) => item === items[index]),
    );
    const allowed = this.contents.map(({ items, durable }) => {
      return `${items.slice(0, durable).join(' ')} (${items.slice(durable).join(' ')})`;
    });
    expect(matches, `found ${found.join(' ')}, allowed ${allowed.join(' or ')}`).to.not.be.empty;
    this.contents = [{ items: [...found], durable: Math.min(...matches.map(({ durable }) => durable)) }];
  }

  private settle(content: Content<Item>, durable: number): void {
    const index = this.contents.indexOf(content);
    if (index < 0) return;
    this.contents.splice(0, index);
    content.durable = Math.max(content.durable, durable);
  }

  private present(): Content<Item> {
    const content = this.contents.at(-1);
    if (content === undefined) throw new Error('a store always holds something, if only nothing');
    return content;
  }
}
