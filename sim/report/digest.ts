import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { BoltPlace, Drive, Observer } from '../observation.js';

/** Sets one kind of observation apart from another that carries the same values. */
const tag = {
  motor: 1,
  motorStalled: 2,
  bolt: 3,
  hand: 4,
  door: 5,
  lockPower: 6,
  host: 7,
  boardLink: 8,
  network: 9,
  cameraPower: 10,
  fault: 11,
  deed: 12,
  request: 13,
  calendar: 14,
  indicator: 15,
  record: 16,
  synced: 17,
  storeFault: 18,
  report: 19,
  alarm: 20,
  notice: 21,
  finish: 22,
} as const;

/** Chosen: far more words than one visit uses, and still small after a million visits. */
const rememberedStringsMax = 4096;

/**
 * The hash of a run: the same for every run in which the same things could be seen from outside, at the same times and
 * in the same order. Heartbeats (frames, confirmed footage, current samples) are left out, so that a run agrees with
 * its coalesced twin. 64 bits, good against accident and not against malice.
 */
export class TraceDigest implements Observer {
  private high = 0x6c617463;
  private low = 0x686b6579;
  private lastPlace: BoltPlace | null = null;
  private readonly bits = new DataView(new ArrayBuffer(8));
  private readonly remembered = new Map<string, number>();

  /** 16 hexadecimal digits; may be asked at any time. */
  hash(): string {
    return hex(finish(this.high ^ this.low)) + hex(finish(this.low + this.high));
  }

  motor(nowMs: number, drive: Drive): void {
    this.begin(tag.motor, nowMs);
    this.mixString(drive);
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    this.begin(tag.motorStalled, nowMs);
    this.mix(Number(stalled));
  }

  /** Changes of place only: how often a plant reports motion in between is its own affair. */
  bolt(nowMs: number, place: BoltPlace): void {
    if (place === this.lastPlace) return;
    this.lastPlace = place;
    this.begin(tag.bolt, nowMs);
    this.mixString(place);
  }

  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void {
    this.begin(tag.hand, nowMs);
    this.mixString(turns);
  }

  door(nowMs: number, closed: boolean): void {
    this.begin(tag.door, nowMs);
    this.mix(Number(closed));
  }

  lockPower(nowMs: number, on: boolean): void {
    this.begin(tag.lockPower, nowMs);
    this.mix(Number(on));
  }

  host(nowMs: number, running: boolean): void {
    this.begin(tag.host, nowMs);
    this.mix(Number(running));
  }

  boardLink(nowMs: number, up: boolean): void {
    this.begin(tag.boardLink, nowMs);
    this.mix(Number(up));
  }

  network(nowMs: number, up: boolean): void {
    this.begin(tag.network, nowMs);
    this.mix(Number(up));
  }

  cameraPower(nowMs: number, on: boolean): void {
    this.begin(tag.cameraPower, nowMs);
    this.mix(Number(on));
  }

  fault(nowMs: number, component: string, kind: string, present: boolean): void {
    this.begin(tag.fault, nowMs);
    this.mixString(component);
    this.mixString(kind);
    this.mix(Number(present));
  }

  deed(nowMs: number, words: string, done: boolean): void {
    this.begin(tag.deed, nowMs);
    this.mixString(words);
    this.mix(Number(done));
  }

  request(nowMs: number, request: Request): void {
    this.begin(tag.request, nowMs);
    this.mixFields(request);
  }

  calendar(nowMs: number, trueUtcMs: number): void {
    this.begin(tag.calendar, nowMs);
    this.mixNumber(trueUtcMs);
  }

  indicator(nowMs: number, name: IndicatorName, lit: boolean): void {
    this.begin(tag.indicator, nowMs);
    this.mixString(name);
    this.mix(Number(lit));
  }

