import { judge } from './judge.js';

judge('S4', [
  { story: 'a drive of 3 s', play: (s) => s.at(1000).relock().at(4000).motor('off').at(9000) },
  { story: 'a longer drive', play: (s) => s.at(1000).relock().at(4001).motor('off').at(9000), brokenAt: [4000] },
  {
    story: 'a reversal after 50 ms of coast',
    play: (s) => s.at(1000).relock().at(1500).motor('off').at(1550).motor('retract').at(1600).motor('off'),
  },
  {
    story: 'a reversal after less coast',
    play: (s) => s.at(1000).relock().at(1500).motor('off').at(1549).motor('retract').at(1600).motor('off'),
    brokenAt: [1549],
  },
  {
    story: 'a reversal without any coast',
    play: (s) => s.at(1000).relock().at(1500).motor('retract').at(1600).motor('off'),
    brokenAt: [1500],
  },
  {
    story: 'both directions at once, from rest',
    play: (s) => s.at(1000).intend('locked', 'visit').motor('both').at(1600).motor('off'),
    brokenAt: [1000],
  },
  {
    story: 'the other direction switched on beside the first',
    play: (s) => s.at(1000).relock().at(1500).motor('both').at(1501).motor('off'),
    brokenAt: [1500],
  },
  {
    story: 'another drive the same way without coast',
    play: (s) => s.at(1000).relock().at(1500).motor('off').at(1510).motor('extend').at(1600).motor('off'),
  },
  {
    story: 'a stall of 250 ms',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1750).motor('off').stalled(false).at(9000),
  },
  {
    story: 'a longer stall',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1751).motor('off').stalled(false).at(9000),
    brokenAt: [1750],
  },
  {
    story: 'a long stall that a shorted motor sense hides',
    play: (s) => s.fault('motorSense', 'shorted', true).at(1000).relock().at(1500).stalled(true).at(2900).motor('off'),
  },
  {
    story: 'a drive without an intent',
    play: (s) => s.at(1000).motor('extend').at(1500).motor('off'),
    brokenAt: [1000],
  },
  {
    story: 'a drive after the movement ended',
    play: (s) => s.at(1000).relock().travel('locked').at(5000).motor('extend').at(5100).motor('off'),
    brokenAt: [5000],
  },
  {
    story: 'a drive that outlasts its movement',
    play: (s) => s.at(1000).relock().at(1500).ended('locked').at(1601).motor('off').at(5000),
    brokenAt: [1600],
  },
  {
    story: 'a drive that a boot finds running and stops',
    play: (s) => s.at(1000).relock().at(1500).host(false).at(1550).host(true).at(1650).motor('off').at(5000),
  },
  {
    story: 'a drive that a boot finds running and lets run',
    play: (s) => s.at(1000).relock().at(1500).host(false).at(1550).host(true).at(1651).motor('off').at(5000),
    brokenAt: [1650],
  },
  {
    story: 'a drive that the board stops, the movement given up with the link',
    play: (s) => s.at(1000).relock().at(1500).link(false).at(1550).ended('locked', 'interrupted').at(2100).motor('off'),
  },
  {
    story: 'a drive still running when the link returns',
    play: (s) =>
      s
        .at(1000)
        .relock()
        .at(1500)
        .link(false)
        .at(1550)
        .ended('locked', 'interrupted')
        .at(1700)
        .link(true)
        .at(1801)
        .motor('off')
        .at(5000),
    brokenAt: [1800],
  },
  {
    story: 'a drive after a boot without a new intent',
    play: (s) => s.at(1000).relock().at(1500).motor('off').host(false).at(1600).host(true).at(2100).motor('extend'),
    brokenAt: [2100],
  },
  {
    story: 'a drive that ends 600 ms after the host died',
    play: (s) => s.at(1000).relock().at(1500).host(false).at(2100).motor('off').at(5000),
  },
  {
    story: 'a drive that ends later after the host died',
    play: (s) => s.at(1000).relock().at(1500).host(false).at(2101).motor('off').at(5000),
    brokenAt: [2100],
  },
  {
    story: 'a drive that ends later after the link died',
    play: (s) => s.at(1000).relock().at(1500).link(false).at(2101).motor('off').at(5000),
    brokenAt: [2100],
  },
  {
    story: 'a drive that begins long after the link died',
    play: (s) => s.at(1000).link(false).at(5000).relock().at(5010).motor('off').at(6000),
    brokenAt: [5000],
  },

  {
    story: 'a stall that a moment of motion interrupts',
    play: (s) =>
      s
        .at(1000)
        .relock()
        .at(1500)
        .stalled(true)
        .at(1700)
        .stalled(false)
        .at(1750)
        .stalled(true)
        .at(1950)
        .motor('off')
        .at(5000),
  },
  {
    story: 'a stall told twice',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1700).stalled(true).at(1751).motor('off').at(5000),
    brokenAt: [1750],
  },
  {
    story: 'a drive that begins where the last one stalled',
    play: (s) =>
      s.at(1000).relock().at(1500).stalled(true).at(1700).motor('off').at(1760).motor('retract').at(2100).motor('off'),
  },
  {
    story: 'a stall that the board ends 600 ms after the link died',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1600).link(false).at(2200).motor('off').at(5000),
  },
  {
    story: 'a stall that the board ends later',
    play: (s) => s.at(1000).relock().at(1500).stalled(true).at(1600).link(false).at(2201).motor('off').at(5000),
    brokenAt: [2200, 2200],
  },
  {
    story: 'a drive begun just after the link died',
    play: (s) => s.at(1000).link(false).at(1300).relock().at(1600).motor('off').at(5000),
  },
  {
    story: 'a drive begun just after the link died, and 600 ms later still running',
    play: (s) => s.at(1000).link(false).at(1300).relock().at(1601).motor('off').at(5000),
    brokenAt: [1600],
  },
  {
    story: 'a link that returns while the motor runs',
    play: (s) => s.at(1000).relock().at(1100).link(false).at(1200).link(true).at(3000).motor('off'),
  },
  {
    story: 'a drive taken up by the next intent',
    play: (s) =>
      s
        .at(1000)
        .relock()
        .at(1500)
        .ended('locked', 'interrupted')
        .at(1550)
        .intend('locked', 'auto')
        .at(2500)
        .motor('off'),
  },
  {
    story: 'a drive that ends with its movement',
    play: (s) => s.at(1000).relock().at(1500).ended('locked').at(1600).motor('off').at(5000),
  },
]);
