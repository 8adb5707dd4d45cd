import { entered, jammedOnce } from './beginnings.js';
import { judge } from './judge.js';

judge('L1', [
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
  {
    story: 'a household opening that takes its retries',
    play: (s) =>
      s
        .at(10_000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(10_500)
        .bolt('between')
        .motor('off')
        .at(50_000)
        .motor('retract')
        .travel('unlocked')
        .at(85_000)
        .relock('auto')
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a link that drops while JAMMED',
    play: (s) => jammedOnce(s).at(30_000).alarm('LockJammed').at(40_000).link(false).at(50_000).link(true).at(90_000),
  },
  {
    story: 'a bolt switch that ceases to lie, taken for a hand',
    play: (s) =>
      entered(s)
        .fault('retractedSwitch', 'stuckOff', true)
        .at(20_000)
        .fault('retractedSwitch', 'stuckOff', false)
        .moveDoor(true)
        .at(34_000)
        .relock()
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a hand that retracts while the link is dead, found at its return',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .travel('locked')
        .at(30_000)
        .link(false)
        .hand('retract')
        .bolt('between')
        .at(30_500)
        .bolt('retracted')
        .hand('none')
        .at(100_000)
        .link(true)
        .at(114_000)
        .relock()
        .travel('locked')
        .at(150_000),
  },
  {
    story: 'a hold that ends with the door opened and closed',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(22_000)
        .turnBolt('between')
        .at(22_500)
        .turnBolt('retracted')
        .at(23_000)
        .moveDoor(false)
        .at(24_000)
        .moveDoor(true)
        .at(60_000),
    brokenAt: [29_000],
  },
]);
