import { judge } from './judge.js';
import type { Stage } from './stage.js';

/** Power comes back at 5 s with the bolt between its ends. */
const boot = (s: Stage): Stage => s.at(1000).host(false).bolt('between').at(5000).host(true);

judge('L4', [
  { story: 'a bolt homed within 5 s', play: (s) => boot(s).at(9000).relock('homing').travel('locked').at(30_000) },
  {
    story: 'a bolt homed later',
    play: (s) => boot(s).at(9001).relock('homing').travel('locked').at(30_000),
    brokenAt: [10_000],
  },
  { story: 'an alarm that says why not', play: (s) => boot(s).at(10_000).alarm('SensorContradiction').at(30_000) },
  {
    story: 'a last result that says why not',
    play: (s) => boot(s).at(10_000).report('notFullyLocked', { lastResult: 'jammed' }).at(30_000),
  },
  {
    story: 'a report that says nothing',
    play: (s) => boot(s).at(9000).report('notFullyLocked').at(30_000),
    brokenAt: [10_000],
  },
  {
    story: 'an open door, homed within 5 s of its closing',
    play: (s) =>
      boot(s.moveDoor(false)).at(60_000).moveDoor(true).at(64_000).relock('homing').travel('locked').at(90_000),
  },
  {
    story: 'an open door, homed later',
    play: (s) =>
      boot(s.moveDoor(false)).at(60_000).moveDoor(true).at(64_001).relock('homing').travel('locked').at(90_000),
    brokenAt: [65_000],
  },
  {
    story: 'a bolt found retracted, homed within 5 s of the hold',
    play: (s) =>
      s
        .at(1000)
        .host(false)
        .bolt('retracted')
        .at(5000)
        .host(true)
        .at(19_000)
        .relock('homing')
        .travel('locked')
        .at(90_000),
  },
  {
    story: 'a bolt found retracted, homed later',
    play: (s) => s.at(1000).host(false).bolt('retracted').at(5000).host(true).at(90_000),
    brokenAt: [20_000],
  },
  {
    story: 'a bolt retracted as the journal has it, homed only after a hold',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .travel('unlocked')
        .host(false)
        .at(5000)
        .host(true)
        .at(14_000)
        .relock('homing')
        .travel('locked'),
    brokenAt: [10_000],
  },
  {
    story: 'a bolt retracted by an intent that a crash may have undone',
    play: (s) =>
      s
        .at(1000)
        .store(false)
        .intend('unlocked', 'remote')
        .motor('retract')
        .travel('unlocked')
        .host(false)
        .store(true)
        .at(5000)
        .host(true)
        .at(18_000)
        .relock('homing')
        .travel('locked'),
  },
  {
    story: 'a hand on the bolt',
    play: (s) =>
      boot(s).at(6000).hand('retract').at(60_000).hand('none').at(64_000).relock('homing').travel('locked').at(90_000),
  },
  {
    story: 'a link that is up only later',
    play: (s) => boot(s.link(false)).at(60_000).link(true).at(64_000).relock('homing').travel('locked').at(90_000),
  },
  {
    story: 'passage mode',
    play: (s) => boot(s.record({ kind: 'modeChanged', mode: 'passage', personId: 'owner' })).at(60_000),
  },
  {
    story: 'somebody let in meanwhile',
    play: (s) => boot(s).at(7000).intend('unlocked', 'remote').motor('retract').travel('unlocked').at(30_000),
  },
  {
    story: 'a bolt that was never away',
    play: (s) => s.at(1000).host(false).at(5000).host(true).at(9000).turnBolt('retracted').at(30_000),
  },

  {
    story: 'an alarm that says something else',
    play: (s) => boot(s).at(6000).alarm('DoorAjar').at(30_000),
    brokenAt: [10_000],
  },
  {
    story: 'another alarm that says something else',
    play: (s) => boot(s).at(6000).alarm('DepartureUnconfirmed').at(30_000),
    brokenAt: [10_000],
  },
  {
    story: 'an alarm cleared',
    play: (s) => boot(s.alarm('LockJammed')).at(6000).alarm('LockJammed', false).at(30_000),
    brokenAt: [10_000],
  },
  {
    story: 'a power cut just after, counted anew',
    play: (s) =>
      boot(s).at(8000).host(false).at(20_000).host(true).at(24_000).relock('homing').travel('locked').at(50_000),
  },
  {
    story: 'the end of passage mode, and no homing',
    play: (s) =>
      boot(s.record({ kind: 'modeChanged', mode: 'passage', personId: 'owner' }))
        .at(7000)
        .record({ kind: 'modeChanged', mode: 'normal', personId: 'owner' })
        .at(60_000),
    brokenAt: [10_000],
  },
]);
