import { judge } from './judge.js';
import type { Stage } from './stage.js';

const unlock = (s: Stage, personId = 'kid'): Stage => s.request({ kind: 'unlock', personId, by: 'app' });
const lock = (s: Stage, personId = 'kid'): Stage => s.request({ kind: 'lock', personId });
const retract = (s: Stage): Stage => s.intend('unlocked', 'remote').motor('retract');
const asked = (s: Stage): Stage => s.at(10_000).announce().enter().at(10_400);
const setMode = (s: Stage, mode: 'lockDown' | 'passage'): Stage =>
  s.request({ kind: 'setMode', personId: 'owner', mode }).record({ kind: 'modeChanged', mode, personId: 'owner' });
const retractForVisitor = (s: Stage): Stage => s.intend('unlocked', 'visit', 'parcel').motor('retract');

judge('S11', [
  { story: 'an unlock request obeyed', play: (s) => retract(unlock(s.at(1000))).travel('unlocked') },
  { story: 'an entry obeyed', play: (s) => s.at(1000).retractForVisitor() },
  { story: 'a retraction that nobody asked for', play: (s) => retract(s.at(1000)), brokenAt: [1000] },
  {
    story: 'a retraction on a lock request',
    play: (s) => retract(lock(unlock(s.at(1000)).at(2000)).at(2200)),
    brokenAt: [2200],
  },
  {
    story: 'a retraction that crosses the lock request',
    play: (s) =>
      retract(lock(unlock(s.at(1000)).at(2000)).at(2050))
        .at(2090)
        .motor('off'),
  },
  { story: 'an unlock request after the lock request', play: (s) => retract(unlock(lock(s.at(1000)).at(2000))) },
  {
    story: 'a retraction that a lock request stops within 100 ms',
    play: (s) =>
      lock(retract(unlock(s.at(1000))).at(1500))
        .at(1600)
        .motor('off')
        .at(3000),
  },
  {
    story: 'a retraction that goes on after a lock request',
    play: (s) =>
      lock(retract(unlock(s.at(1000))).at(1500))
        .at(1601)
        .motor('off')
        .at(3000),
    brokenAt: [1600],
  },
  {
    story: 'a retraction that goes on after a refused lock request',
    play: (s) =>
      lock(retract(unlock(s.at(1000))).at(1500), 'thief')
        .refused('lock', 'thief')
        .at(2500)
        .motor('off'),
  },
  {
    story: 'a retraction on a refused unlock request',
    play: (s) => retract(unlock(s.at(1000), 'thief').refused('unlock', 'thief')),
    brokenAt: [1000],
  },
  {
    story: 'a retraction for an entry that was refused',
    play: (s) =>
      retractForVisitor(
        s.at(1000).announce().request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 }).record({
          kind: 'requestRefused',
          request: 'enter',
          personId: 'courier',
          visitId: 'parcel',
          entry: 1,
          reason: 'tooEarly',
        }),
      ),
    brokenAt: [1000],
  },
  {
    story: 'a retraction after the owner ended the visit',
    play: (s) =>
      retractForVisitor(asked(s).request({ kind: 'endVisit', personId: 'owner', visitId: 'parcel' }).at(10_600)),
    brokenAt: [10_600],
  },
  {
    story: 'a retraction after the withdrawal',
    play: (s) =>
      retractForVisitor(
        asked(s)
          .request({ kind: 'withdraw', personId: 'courier', visitId: 'parcel', reason: 'barkingHeard' })
          .at(10_600),
      ),
    brokenAt: [10_600],
  },
  {
    story: 'a retraction after the end of another visit',
    play: (s) =>
      retractForVisitor(asked(s).request({ kind: 'endVisit', personId: 'owner', visitId: 'walk' }).at(10_600)),
  },
  {
    story: 'a retraction after a lock-down',
    play: (s) => retractForVisitor(setMode(asked(s), 'lockDown').at(10_600)),
    brokenAt: [10_600],
  },
  {
    story: 'a retraction into passage mode',
    play: (s) => retract(setMode(s.at(1000), 'passage')),
  },
  {
    story: 'a retraction asked for before the boot',
    play: (s) => retract(unlock(s.at(1000)).host(false).at(2000).host(true).at(3000)),
    brokenAt: [3000],
  },
  {
    story: 'a retraction asked for a minute ago',
    play: (s) => retract(unlock(s.at(1000)).at(61_000)),
  },
  {
    story: 'a retraction asked for longer ago',
    play: (s) => retract(unlock(s.at(1000)).at(61_001)),
    brokenAt: [61_001],
  },
  {
    story: 'a retraction after the end of the visit was refused',
    play: (s) =>
      retractForVisitor(
        asked(s)
          .request({ kind: 'endVisit', personId: 'kid', visitId: 'parcel' })
          .refused('endVisit', 'kid')
          .at(10_600),
      ),
  },
  {
    story: 'a relief reversal of a relock',
    play: (s) => lock(s.at(1000)).relock().at(1300).motor('off').at(1400).motor('retract').at(1600).motor('off'),
  },
  {
    story: 'an unlock request that locks',
    play: (s) => unlock(s.at(1000).turnBolt('retracted').at(5000)).relock('remote'),
    brokenAt: [5000],
  },
  { story: 'a lock request that locks', play: (s) => lock(unlock(s.at(1000)).at(5000)).relock('remote') },
  { story: 'an auto-relock after an unlock request', play: (s) => unlock(s.at(1000)).at(31_000).relock('auto') },

  {
    story: 'a retraction that goes on after a refused withdrawal',
    play: (s) =>
      retractForVisitor(asked(s))
        .at(10_500)
        .request({ kind: 'withdraw', personId: 'thief', visitId: 'parcel', reason: 'other' })
        .refused('withdraw', 'thief')
        .at(11_500)
        .motor('off'),
  },
  {
    story: 'a lock request once unlocked',
    play: (s) =>
      lock(
        retract(unlock(s.at(1000)))
          .travel('unlocked')
          .at(5000),
      ).at(9000),
  },
  {
    story: 'a lock request during the relief of a retraction',
    play: (s) =>
      lock(
        retract(unlock(s.at(1000)))
          .at(1500)
          .motor('off')
          .at(1560)
          .motor('extend')
          .at(1600),
      )
        .at(1760)
        .motor('off')
        .at(9000),
  },
  {
    story: 'a retraction stopped by a lock request, and the link dead',
    play: (s) =>
      lock(
        retract(unlock(s.at(1000)))
          .at(1450)
          .link(false)
          .at(1500),
      )
        .at(2100)
        .motor('off')
        .at(5000),
  },
]);
