import { judge } from './judge.js';
import type { Stage } from './stage.js';

const jammed = (s: Stage): Stage => s.at(1000).relock().bolt('between').at(1500).motor('off');

judge('S9', [
  {
    story: 'a report corrected within 100 ms',
    play: (s) => s.report('locked').at(1000).turnBolt('between').at(1100).report('notFullyLocked').at(5000),
  },
  {
    story: '"locked" with the bolt turned in',
    play: (s) => s.report('locked').at(1000).turnBolt('between').at(1101).report('notFullyLocked').at(5000),
    brokenAt: [1100],
  },
  {
    story: '"locked" with the door open',
    play: (s) => s.report('locked').at(1000).moveDoor(false).at(5000),
    brokenAt: [1100],
  },
  {
    story: '"locked" on command',
    play: (s) => s.at(1000).turnBolt('retracted').at(5000).report('locked').at(6000),
    brokenAt: [5100],
  },
  {
    story: '"locked" too early, by 100 ms',
    play: (s) => s.at(1000).turnBolt('between').at(5000).report('locked').at(5100).turnBolt('extended').at(9000),
  },
  { story: '"unlocked" after a jam', play: (s) => jammed(s).report('unlocked').at(5000), brokenAt: [1600] },
  { story: '"not fully locked" after a jam', play: (s) => jammed(s).report('notFullyLocked').at(5000) },
  { story: '"locked" after a jam', play: (s) => jammed(s).at(1600).report('locked').at(5000), brokenAt: [1700] },
  {
    story: '"unlocked" while the bolt travels',
    play: (s) => s.at(1000).turnBolt('retracted').report('unlocked').at(2000).relock().bolt('between').at(2500),
  },
  {
    story: 'a dead link reported as unknown within 600 ms',
    play: (s) => s.report('locked').at(1000).link(false).at(1600).report('unknown').at(5000),
  },
  {
    story: 'silence that stays "locked"',
    play: (s) => s.report('locked').at(1000).link(false).at(1601).report('unknown').at(5000),
    brokenAt: [1600],
  },
  {
    story: 'silence that becomes "unlocked"',
    play: (s) => s.at(1000).link(false).at(5000).report('unlocked').at(5001).report('unknown'),
    brokenAt: [5000],
  },
  {
    story: 'a dead host, which reports nothing',
    play: (s) => s.report('locked').at(1000).host(false).turnBolt('between').at(5000),
  },
  {
    story: 'a booted host that leaves its old report',
    play: (s) => s.report('locked').at(1000).host(false).turnBolt('between').at(5000).host(true).at(6000),
    brokenAt: [5100],
  },
  { story: '"assumed" beside "unknown"', play: (s) => s.report('unknown', { assumed: 'locked' }).at(5000) },
  {
    story: '"assumed" beside "locked"',
    play: (s) => s.at(1000).report('locked', { assumed: 'locked' }).at(5000),
    brokenAt: [1000],
  },
  {
    story: 'an entry granted with the position unknown',
    play: (s) => s.report('unknown').at(5000).intend('unlocked', 'visit', 'parcel'),
    brokenAt: [5000],
  },
  {
    story: 'an entry granted with the sensors in contradiction',
    play: (s) => s.alarm('SensorContradiction').at(5000).intend('unlocked', 'visit', 'parcel'),
    brokenAt: [5000],
  },
  {
    story: 'what a welded bolt switch hides',
    play: (s) => s.fault('extendedSwitch', 'stuckOn', true).report('locked').at(1000).turnBolt('between').at(5000),
  },
  {
    story: '"locked" left standing after the switch is mended',
    play: (s) =>
      s
        .fault('extendedSwitch', 'stuckOn', true)
        .report('locked')
        .at(1000)
        .turnBolt('between')
        .at(5000)
        .fault('extendedSwitch', 'stuckOn', false)
        .at(6000),
    brokenAt: [5100],
  },

  {
    story: 'a household entry with the position unknown',
    play: (s) => s.report('unknown').at(5000).intend('unlocked', 'remote').at(6000),
  },
  {
    story: 'an entry granted 100 ms after the position became unknown',
    play: (s) => s.at(5000).report('unknown').at(5100).intend('unlocked', 'visit', 'parcel').at(6000),
  },
  {
    story: 'an entry granted once the position is known',
    play: (s) => s.report('unknown').at(5000).report('locked').intend('unlocked', 'visit', 'parcel').at(5050),
  },
  {
    story: '"locked" with the bolt turned in, and then the door opened',
    play: (s) => s.report('locked').at(1000).turnBolt('between').at(1090).moveDoor(false).at(5000),
    brokenAt: [1100],
  },
  {
    story: '"locked" while the link dies with the bolt turned in',
    play: (s) =>
      s.report('locked').at(1000).turnBolt('between').at(1050).link(false).at(1650).report('unknown').at(5000),
  },
  {
    story: '"locked" twice, wrong both times',
    play: (s) =>
      s
        .report('locked')
        .at(1000)
        .turnBolt('between')
        .at(2000)
        .turnBolt('extended')
        .at(3000)
        .turnBolt('between')
        .at(4000),
    brokenAt: [1100, 3100],
  },
]);
