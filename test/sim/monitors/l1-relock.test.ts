import { judge } from './judge.js';
import type { Stage } from './stage.js';

const entered = (s: Stage): Stage => s.at(10_000).retractForVisitor().travel('unlocked').at(14_000).moveDoor(false);
/** The door of a visit closes at 20 s, and a first attempt at locking jams at 21 s. */
const jammed = (s: Stage): Stage =>
  entered(s)
    .at(20_000)
    .moveDoor(true)
    .at(20_300)
    .relock()
    .at(20_800)
    .bolt('between')
    .stalled(true)
    .at(21_000)
    .motor('off')
    .record({ kind: 'jamDetected', goal: 'locked', attempt: 1 });
const unlocked = (s: Stage): Stage => s.at(10_000).intend('unlocked', 'remote').motor('retract').travel('unlocked');

judge('L1', [
  {
    story: 'a bolt home 5 s after the closing',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(24_000).relock().travel('locked').at(60_000),
  },
  {
    story: 'a bolt home later',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(24_001).relock().travel('locked').at(60_000),
    brokenAt: [25_000],
  },
  {
    story: 'a bolt that never goes home',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(60_000),
    brokenAt: [25_000],
  },
  {
    story: 'a door that opens again, and closes later',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(22_000)
        .moveDoor(false)
        .at(40_000)
        .moveDoor(true)
        .at(44_000)
        .relock()
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a jam mastered within 20 s',
    play: (s) => jammed(s).at(39_000).motor('extend').travel('locked').at(60_000),
  },
  {
    story: 'a jam mastered later',
    play: (s) => jammed(s).at(39_001).motor('extend').travel('locked').at(60_000),
    brokenAt: [40_000],
  },
  {
    story: 'a jam that raises LockJammed within 20 s',
    play: (s) => jammed(s).at(40_000).alarm('LockJammed').at(90_000),
  },
  {
    story: 'a jam that raises LockJammed later',
    play: (s) => jammed(s).at(40_001).alarm('LockJammed').at(90_000),
    brokenAt: [40_000],
  },
  {
    story: 'a drive that times out, and LockJammed',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(22_800)
        .motor('off')
        .at(30_000)
        .alarm('LockJammed')
        .at(60_000),
  },
  {
    story: 'an ended visit left unlocked',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(15_000).endVisit('endedByOwner').at(60_000),
    brokenAt: [20_000],
  },
  {
    story: 'an abandoned retraction left unlocked',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .at(10_600)
        .bolt('between')
        .at(12_000)
        .motor('off')
        .ended('unlocked', 'jammed')
        .at(60_000),
    brokenAt: [17_000],
  },
  {
    story: 'an entry wait left unlocked',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(60_000),
    brokenAt: [46_560],
  },
  {
    story: 'a longer entry wait',
    settings: { entryWaitMs: 120_000 },
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(60_000),
  },
  {
    story: 'a camera lost in the entry wait, and the door left unlocked',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(15_000).camera(false).at(60_000),
    brokenAt: [20_600],
  },
  {
    story: 'a manual retraction that stops the clock',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(22_000)
        .turnBolt('between')
        .at(23_000)
        .turnBolt('retracted')
        .at(37_000)
        .relock()
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a manual retraction left unlocked after its hold',
    play: (s) =>
      entered(s).at(20_000).moveDoor(true).at(21_000).turnBolt('between').at(22_000).turnBolt('retracted').at(60_000),
    brokenAt: [37_000],
  },
  {
    story: 'a hand that holds the bolt',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(22_000)
        .hand('retract')
        .at(70_000)
        .hand('none')
        .at(74_000)
        .relock()
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'an auto-relock after its time',
    play: (s) => unlocked(s).at(44_000).relock('auto').travel('locked').at(90_000),
  },
  { story: 'no auto-relock', play: (s) => unlocked(s).at(90_000), brokenAt: [46_060] },
  {
    story: 'an auto-relock time restarted by the closing',
    play: (s) =>
      unlocked(s)
        .at(40_000)
        .moveDoor(false)
        .at(50_000)
        .moveDoor(true)
        .at(84_000)
        .relock('auto')
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'no auto-relock after the closing',
    play: (s) => unlocked(s).at(40_000).moveDoor(false).at(50_000).moveDoor(true).at(90_000),
    brokenAt: [85_000],
  },
  {
    story: 'passage mode',
    play: (s) => unlocked(s.record({ kind: 'modeChanged', mode: 'passage', personId: 'owner' })).at(900_000),
  },
  {
    story: 'the end of passage mode without an auto-relock',
    play: (s) =>
      unlocked(s.record({ kind: 'modeChanged', mode: 'passage', personId: 'owner' }))
        .at(200_000)
        .record({ kind: 'modeChanged', mode: 'normal', personId: 'owner' })
        .at(900_000),
    brokenAt: [235_000],
  },
  {
    story: 'a lock-down that leaves the door unlocked',
    play: (s) => unlocked(s).at(15_000).record({ kind: 'modeChanged', mode: 'lockDown', personId: 'owner' }).at(60_000),
    brokenAt: [20_000],
  },
  {
    story: 'a dead link, counted from its return',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(21_000)
        .link(false)
        .at(100_000)
        .link(true)
        .at(104_000)
        .relock()
        .travel('locked')
        .at(120_000),
  },
  {
    story: 'a door left unlocked after the link returned',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(21_000).link(false).at(100_000).link(true).at(120_000),
    brokenAt: [105_000],
  },
  {
    story: 'a stuck contact, counted from its mending',
    play: (s) =>
      entered(s)
        .fault('doorContact', 'stuckOpen', true)
        .at(20_000)
        .moveDoor(true)
        .at(60_000)
        .fault('doorContact', 'stuckOpen', false)
        .at(64_000)
        .relock()
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a door left unlocked after the contact was mended',
    play: (s) =>
      entered(s)
        .fault('doorContact', 'stuckOpen', true)
        .at(20_000)
        .moveDoor(true)
        .at(60_000)
        .fault('doorContact', 'stuckOpen', false)
        .at(90_000),
    brokenAt: [75_000],
  },
]);
