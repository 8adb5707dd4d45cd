import { entered, unlocked } from './beginnings.js';
import { judge } from './judge.js';

judge('L1', [
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
    story: 'a closing long after the visit ended locked',
    play: (s) =>
      unlocked(
        entered(s).at(20_000).moveDoor(true).at(20_300).relock().travel('locked').endVisit('completed').at(99_000),
      )
        .at(110_000)
        .moveDoor(false)
        .at(120_000)
        .moveDoor(true)
        .at(154_000)
        .relock('auto')
        .travel('locked')
        .at(200_000),
  },
  {
    story: 'a closing after the household unlocked in a visit',
    play: (s) => unlocked(entered(s)).at(90_000).moveDoor(true).at(120_000),
    brokenAt: [95_000],
  },
  {
    story: 'a closing after the household unlocked when the visit was over',
    play: (s) =>
      unlocked(entered(s).at(80_000).endVisit('leftUnlocked'))
        .at(90_000)
        .moveDoor(true)
        .at(124_000)
        .relock('auto')
        .travel('locked')
        .at(150_000),
  },
  {
    story: 'the end of a visit that never entered, the household having unlocked',
    play: (s) =>
      unlocked(s.announce())
        .at(15_000)
        .record({ kind: 'withdrawn', visitId: 'parcel', reason: 'other' })
        .endVisit('withdrawn')
        .at(44_000)
        .relock('auto')
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a link that drops in the auto-relock time, which begins anew',
    play: (s) =>
      unlocked(s).at(30_000).link(false).at(31_000).link(true).at(64_000).relock('auto').travel('locked').at(90_000),
  },
  {
    story: 'an owner who unlocks in a lock-down, and is let be for the entry wait',
    play: (s) =>
      unlocked(s.record({ kind: 'modeChanged', mode: 'lockDown', personId: 'owner' }))
        .at(44_000)
        .relock('auto')
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a closing in a lock-down',
    play: (s) =>
      unlocked(s.record({ kind: 'modeChanged', mode: 'lockDown', personId: 'owner' }))
        .at(15_000)
        .moveDoor(false)
        .at(20_000)
        .moveDoor(true)
        .at(60_000),
    brokenAt: [25_000],
  },

  {
    story: 'a closing behind somebody who left by the thumb-turn, long after a visit',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .travel('locked')
        .endVisit('completed')
        .at(99_000)
        .turnBolt('retracted')
        .moveDoor(false)
        .at(120_000)
        .moveDoor(true)
        .at(154_000)
        .relock('auto')
        .travel('locked')
        .at(200_000),
  },
  {
    story: 'a switch that begins to lie, taken for a hand',
    play: (s) =>
      unlocked(s)
        .at(41_000)
        .fault('extendedSwitch', 'stuckOff', true)
        .at(55_000)
        .relock('auto')
        .travel('locked')
        .at(90_000),
  },
]);
