import { jammedAttempt, jammedDrive, jammedForGood, turnedIn } from './beginnings.js';
import { judge } from './judge.js';
import type { Stage } from './stage.js';

const relock = (s: Stage): Stage =>
  s
    .intend('locked', 'auto')
    .motor('extend')
    .at(s.nowMs + 500)
    .motor('off');
const lock = (s: Stage, personId = 'kid'): Stage => s.request({ kind: 'lock', personId });

judge('L2', [
  { story: 'a jam retried 3 times, then raised and told', play: (s) => jammedForGood(s).at(30_000) },
  {
    story: 'an owner not told',
    play: (s) => jammedAttempt(turnedIn(s)).alarm('LockJammed').ended('locked', 'jammed').at(30_000),
    brokenAt: [28_000],
  },
  { story: 'a worker not told', play: (s) => jammedForGood(s.announce().enter()).at(30_000), brokenAt: [28_000] },
  {
    story: 'a worker told',
    play: (s) => jammedForGood(s.announce().enter()).queued('worker', 'alarmRaised', 'LockJammed').at(30_000),
  },
  {
    story: 'an attempt a minute',
    play: (s) => jammedAttempt(jammedForGood(s).at(80_000), []).ended('locked', 'jammed').at(140_000),
  },
  { story: 'no attempt a minute later', play: (s) => jammedForGood(s).at(90_000), brokenAt: [88_900] },
  { story: 'no attempt a minute later at an open door', play: (s) => jammedForGood(s).moveDoor(false).at(200_000) },
  {
    story: 'an attempt before its minute',
    play: (s) => jammedAttempt(jammedForGood(s).at(79_000), []).ended('locked', 'jammed'),
    brokenAt: [79_000],
  },
  {
    story: 'a lock request obeyed within 100 ms',
    play: (s) =>
      jammedAttempt(lock(jammedForGood(s).at(40_000)).at(40_100), [])
        .ended('locked', 'jammed')
        .at(60_000),
  },
  { story: 'a lock request ignored', play: (s) => lock(jammedForGood(s).at(40_000)).at(60_000), brokenAt: [40_100] },
  {
    story: 'a lock request by a stranger refused',
    play: (s) => lock(jammedForGood(s).at(40_000), 'thief').refused('lock', 'thief').at(60_000),
  },
  {
    story: 'a lock request by a resident refused',
    play: (s) => lock(jammedForGood(s).at(40_000)).refused('lock', 'kid').at(60_000),
    brokenAt: [40_100],
  },
  {
    story: 'a lock request during an attempt',
    play: (s) => lock(jammedDrive(jammedForGood(s).at(80_000).intend('locked', 'auto'))).at(81_500),
  },
  {
    story: 'a closing obeyed within 400 ms',
    play: (s) =>
      jammedAttempt(jammedForGood(s).moveDoor(false).at(40_000).moveDoor(true).at(40_400), [])
        .ended('locked', 'jammed')
        .at(60_000),
  },
  {
    story: 'a closing ignored',
    play: (s) => jammedForGood(s).moveDoor(false).at(40_000).moveDoor(true).at(60_000),
    brokenAt: [40_400],
  },
  {
    story: 'a lock request within the hold of a manual retraction',
    play: (s) => lock(jammedForGood(s).at(40_000).turnBolt('retracted').at(45_000)).at(60_000),
  },
  {
    story: 'JAMMED cleared by a good travel',
    play: (s) => jammedForGood(s).at(80_000).relock('auto').travel('locked').alarm('LockJammed', false).at(90_000),
  },
  {
    story: 'JAMMED cleared with the bolt home by hand',
    play: (s) => jammedForGood(s).at(40_000).turnBolt('extended').at(40_100).alarm('LockJammed', false).at(90_000),
  },
  {
    story: 'JAMMED cleared by time',
    play: (s) => jammedForGood(s).at(50_000).alarm('LockJammed', false).at(60_000),
    brokenAt: [50_000],
  },
  {
    story: 'JAMMED left raised with the bolt home',
    play: (s) => jammedForGood(s).at(40_000).turnBolt('extended').at(40_101).alarm('LockJammed', false).at(90_000),
    brokenAt: [40_100],
  },
  {
    story: 'an owner told of something else',
    play: (s) =>
      jammedAttempt(turnedIn(s))
        .alarm('LockJammed')
        .queued('owner', 'alarmRaised', 'DoorAjar')
        .queued('owner', 'alarmCleared', 'LockJammed')
        .ended('locked', 'jammed')
        .at(30_000),
    brokenAt: [28_000],
  },
  {
    story: 'an owner told once, and JAMMED raised again without a word',
    play: (s) =>
      jammedAttempt(
        jammedForGood(s)
          .at(40_000)
          .turnBolt('extended')
          .alarm('LockJammed', false)
          .at(50_000)
          .turnBolt('retracted')
          .at(70_000),
      )
        .alarm('LockJammed')
        .ended('locked', 'jammed')
        .at(79_000),
    brokenAt: [78_000],
  },
  {
    story: 'JAMMED raised again at boot, as told before',
    play: (s) => turnedIn(s).host(false).at(30_000).host(true).alarm('LockJammed').at(40_000),
  },
  {
    story: 'JAMMED raised, and a crash before the notice',
    play: (s) => jammedAttempt(turnedIn(s)).alarm('LockJammed').at(27_950).host(false).at(40_000),
  },
  { story: 'two minutes without an attempt', play: (s) => jammedForGood(s).at(160_000), brokenAt: [88_900, 149_900] },
  {
    story: 'a minute without an attempt in passage mode',
    play: (s) =>
      jammedForGood(s).at(40_000).record({ kind: 'modeChanged', mode: 'passage', personId: 'owner' }).at(200_000),
  },
  {
    story: 'a minute without an attempt with a hand on the bolt',
    play: (s) => jammedForGood(s).at(40_000).hand('retract').at(200_000),
  },
  {
    story: 'a minute without an attempt with the link dead',
    play: (s) => jammedForGood(s).at(40_000).link(false).at(200_000),
  },
  {
    story: 'an attempt within the minute after a good travel',
    play: (s) =>
      relock(
        jammedForGood(s)
          .at(30_000)
          .intend('unlocked', 'remote')
          .motor('retract')
          .at(31_000)
          .motor('off')
          .ended('unlocked')
          .alarm('LockJammed', false)
          .at(40_000),
      ).at(50_000),
  },
  {
    story: 'an attempt within the minute after the visit ended',
    play: (s) => relock(jammedForGood(s.announce()).at(40_000).endVisit('leftUnlocked')).at(50_000),
  },
  {
    story: 'an abandoned retraction driven home within the minute',
    play: (s) =>
      relock(
        jammedForGood(s)
          .at(30_000)
          .intend('unlocked', 'remote')
          .motor('retract')
          .at(31_000)
          .motor('off')
          .ended('unlocked', 'jammed')
          .at(31_100),
      ).at(50_000),
  },
  {
    story: 'JAMMED cleared as the bolt reaches the retracted switch',
    play: (s) =>
      jammedForGood(s)
        .at(30_000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(31_000)
        .bolt('retracted')
        .alarm('LockJammed', false)
        .at(31_050)
        .motor('off'),
  },
  {
    story: 'JAMMED cleared as a relief reversal reaches the retracted switch',
    play: (s) =>
      jammedForGood(s)
        .at(90_000)
        .intend('locked', 'auto')
        .motor('retract')
        .at(90_200)
        .bolt('retracted')
        .alarm('LockJammed', false)
        .motor('off'),
    brokenAt: [88_900, 90_200],
  },
  {
    story: 'JAMMED cleared just after somebody turned the bolt in again',
    play: (s) =>
      jammedForGood(s)
        .at(40_000)
        .turnBolt('extended')
        .at(40_050)
        .turnBolt('between')
        .at(40_150)
        .alarm('LockJammed', false)
        .at(50_000),
  },
  {
    story: 'JAMMED raised twice and cleared twice',
    play: (s) =>
      jammedForGood(s)
        .alarm('LockJammed')
        .at(40_000)
        .turnBolt('extended')
        .alarm('LockJammed', false)
        .at(40_500)
        .alarm('LockJammed', false)
        .at(60_000),
  },
  {
    story: 'JAMMED left raised with the bolt home and the link dead',
    play: (s) =>
      jammedForGood(s)
        .at(40_000)
        .turnBolt('extended')
        .link(false)
        .at(50_000)
        .link(true)
        .at(50_100)
        .alarm('LockJammed', false)
        .at(60_000),
  },
  {
    story: 'a lock request while jammed at an open door',
    play: (s) => lock(jammedForGood(s).moveDoor(false).at(40_000)).at(60_000),
  },
  {
    story: 'a lock request while jammed, and a hand that brings the bolt home',
    play: (s) =>
      lock(jammedForGood(s).at(40_000)).at(40_050).turnBolt('extended').alarm('LockJammed', false).at(60_000),
  },
  {
    story: 'a lock request while jammed, and a hand in the way',
    play: (s) => lock(jammedForGood(s).at(40_000)).at(40_050).hand('retract').at(60_000),
  },
  {
    story: 'a lock request while jammed, and the door opened',
    play: (s) => lock(jammedForGood(s).at(40_000)).at(40_050).moveDoor(false).at(60_000),
  },
  {
    story: 'a lock request while jammed, cleared at once by a good travel',
    play: (s) => lock(jammedForGood(s).at(40_000)).ended('unlocked').alarm('LockJammed', false).at(60_000),
  },
  {
    story: 'a lock request just after the closing, which settles',
    play: (s) =>
      lock(jammedForGood(s).moveDoor(false).at(40_000).moveDoor(true).at(40_050))
        .at(40_390)
        .intend('locked', 'auto')
        .motor('extend')
        .at(40_500)
        .motor('off')
        .ended('locked', 'jammed')
        .at(60_000),
  },
  {
    story: 'a door that closed before the lock could see it open',
    play: (s) => jammedForGood(s).at(40_000).door(false).at(40_050).door(true).at(60_000),
  },
]);
