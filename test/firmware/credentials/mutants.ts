import { Draws } from '../../../sim/random.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** What stands in statements, and what parsers of text trip over. */
const CHARACTERS = Array.from(`${ALPHABET}.=+/ \n\0"{}[]:,%é🗝`);

/** Statements that somebody has tampered with, without end and by chance alone. */
export class Mutants {
  private readonly originals: readonly string[];
  private readonly draws: Draws;
  private drawn = 0;

  /** None of the originals ever comes out unaltered. */
  constructor(originals: readonly string[], seed: number) {
    this.originals = originals;
    this.draws = new Draws(seed, 'mutants');
  }

  next(): string {
    for (;;) {
      let text = this.oneOf(this.originals);
      for (let edits = 1 + this.below(3); edits > 0; edits -= 1) text = this.edited(text);
      if (!this.originals.includes(text)) return text;
    }
  }

  private edited(text: string): string {
    const at = this.below(text.length + 1);
    const length = this.below(12);
    switch (this.below(8)) {
      case 0:
        return text.slice(0, at) + text.slice(at + length);
      case 1:
        return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
      case 2:
        return text.slice(0, at) + this.oneOf(this.originals).slice(at);
      case 3:
        return this.withOtherPart(text);
      case 4:
        return this.withOtherBytes(text);
      case 5:
        return text.slice(0, at) + this.oneOf(CHARACTERS) + text.slice(at);
      default:
        return text.slice(0, at) + ALPHABET.charAt(this.below(ALPHABET.length)) + text.slice(at + 1);
    }
  }

  /** Header, claims or signature of another statement. */
  private withOtherPart(text: string): string {
    const parts = text.split('.');
    const others = this.oneOf(this.originals).split('.');
    const part = this.below(3);
    return parts.with(part % parts.length, others[part] ?? '').join('.');
  }

  /** Alters what is encoded, not the encoding: what comes out is often well-formed. */
  private withOtherBytes(text: string): string {
    const parts = text.split('.');
    const part = this.below(parts.length);
    const bytes = Buffer.from(parts[part] ?? '', 'base64url');
    if (bytes.length > 0)
      bytes[this.below(bytes.length)] = this.below(2) === 0 ? this.below(256) : 0x30 + this.below(10);
    return parts.with(part, bytes.toString('base64url')).join('.');
  }

  private oneOf<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to choose from');
    return value;
  }

  private below(bound: number): number {
    this.drawn += 1;
    return this.draws.below(bound, this.drawn);
  }
}

/** The text with each of its characters replaced by each of the `others` that differ from it. */
export function* everyMutantOf(text: string, others: (character: string) => readonly string[]): Generator<string> {
  for (const [index, character] of Array.from(text).entries()) {
    for (const other of others(character)) {
      if (other !== character) yield text.slice(0, index) + other + text.slice(index + 1);
    }
  }
}
