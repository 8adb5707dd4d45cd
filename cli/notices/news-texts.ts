import type { Notice, NoticeResult } from '../../hal/contracts/notices.js';
import { noticeText } from '../../sim/report/notice-texts.js';
import { count, spanText } from '../../sim/report/quantity-texts.js';
import type { Tone } from '../../sim/report/tone.js';
import { inWords, notices } from '../../sim/scenario/words.js';
import type { News } from './receiver-state.js';

/** Visits whose visitors' names are remembered, the oldest forgotten first. Chosen. */
const NAMES_MAX = 1_000;

/** News in words, each a line without its end. Names come from outside: what would move a cursor is left out. */
export class NewsTexts {
  private readonly names = new Map<string, string>();

  text(news: News): string {
    return printable(`${news.door}: ${this.words(news)}`);
  }

  private words(news: News): string {
    switch (news.kind) {
      case 'notice':
        return `→ ${news.notice.to}: ${this.noticeWords(news.notice)}${lateWords(news.lateMs)}`;
      case 'repeat':
        return `repeat of ${news.stream} ${news.number}`;
      case 'gap':
        return `MISSING: ${numbersText(news.stream, news.from, news.to)}`;
      case 'filled':
        return `late, and no longer missing: ${news.stream} ${news.number}`;
      case 'anew':
        return `counts ${news.stream} from the beginning: the lock has lost its journal, or is another one`;
      case 'lacking':
        return `the lock has told, but not here yet: ${numbersText('home', news.from, news.to)}`;
      case 'lockSilent':
        return `LOCK SILENT: nothing heard for ${spanText(news.silentMs)} while ${this.nameOf(news.visitId)} is at the door`;
      case 'lockHeard':
        return `the lock is heard again, after ${spanText(news.silentMs)}`;
    }
  }

  private noticeWords(notice: Notice): string {
    const { visitId, visitor, result, kind } = notice;
    if (visitId !== null && visitor !== undefined) this.learn(visitId, visitor.name);
    const isKnown = (notices as readonly string[]).includes(kind);
    const text = isKnown ? noticeText(notice, this.nameOf(visitId)) : `${inWords(kind)} ${notice.detail}`;
    return result === undefined ? text : `${text}; ${resultText(result)}`;
  }

  private nameOf(visitId: string | null): string {
    return (visitId === null ? undefined : this.names.get(visitId)) ?? 'the visitor';
  }

  private learn(visitId: string, name: string): void {
    this.names.set(visitId, name);
    const [oldest] = this.names.keys();
    if (this.names.size > NAMES_MAX && oldest !== undefined) this.names.delete(oldest);
  }
}

export function newsTone({ kind }: News): Tone {
  switch (kind) {
    case 'lockSilent':
    case 'gap':
      return 'bad';
    case 'anew':
    case 'lacking':
      return 'warning';
    case 'repeat':
      return 'quiet';
    case 'lockHeard':
    case 'filled':
      return 'good';
    case 'notice':
      return 'plain';
  }
}

/** What the lock has measured, and apart from it what the visitor says. */
function resultText({ entriesSpent, measured, claimed }: NoticeResult): string {
  const { doorOpenMs, jams } = measured;
  const facts = `door open ${spanText(doorOpenMs)}, ${count(jams, 'jam', 'jams')}`;
  return `${count(entriesSpent, 'entry', 'entries')} spent; measured: ${facts}; claimed: ${claimed.delivered ? 'delivered' : 'nothing'}`;
}

function lateWords(lateMs: number | null): string {
  return lateMs === null ? '' : ` (told ${spanText(lateMs)} late)`;
}

function numbersText(stream: string, from: number, to: number): string {
  return from === to ? `${stream} ${from}` : `${stream} ${from} to ${to}`;
}

/** Without control characters, and without those that turn the direction of writing. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
}
