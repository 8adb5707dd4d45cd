import { type Notice, streamOf } from '../../../hal/contracts/notices.js';
import type { Observer } from '../../../sim/observation.js';

/** Gets the notices, and knows repeats by their numbers: another notice under a known number is lost on it. */
export class Receiver implements Observer {
  readonly mistaken: string[] = [];
  private readonly known = new Map<string, string>();

  notice(nowMs: number, notice: Notice): void {
    const key = `${streamOf(notice.to)} ${notice.number}`;
    const text = JSON.stringify(notice);
    const known = this.known.get(key) ?? text;
    this.known.set(key, known);
    if (known !== text) this.mistaken.push(`at ${nowMs} ms: ${text} bears the number of ${known}`);
  }
}
