import { jammedAttempt, jammedDrive, raiseJammed, turnedIn } from './beginnings.js';
import { judge } from './judge.js';

judge('L2', [
  {
    story: 'a jam mastered by a retry',
    play: (s) =>
      jammedDrive(turnedIn(s).intend('locked', 'auto')).at(21_600).motor('extend').travel('locked').at(90_000),
  },
  {
    story: 'a fourth retry',
    play: (s) => jammedAttempt(turnedIn(s), [500, 1000, 2000, 500]).at(29_550),
    brokenAt: [28_400],
  },
  {
    story: 'a first retry before 0.5 s',
    play: (s) => raiseJammed(jammedAttempt(turnedIn(s), [499, 1000, 2000])),
    brokenAt: [21_599],
  },
  {
    story: 'a second retry before 1 s',
    play: (s) => raiseJammed(jammedAttempt(turnedIn(s), [500, 999, 2000])),
    brokenAt: [23_699],
  },
  {
    story: 'a third retry before 2 s',
    play: (s) => raiseJammed(jammedAttempt(turnedIn(s), [500, 1000, 1999])),
    brokenAt: [26_799],
  },
  {
    story: 'a jam given up after 2 retries',
    play: (s) => jammedAttempt(turnedIn(s), [500, 1000]).ended('locked', 'jammed'),
    brokenAt: [24_800],
  },
  {
    story: 'LockJammed raised after 1 retry',
    play: (s) => raiseJammed(jammedAttempt(turnedIn(s), [500])),
    brokenAt: [22_700],
  },
  { story: 'a jam never raised', play: (s) => jammedAttempt(turnedIn(s)).at(40_000), brokenAt: [28_600] },
  {
    story: 'an attempt that a hand interrupts',
    play: (s) => jammedAttempt(turnedIn(s), [500]).hand('retract').ended('locked', 'jammed').at(40_000),
  },
  {
    story: 'a relief of 0.4 s',
    play: (s) =>
      jammedDrive(turnedIn(s).intend('locked', 'auto'), false)
        .at(21_000)
        .motor('retract')
        .at(21_400)
        .motor('off')
        .at(22_000),
  },
  {
    story: 'a longer relief',
    play: (s) =>
      jammedDrive(turnedIn(s).intend('locked', 'auto'), false)
        .at(21_000)
        .motor('retract')
        .at(21_401)
        .motor('off')
        .at(22_000),
    brokenAt: [21_400],
  },
  {
    story: 'a longer relief of a retraction',
    play: (s) => s.at(1000).intend('unlocked', 'remote').motor('extend').at(1500).motor('off').at(2000),
    brokenAt: [1400],
  },
  {
    story: 'a drive that did not stall, taken up again at once',
    play: (s) =>
      turnedIn(s)
        .intend('locked', 'auto')
        .motor('extend')
        .at(20_500)
        .bolt('between')
        .motor('off')
        .at(20_600)
        .motor('extend')
        .travel('locked'),
  },
  {
    story: 'a drive that stalled at the end, taken up again at once',
    play: (s) =>
      turnedIn(s)
        .intend('locked', 'auto')
        .motor('extend')
        .at(20_500)
        .bolt('extended')
        .stalled(true)
        .at(20_600)
        .motor('off')
        .at(20_700)
        .motor('extend')
        .at(20_800)
        .motor('off'),
  },
  {
    story: 'a retraction retried too soon',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(1500)
        .bolt('between')
        .stalled(true)
        .at(1700)
        .motor('off')
        .at(2199)
        .motor('retract')
        .at(2300)
        .motor('off'),
    brokenAt: [2199],
  },
  {
    story: 'a retraction that stalled at its end, taken up again at once',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(1500)
        .bolt('retracted')
        .stalled(true)
        .at(1700)
        .motor('off')
        .at(1800)
        .motor('retract')
        .at(1900)
        .motor('off'),
  },
  {
    story: 'a retraction that jams, and is driven home at once',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(1500)
        .bolt('between')
        .stalled(true)
        .at(1700)
        .motor('off')
        .at(1800)
        .intend('locked', 'auto')
        .motor('extend')
        .travel('locked')
        .at(9000),
  },
  {
    story: 'two jams in two movements',
    play: (s) =>
      jammedAttempt(turnedIn(s).turnBolt('between').at(20_000), [500])
        .ended('locked', 'movedByHand')
        .at(40_000)
        .intend('locked', 'auto')
        .motor('extend')
        .travel('locked')
        .at(50_000),
  },
  {
    story: 'an exhausted attempt whose door opens',
    play: (s) => jammedAttempt(turnedIn(s)).moveDoor(false).at(40_000),
  },
  {
    story: 'an exhausted attempt that a hand brings home',
    play: (s) => jammedAttempt(turnedIn(s)).at(28_000).bolt('extended').at(40_000),
  },
  {
    story: 'a second jam after an interrupted one, given up too soon',
    play: (s) =>
      jammedAttempt(
        jammedAttempt(turnedIn(s), [500]).hand('retract').hand('none').ended('locked', 'movedByHand').at(40_000),
        [500],
      )
        .ended('locked', 'jammed')
        .at(60_000),
    brokenAt: [42_700],
  },
]);
