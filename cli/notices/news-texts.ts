import type { Notice, NoticeResult } from '../../hal/contracts/notices.js';
import { noticeText } from '../../sim/report/notice-texts.js';
import { count, spanText } from '../../sim/report/quantity-texts.js';
import type { Tone } from '../../sim/report/tone.js';
import { inWords, notices } from '../../sim/scenario/words.js';
import type { News } from './receiver-state.js';

/** Visits that are remembered, the oldest forgotten first. Chosen. */
const VISITS_MAX = 1_000;

/** What the notices have told of a visit. That somebody has left again, no notice says. */
interface KnownVisit {
  readonly name: string | null;
  readonly whereabouts: 'atDoor' | 'entered' | null;
}

/** News in words, each a line without its end. Names come from outside: what would move a cursor is left out. */
export class NewsTexts {
  private readonly visits = new Map<string, KnownVisit>();

  text(news: News): string {
    this.learn(news);
    return printable(`${news.door}: ${this.words(news)}`);
  }

  /** Whose visit it is, and where they are; for news, too, that were told before a restart. */
  learn(news: News): void {
    if (news.kind !== 'notice' || news.notice.visitId === null) return;
    const { visitId, visitor, kind } = news.notice;
    const known = this.visits.get(visitId);
    const whereabouts = kind === 'atDoor' || kind === 'entered' ? kind : (known?.whereabouts ?? null);
    this.visits.set(visitId, { name: visitor?.name ?? known?.name ?? null, whereabouts });
    const [oldest] = this.visits.keys();
    if (this.visits.size > VISITS_MAX && oldest !== undefined) this.visits.delete(oldest);
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
        return `LOCK SILENT: nothing heard for ${spanText(news.silentMs)} while ${this.whereaboutsOf(news.visitId)}`;
      case 'lockHeard':
        return `the lock is heard again, after ${spanText(news.silentMs)}`;
    }
  }

  private noticeWords(notice: Notice): string {
    const { visitId, result, kind } = notice;
    const isKnown = (notices as readonly string[]).includes(kind);
    const text = isKnown ? noticeText(notice, this.nameOf(visitId)) : `${inWords(kind)} ${notice.detail}`;
    return result === undefined ? text : `${text}; ${resultText(result)}`;
  }

  private nameOf(visitId: string | null): string {
    return (visitId === null ? undefined : this.visits.get(visitId)?.name) ?? 'the visitor';
  }

  private whereaboutsOf(visitId: string): string {
    const name = this.nameOf(visitId);
    switch (this.visits.get(visitId)?.whereabouts ?? null) {
      case 'atDoor':
        return `${name} is at the door`;
      case 'entered':
        return `${name} may be inside`;
      case null:
        return `the visit of ${name} is under way`;
    }
  }
}

/** When it happened, by the lock's calendar where that says so: to the second, UTC. */
export function newsTime(news: News, receivedUtcMs: number): string {
  const happened = new Date((news.kind === 'notice' ? news.notice.utcMs : null) ?? receivedUtcMs);
  const shown = Number.isNaN(happened.getTime()) ? new Date(receivedUtcMs) : happened;
  return shown.toISOString().replace(/\.\d{3}Z$/u, 'Z');
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