  record(nowMs: number, record: JournalRecord): void {
    this.begin(tag.record, nowMs);
    this.mixNumber(record.number);
    this.mixNumber(record.atMs);
    this.mixNumber(record.utcMs ?? -1);
    const { event } = record;
    if (event.kind === 'noticeQueued') this.mixNotice(event.notice);
    else this.mixFields(event);
  }

  synced(nowMs: number, upToNumber: number): void {
    this.begin(tag.synced, nowMs);
    this.mixNumber(upToNumber);
  }

  storeFault(nowMs: number): void {
    this.begin(tag.storeFault, nowMs);
  }

  report(nowMs: number, report: LockReport): void {
    this.begin(tag.report, nowMs);
    this.mixString(report.position);
    this.mixString(report.assumed ?? '');
    this.mixString(report.activity);
    this.mixString(report.lastResult);
    this.mixString(report.door);
    this.mixString(report.mode);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    this.begin(tag.alarm, nowMs);
    this.mixString(alarm);
    this.mix(Number(raised));
  }

  notice(nowMs: number, notice: Notice): void {
    this.begin(tag.notice, nowMs);
    this.mixNotice(notice);
  }

  finish(nowMs: number): void {
    this.begin(tag.finish, nowMs);
  }

  private begin(what: number, nowMs: number): void {
    this.mix(what);
    this.mixNumber(nowMs);
  }

  private mixNotice(notice: Notice): void {
    this.mixNumber(notice.number);
    this.mixString(notice.to);
    this.mixString(notice.kind);
    this.mixString(notice.visitId ?? '');
    this.mixString(notice.detail);
    this.mixNumber(notice.utcMs ?? -1);
    if (notice.visitor !== undefined) this.mixFields(notice.visitor);
    if (notice.result !== undefined) this.mixFields(notice.result);
  }

  /**
   * Whatever there is, in the order in which the object was built. Over objects of so many shapes this takes twice the
   * time of naming the fields: what is told most often has its own code.
   */
  private mixFields(value: object): void {
    for (const key in value) this.mixValue(value[key as keyof typeof value]);
  }

  private mixValue(value: unknown): void {
    switch (typeof value) {
      case 'string':
        return this.mixString(value);
      case 'number':
        return this.mixNumber(value);
      case 'object':
        return value === null ? this.mix(0x6e756c6c) : this.mixFields(value);
      default:
        return this.mix(Number(value));
    }
  }

  private mixString(text: string): void {
    let word = this.remembered.get(text);
    if (word === undefined) {
      word = wordOf(text);
      if (this.remembered.size === rememberedStringsMax) this.remembered.clear();
      this.remembered.set(text, word);
    }
    this.mix(word);
  }

  /** A whole number as it is; of others all 64 bits, in one byte order whatever the machine's. */
  private mixNumber(value: number): void {
    const whole = value | 0;
    if (whole === value) {
      this.mix(whole);
      return;
    }
    this.bits.setFloat64(0, value);
    this.mix(this.bits.getInt32(0));
    this.mix(this.bits.getInt32(4));
  }

  /** Two lanes of MurmurHash3's mixing with different multipliers. */
  private mix(word: number): void {
    const forHigh = Math.imul(word, 0xcc9e2d51);
    const forLow = Math.imul(word, 0x239b961b);
    const high = this.high ^ Math.imul((forHigh << 15) | (forHigh >>> 17), 0x1b873593);
    const low = this.low ^ Math.imul((forLow << 16) | (forLow >>> 16), 0xab0e9789);
    this.high = (Math.imul((high << 13) | (high >>> 19), 5) + 0xe6546b64) | 0;
    this.low = (Math.imul((low << 17) | (low >>> 15), 5) + 0x561ccd1b) | 0;
  }
}

/** FNV-1a over UTF-16 units. */
function wordOf(text: string): number {
  let word = 0x811c9dc5 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    word = Math.imul(word ^ text.charCodeAt(index), 0x01000193);
  }
  return word;
}

function finish(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
