import { judge } from './judge.js';
import type { Stage } from './stage.js';

/** One drive that stalls short of the end, cut after 800 ms, and its relief of 200 ms. */
function drive(s: Stage, relief = true): Stage {
  const startMs = s.nowMs;
  s.motor('extend')
    .at(startMs + 600)
    .bolt('between')
    .stalled(true)
    .at(startMs + 800)
    .stalled(false)
    .motor('off');
  s.record({ kind: 'jamDetected', goal: 'locked', attempt: 1 });
  if (relief)
    s.at(startMs + 900)
      .motor('retract')
      .at(startMs + 1100)
      .motor('off');
  return s;
}

/** From 20 s on: the drives of one attempt at locking, with the back-offs between them. */
function attempt(s: Stage, backOffsMs: readonly number[] = [500, 1000, 2000]): Stage {
  drive(s.intend('locked', 'auto'));
  for (const backOffMs of backOffsMs) drive(s.at(s.nowMs + backOffMs));
  return s;
}

const open = (s: Stage): Stage => s.at(1000).turnBolt('retracted').at(20_000);
const raise = (s: Stage): Stage => s.alarm('LockJammed').queued('owner', 'alarmRaised', 'LockJammed');
/** JAMMED for good since 27.9 s, the attempt begun at 20 s. */
const jammed = (s: Stage): Stage => raise(attempt(open(s))).ended('locked', 'jammed');
const lock = (s: Stage, personId = 'kid'): Stage => s.request({ kind: 'lock', personId });

judge('L2', [
  { story: 'a jam retried 3 times, then raised and told', play: (s) => jammed(s).at(30_000) },
  {
    story: 'a jam mastered by a retry',
    play: (s) => drive(open(s).intend('locked', 'auto')).at(21_600).motor('extend').travel('locked').at(90_000),
  },
  { story: 'a fourth retry', play: (s) => attempt(open(s), [500, 1000, 2000, 500]).at(29_000), brokenAt: [28_400] },
  { story: 'a first retry before 0.5 s', play: (s) => raise(attempt(open(s), [499, 1000, 2000])), brokenAt: [21_599] },
  { story: 'a second retry before 1 s', play: (s) => raise(attempt(open(s), [500, 999, 2000])), brokenAt: [23_699] },
  { story: 'a third retry before 2 s', play: (s) => raise(attempt(open(s), [500, 1000, 1999])), brokenAt: [26_799] },
  {
    story: 'a jam given up after 2 retries',
    play: (s) => attempt(open(s), [500, 1000]).ended('locked', 'jammed'),
    brokenAt: [24_800],
  },
  { story: 'LockJammed raised after 1 retry', play: (s) => raise(attempt(open(s), [500])), brokenAt: [22_700] },
  { story: 'a jam never raised', play: (s) => attempt(open(s)).at(40_000), brokenAt: [28_600] },
  {
    story: 'an attempt that a hand interrupts',
    play: (s) => attempt(open(s), [500]).hand('retract').ended('locked', 'jammed').at(40_000),
  },
  {
    story: 'a relief of 0.4 s',
    play: (s) =>
      drive(open(s).intend('locked', 'auto'), false).at(21_000).motor('retract').at(21_400).motor('off').at(22_000),
  },
  {
    story: 'a longer relief',
    play: (s) =>
      drive(open(s).intend('locked', 'auto'), false).at(21_000).motor('retract').at(21_401).motor('off').at(22_000),
    brokenAt: [21_400],
  },
  {
    story: 'a longer relief of a retraction',
    play: (s) => s.at(1000).intend('unlocked', 'remote').motor('extend').at(1500).motor('off').at(2000),
    brokenAt: [1400],
  },
  {
    story: 'an owner not told',
    play: (s) => attempt(open(s)).alarm('LockJammed').ended('locked', 'jammed').at(30_000),
    brokenAt: [28_000],
  },
  { story: 'a worker not told', play: (s) => jammed(s.announce().enter()).at(30_000), brokenAt: [28_000] },
  {
    story: 'a worker told',
    play: (s) => jammed(s.announce().enter()).queued('worker', 'alarmRaised', 'LockJammed').at(30_000),
  },
  {
    story: 'an attempt a minute',
    play: (s) => attempt(jammed(s).at(80_000), []).ended('locked', 'jammed').at(140_000),
  },
  { story: 'no attempt a minute later', play: (s) => jammed(s).at(90_000), brokenAt: [88_900] },
  { story: 'no attempt a minute later at an open door', play: (s) => jammed(s).moveDoor(false).at(200_000) },
  {
    story: 'an attempt before its minute',
    play: (s) => attempt(jammed(s).at(79_000), []).ended('locked', 'jammed'),
    brokenAt: [79_000],
  },
  {
    story: 'a lock request obeyed within 100 ms',
    play: (s) =>
      attempt(lock(jammed(s).at(40_000)).at(40_100), [])
        .ended('locked', 'jammed')
        .at(60_000),
  },
  { story: 'a lock request ignored', play: (s) => lock(jammed(s).at(40_000)).at(60_000), brokenAt: [40_100] },
  {
    story: 'a lock request by a stranger refused',
    play: (s) => lock(jammed(s).at(40_000), 'thief').refused('lock', 'thief').at(60_000),
  },
  {
    story: 'a lock request by a resident refused',
    play: (s) => lock(jammed(s).at(40_000)).refused('lock', 'kid').at(60_000),
    brokenAt: [40_100],
  },
  {
    story: 'a lock request during an attempt',
    play: (s) => lock(drive(jammed(s).at(80_000).intend('locked', 'auto'))).at(81_500),
  },
  {
    story: 'a closing obeyed within 400 ms',
    play: (s) =>
      attempt(jammed(s).moveDoor(false).at(40_000).moveDoor(true).at(40_400), []).ended('locked', 'jammed').at(60_000),
  },
  {
    story: 'a closing ignored',
    play: (s) => jammed(s).moveDoor(false).at(40_000).moveDoor(true).at(60_000),
    brokenAt: [40_400],
  },
  {
    story: 'a lock request within the hold of a manual retraction',
    play: (s) => lock(jammed(s).at(40_000).turnBolt('retracted').at(45_000)).at(60_000),
  },
  {
    story: 'JAMMED cleared by a good travel',
    play: (s) => jammed(s).at(80_000).relock('auto').travel('locked').alarm('LockJammed', false).at(90_000),
  },
  {
    story: 'JAMMED cleared with the bolt home by hand',
    play: (s) => jammed(s).at(40_000).turnBolt('extended').at(40_100).alarm('LockJammed', false).at(90_000),
  },
  {
    story: 'JAMMED cleared by time',
    play: (s) => jammed(s).at(50_000).alarm('LockJammed', false).at(60_000),
    brokenAt: [50_000],
  },
  {
    story: 'JAMMED left raised with the bolt home',
    play: (s) => jammed(s).at(40_000).turnBolt('extended').at(40_101).alarm('LockJammed', false).at(90_000),
    brokenAt: [40_100],
  },
]);
