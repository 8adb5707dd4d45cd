import { judge } from './judge.js';
import { PARCEL, START_UTC_MS, type Stage } from './stage.js';

const owner = 'owner';
const untilMs = PARCEL.untilUtcMs - START_UTC_MS;
const early = { ...PARCEL, fromUtcMs: START_UTC_MS + 60_000 };
/** Asks, is recorded, and the motor runs at 10,500 ms unless the story says another time. */
const asked = (s: Stage): Stage => s.at(10_000).announce().enter();
const retract = (s: Stage, utcMs?: number | null): Stage =>
  s
    .record({ kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'parcel', entry: 1 }, utcMs)
    .motor('retract');

judge('S7', [
  { story: 'a retraction by a good grant', play: (s) => s.at(10_000).retractForVisitor() },
  { story: 'a visit that nobody announced', play: (s) => retract(s.at(1000)), brokenAt: [1000] },
  {
    story: 'a grant that the journal altered',
    play: (s) =>
      s
        .at(1000)
        .request({ kind: 'announceVisit', grant: PARCEL })
        .record({ kind: 'visitAnnounced', grant: { ...PARCEL, entries: 2 } })
        .enter()
        .retractOnceRecorded(),
    brokenAt: [1500],
  },
  {
    story: 'a grant for another door',
    play: (s) => s.at(1000).retractForVisitor({ ...PARCEL, doorId: 'back' }),
    brokenAt: [1500],
  },
  {
    story: 'an entry that somebody else asked for',
    play: (s) => s.at(1000).announce().enter('parcel', 1, 'thief').retractOnceRecorded(),
    brokenAt: [1500],
  },
  {
    story: 'an entry that was not accepted',
    play: (s) =>
      retract(s.at(1000).announce().request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 })),
    brokenAt: [1000],
  },
  {
    story: 'a retraction after the grant was revoked',
    play: (s) =>
      retract(
        asked(s)
          .request({ kind: 'revoke', personId: owner, target: { kind: 'grant', id: 'parcel' } })
          .at(10_101),
      ),
    brokenAt: [10_101],
  },
  {
    story: 'a retraction at the moment of the revocation',
    play: (s) =>
      retract(
        asked(s)
          .request({ kind: 'revoke', personId: owner, target: { kind: 'grant', id: 'parcel' } })
          .at(10_100),
      ),
  },
  {
    story: 'a revocation by somebody with no right to it',
    play: (s) =>
      retract(
        asked(s)
          .request({ kind: 'revoke', personId: 'thief', target: { kind: 'grant', id: 'parcel' } })
          .at(10_200),
      ),
  },
  {
    story: 'a retraction after the journal holds the revocation',
    play: (s) =>
      retract(
        asked(s)
          .record({ kind: 'revoked', target: { kind: 'grant', id: 'parcel' }, personId: 'kid' })
          .at(10_200),
      ),
    brokenAt: [10_200],
  },
  {
    story: 'a retraction after the owner ended the visit',
    play: (s) => retract(asked(s).request({ kind: 'endVisit', personId: owner, visitId: 'parcel' }).at(10_200)),
    brokenAt: [10_200],
  },
  {
    story: 'a retraction before the window',
    play: (s) => retract(s.at(1000).announce(early).enter().at(59_999)),
    brokenAt: [59_999],
  },
  { story: 'a retraction as the window begins', play: (s) => retract(s.at(1000).announce(early).enter().at(60_000)) },
  {
    story: 'a retraction in the last moment of the window',
    play: (s) =>
      retract(
        s
          .at(untilMs - 1000)
          .announce()
          .enter()
          .at(untilMs + 99),
      ),
  },
  {
    story: 'a retraction after the window',
    play: (s) =>
      retract(
        s
          .at(untilMs - 1000)
          .announce()
          .enter()
          .at(untilMs + 100),
      ),
    brokenAt: [untilMs + 100],
  },
  {
    story: 'a visitor in privacy',
    play: (s) => s.record({ kind: 'modeChanged', mode: 'privacy', personId: owner }).at(1000).retractForVisitor(),
    brokenAt: [1500],
  },
  {
    story: 'a mode that changed after the entry was accepted',
    play: (s) => retract(asked(s).record({ kind: 'modeChanged', mode: 'privacy', personId: owner }).at(10_500)),
  },
  {
    story: 'a purpose not listed in vacation',
    play: (s) => s.record({ kind: 'modeChanged', mode: 'vacation', personId: owner }).at(1000).retractForVisitor(),
    brokenAt: [1500],
  },
  {
    story: 'a purpose listed in vacation',
    settings: { vacationPurposes: ['delivery'] },
    play: (s) => s.record({ kind: 'modeChanged', mode: 'vacation', personId: owner }).at(1000).retractForVisitor(),
  },
  {
    story: 'an unset calendar',
    play: (s) =>
      retract(
        s
          .fault('calendar', 'unset', true)
          .at(10_000)
          .announce()
          .request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 })
          .record({ kind: 'entryAccepted', visitId: 'parcel', entry: 1 }, null),
        null,
      ),
    brokenAt: [10_000],
  },
  {
    story: 'a calendar lost since the entry was accepted',
    play: (s) => retract(asked(s).fault('calendar', 'unset', true).at(10_600), null),
  },
  {
    story: 'a calendar lost since the entry was accepted, and the window over meanwhile',
    play: (s) =>
      retract(
        s
          .at(untilMs - 1000)
          .announce()
          .enter()
          .fault('calendar', 'unset', true)
          .at(untilMs + 100),
        null,
      ),
    brokenAt: [untilMs + 100],
  },
  {
    story: 'a window open by the calendar that the lock was given',
    play: (s) => retract(asked(s.fault('calendar', 'drifting', true)).at(untilMs + 60_000), PARCEL.fromUtcMs + 60_000),
    brokenAt: [untilMs + 60_000].slice(1),
  },
  {
    story: 'a window open only by a calendar that went back',
    play: (s) =>
      retract(
        asked(s)
          .record({ kind: 'booted' }, PARCEL.untilUtcMs + 500)
          .fault('calendar', 'aMonthBehind', true),
        PARCEL.fromUtcMs,
      ),
    brokenAt: [10_000],
  },

  {
    story: 'a passed window while something else is faulty',
    play: (s) =>
      retract(
        s
          .fault('network', 'down', true)
          .at(untilMs - 1000)
          .announce()
          .enter()
          .at(untilMs + 500),
        PARCEL.fromUtcMs,
      ),
    brokenAt: [untilMs + 500],
  },
  {
    story: 'a passed window once the calendar is right again',
    play: (s) =>
      retract(
        s
          .fault('calendar', 'drifting', true)
          .at(untilMs - 1000)
          .announce()
          .enter()
          .fault('calendar', 'drifting', false)
          .at(untilMs + 500),
        PARCEL.fromUtcMs,
      ),
    brokenAt: [untilMs + 500],
  },
  {
    story: 'a relief reversal after the revocation',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .at(10_700)
        .motor('off')
        .request({ kind: 'revoke', personId: owner, target: { kind: 'grant', id: 'parcel' } })
        .at(10_900)
        .motor('extend')
        .at(11_000),
  },
  {
    story: 'a household retraction',
    play: (s) => s.at(10_000).intend('unlocked', 'remote').motor('retract').at(11_000),
  },
]);
