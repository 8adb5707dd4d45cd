import { judge } from './judge.js';
import type { Stage } from './stage.js';

/** The motor stalls short of the end from 1,500 ms on, and is cut at 1,650. */
const stalled = (s: Stage): Stage =>
  s.at(1000).turnBolt('retracted').relock().at(1200).bolt('between').at(1500).stalled(true).at(1650).motor('off');

judge('S8', [
  {
    story: 'a turn of the hand recorded within 100 ms',
    play: (s) => s.at(1000).hand('retract').bolt('between').at(1100).turnBolt('between').at(5000),
  },
  {
    story: 'a turn of the hand recorded later',
    play: (s) => s.at(1000).hand('retract').bolt('between').at(1101).turnBolt('between').at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a turn of the hand recorded as another',
    play: (s) =>
      s.at(1000).hand('retract').bolt('between').record({ kind: 'boltMovedByHand', bolt: 'retracted' }).at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a turn of the hand away and back',
    play: (s) => s.at(1000).hand('retract').bolt('between').at(1090).hand('extend').bolt('extended').at(5000),
  },
  {
    story: 'a movement by the motor under its intent',
    play: (s) => s.at(1000).turnBolt('retracted').at(20_000).relock().travel('locked').at(30_000),
  },
  {
    story: 'a movement whose end is recorded later than 100 ms',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .at(20_500)
        .bolt('extended')
        .motor('off')
        .at(20_601)
        .ended('locked')
        .at(30_000),
    brokenAt: [20_600],
  },
  {
    story: 'a movement that ends elsewhere than recorded',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .at(20_500)
        .bolt('between')
        .motor('off')
        .ended('locked')
        .at(30_000),
    brokenAt: [20_600],
  },
  { story: 'a door recorded within 100 ms', play: (s) => s.at(1000).door(false).at(1100).moveDoor(false).at(5000) },
  {
    story: 'a door recorded later',
    play: (s) => s.at(1000).door(false).at(1101).moveDoor(false).at(5000),
    brokenAt: [1100],
  },
  {
    story: 'what moved while the lock was off, found at boot',
    play: (s) =>
      s
        .at(1000)
        .host(false)
        .bolt('retracted')
        .door(false)
        .at(5000)
        .host(true)
        .at(5100)
        .record({ kind: 'positionFound', bolt: 'retracted', doorClosed: false })
        .at(9000),
  },
  {
    story: 'what moved while the lock was off, not found at boot',
    play: (s) => s.at(1000).host(false).bolt('retracted').door(false).at(5000).host(true).at(9000),
    brokenAt: [5100, 5100],
  },
  {
    story: 'what moved while the link was down, found at its return',
    play: (s) =>
      s
        .at(1000)
        .link(false)
        .bolt('retracted')
        .at(5000)
        .link(true)
        .at(5100)
        .record({ kind: 'positionFound', bolt: 'retracted', doorClosed: true })
        .at(9000),
  },
  {
    story: 'an unknown position recorded as such',
    play: (s) =>
      s
        .at(1000)
        .link(false)
        .bolt('retracted')
        .at(5000)
        .link(true)
        .record({ kind: 'positionFound', bolt: 'unknown', doorClosed: true })
        .at(9000),
  },
  {
    story: 'a stall recorded as a jam',
    play: (s) => stalled(s).at(1750).record({ kind: 'jamDetected', goal: 'locked', attempt: 1 }).at(9000),
  },
  { story: 'a stall not recorded', play: (s) => stalled(s).at(9000), brokenAt: [1750] },
  {
    story: 'a stall at the end of the travel',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1650).motor('off').ended('locked').at(9000),
  },
  {
    story: 'a stall that a shorted motor sense hides',
    play: (s) => stalled(s.fault('motorSense', 'shorted', true)).at(9000),
  },
  {
    story: 'a stall of a retraction not recorded',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1650)
        .motor('off')
        .at(9000),
    brokenAt: [1750],
  },
  {
    story: 'a stall at the end of a retraction',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(20_500)
        .stalled(true)
        .at(20_650)
        .motor('off')
        .ended('unlocked')
        .at(29_000),
  },
  {
    story: 'a stall too short to be felt',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1649)
        .motor('off')
        .at(9000),
  },
  {
    story: 'two short stalls',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1600)
        .stalled(false)
        .at(1700)
        .stalled(true)
        .at(1800)
        .motor('off')
        .at(9000),
  },
  {
    story: 'a stall told twice, and not recorded',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1600)
        .stalled(true)
        .at(1650)
        .motor('off')
        .at(9000),
    brokenAt: [1750],
  },
  {
    story: 'a stall that the drive ends at once',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1650)
        .motor('off')
        .stalled(false)
        .at(9000),
    brokenAt: [1750],
  },
  {
    story: 'a stall recorded before the motor is cut',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1640)
        .record({ kind: 'jamDetected', goal: 'locked', attempt: 1 })
        .at(1650)
        .motor('off')
        .at(9000),
  },
  {
    story: 'an earlier jam, and a stall not recorded',
    play: (s) => stalled(s.at(500).record({ kind: 'jamDetected', goal: 'locked', attempt: 1 })).at(9000),
    brokenAt: [1750],
  },
  { story: 'a stall cut by a crash', play: (s) => stalled(s).host(false).at(9000) },
  {
    story: 'a stall that the board cuts after a crash',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .relock()
        .at(1200)
        .bolt('between')
        .at(1500)
        .stalled(true)
        .at(1600)
        .host(false)
        .at(2100)
        .motor('off')
        .at(9000),
  },
  {
    story: 'a movement cut by a crash',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .at(20_500)
        .bolt('extended')
        .motor('off')
        .at(20_550)
        .host(false)
        .at(30_000)
        .host(true)
        .record({ kind: 'positionFound', bolt: 'extended', doorClosed: true })
        .at(40_000),
  },
  {
    story: 'a movement taken up by another intent',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .at(20_500)
        .bolt('extended')
        .motor('off')
        .at(20_550)
        .intend('unlocked', 'remote')
        .at(30_000),
  },
  {
    story: 'a hand that brings the bolt home in a back-off',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .at(20_500)
        .motor('off')
        .at(21_000)
        .turnBolt('extended')
        .at(30_000),
  },
  {
    story: 'a place recorded within a movement that follows',
    play: (s) =>
      s
        .at(1000)
        .hand('retract')
        .bolt('between')
        .at(1050)
        .relock('auto')
        .at(1500)
        .bolt('extended')
        .motor('off')
        .ended('locked')
        .at(9000),
  },
]);
