import { expect } from 'chai';
import { NewsTexts, newsTime } from '../../../cli/notices/news-texts.js';
import type { News } from '../../../cli/notices/receiver-state.js';
import type { Notice } from '../../../hal/contracts/notices.js';
import { notice, TEN_UTC_MS } from './messages.js';

const VISITOR = {
  name: 'Carla',
  firm: 'Acme',
  purpose: 'delivery',
  fromUtcMs: TEN_UTC_MS,
  untilUtcMs: TEN_UTC_MS + 3_600_000,
};

function told(parts: Partial<Notice>, lateMs: number | null = null): News {
  return { kind: 'notice', door: 'front-door', notice: notice(1, parts), lateMs };
}

describe('News in words', () => {
  const texts = new NewsTexts();
  const door = 'front-door';
  const lines: readonly (readonly [News, string])[] = [
    [
      told({ kind: 'atDoor', visitId: 'v', visitor: VISITOR, detail: 'delivery' }),
      '→ owner: Carla of Acme is at the door',
    ],
    [told({ kind: 'rang', visitId: 'v' }), '→ owner: Carla rang'],
    [told({ kind: 'rang', visitId: 'other' }), '→ owner: the visitor rang'],
    [
      told({
        kind: 'visitEnded',
        visitId: 'v',
        detail: 'completed',
        visitor: VISITOR,
        result: { entriesSpent: 1, measured: { doorOpenMs: 12_000, jams: 0 }, claimed: { delivered: true } },
      }),
      '→ owner: the visit of Carla of Acme is over: completed; ' +
        '1 entry spent; measured: door open 12.0 s, no jams; claimed: delivered',
    ],
    [told({ kind: 'relocked' }, 259_200_000), '→ owner: locked again (told 3 d 0 h late)'],
    [told({ kind: 'refused', detail: 'ofLaterVersions' }), '→ owner: refused: of later versions'],
    [told({ kind: 'ofLaterVersions' as 'rang', detail: 'x' }), '→ owner: of later versions x'],
    [{ kind: 'repeat', door, stream: 'home', number: 4 }, 'repeat of home 4'],
    [{ kind: 'gap', door, stream: 'home', from: 4, to: 6 }, 'MISSING: home 4 to 6'],
    [{ kind: 'gap', door, stream: 'provider:acme', from: 4, to: 4 }, 'MISSING: provider:acme 4'],
    [{ kind: 'filled', door, stream: 'home', number: 4 }, 'late, and no longer missing: home 4'],
    [
      { kind: 'anew', door, stream: 'home' },
      'counts home from the beginning: the lock has lost its journal, or is another one',
    ],
    [{ kind: 'lacking', door, from: 4, to: 4 }, 'the lock has told, but not here yet: home 4'],
    [
      { kind: 'lockSilent', door, visitId: 'v', silentMs: 24_000 },
      'LOCK SILENT: nothing heard for 24.0 s while Carla is at the door',
    ],
    [told({ kind: 'entered', visitId: 'v' }), '→ owner: the door was opened, unlocked for Carla'],
    [
      { kind: 'lockSilent', door, visitId: 'v', silentMs: 24_000 },
      'LOCK SILENT: nothing heard for 24.0 s while Carla may be inside',
    ],
    [
      { kind: 'lockSilent', door, visitId: 'unheardOf', silentMs: 24_000 },
      'LOCK SILENT: nothing heard for 24.0 s while the visit of the visitor is under way',
    ],
    [{ kind: 'lockHeard', door, silentMs: 61_000 }, 'the lock is heard again, after 1 min 1 s'],
  ];
  for (const [news, expected] of lines) {
    it(expected, () => {
      expect(texts.text(news)).to.equal(`front-door: ${expected}`);
    });
  }

  it('bear the time when it happened, whenever it was told', () => {
    const receivedUtcMs = TEN_UTC_MS + 3 * 3_600_000;
    expect(newsTime(told({}), receivedUtcMs)).to.equal('2026-06-01T10:00:00Z');
    for (const utcMs of [null, 1e300]) {
      expect(newsTime(told({ utcMs }), receivedUtcMs)).to.equal('2026-06-01T13:00:00Z');
    }
    expect(newsTime({ kind: 'repeat', door, stream: 'home', number: 4 }, receivedUtcMs)).to.equal(
      '2026-06-01T13:00:00Z',
    );
  });

  it('move no cursor, whatever name a visitor bears', () => {
    const name = 'Eve\u001b[2J\n\u202eopen';
    const text = texts.text(told({ kind: 'atDoor', visitId: 'e', visitor: { ...VISITOR, name } }));
    expect(text).to.not.match(/[\p{Cc}\p{Cf}]/u);
  });
});
