import { entered, jammedOnce } from './beginnings.js';
import { judge } from './judge.js';
import { PARCEL } from './stage.js';

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
    play: (s) => jammedOnce(s).at(39_000).motor('extend').travel('locked').at(60_000),
  },
  {
    story: 'a jam mastered later',
    play: (s) => jammedOnce(s).at(39_001).motor('extend').travel('locked').at(60_000),
    brokenAt: [40_000],
  },
  {
    story: 'a jam that raises LockJammed within 20 s',
    play: (s) => jammedOnce(s).at(40_000).alarm('LockJammed').at(90_000),
  },
  {
    story: 'a jam that raises LockJammed later',
    play: (s) => jammedOnce(s).at(40_001).alarm('LockJammed').at(90_000),
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
    story: 'a stall short of the end, and 20 s',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(20_800)
        .stalled(true)
        .at(21_000)
        .motor('off')
        .at(39_000)
        .motor('extend')
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a stall of a relief reversal, and more than 5 s',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(20_800)
        .motor('off')
        .at(20_900)
        .motor('retract')
        .stalled(true)
        .at(21_000)
        .motor('off')
        .at(60_000),
    brokenAt: [25_000],
  },
  {
    story: 'a drive of 2.4 s, and 20 s',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(22_700)
        .motor('off')
        .at(39_000)
        .motor('extend')
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a shorter drive, and more than 5 s',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(22_699)
        .motor('off')
        .at(39_000)
        .motor('extend')
        .travel('locked')
        .at(60_000),
    brokenAt: [25_000],
  },
  {
    story: 'a timed-out opening left between',
    play: (s) =>
      s
        .at(10_000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(10_500)
        .bolt('between')
        .at(12_500)
        .motor('off')
        .ended('unlocked', 'timedOut')
        .at(60_000),
    brokenAt: [17_500],
  },
  {
    story: 'an interrupted opening, and the auto-relock time',
    play: (s) =>
      s
        .at(10_000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(10_500)
        .bolt('between')
        .at(11_000)
        .motor('off')
        .ended('unlocked', 'interrupted')
        .at(45_000)
        .relock('auto')
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a closing after a visit left unlocked',
    play: (s) => entered(s).at(80_000).endVisit('leftUnlocked').at(90_000).moveDoor(true).at(120_000),
    brokenAt: [95_000],
  },
  {
    story: 'the end of another visit in an entry wait',
    play: (s) =>
      s
        .announce({ ...PARCEL, id: 'other' })
        .at(10_000)
        .retractForVisitor()
        .travel('unlocked')
        .at(15_000)
        .endVisit('missed', 'other')
        .at(44_000)
        .relock()
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a door open for less than 100 ms in an entry wait',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .travel('unlocked')
        .at(15_000)
        .door(false)
        .at(15_050)
        .door(true)
        .at(44_000)
        .relock()
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'JAMMED cleared, and the door still not locked',
    play: (s) => jammedOnce(s).at(30_000).alarm('LockJammed').at(50_000).alarm('LockJammed', false).at(90_000),
    brokenAt: [40_000],
  },
]);
