import { judge } from './judge.js';

judge('S5', [
  {
    story: 'a drive stopped 100 ms after the opening',
    play: (s) => s.at(1000).relock().at(1500).door(false).at(1600).motor('off').at(9000),
  },
  {
    story: 'a drive that goes on',
    play: (s) => s.at(1000).relock().at(1500).door(false).at(1601).motor('off').at(9000),
    brokenAt: [1600],
  },
  {
    story: 'a door that closes again in time',
    play: (s) => s.at(1000).relock().at(1500).door(false).at(1590).door(true).at(2500),
  },
  {
    story: 'a drive that begins at an open door',
    play: (s) => s.at(1000).door(false).at(5000).relock().at(5001).motor('off'),
    brokenAt: [5000],
  },
  {
    story: 'a drive at a door that has just opened',
    play: (s) => s.at(1000).door(false).at(1050).relock().at(1100).motor('off').at(5000),
  },
  {
    story: 'a board that stops 600 ms after opening and link failure',
    play: (s) => s.at(1000).relock().at(1500).link(false).door(false).at(2100).motor('off').at(5000),
  },
  {
    story: 'a board that stops later',
    play: (s) => s.at(1000).relock().at(1500).link(false).door(false).at(2101).motor('off').at(5000),
    brokenAt: [2100],
  },
  {
    story: 'a retraction at an open door',
    play: (s) => s.at(1000).door(false).at(5000).intend('unlocked', 'remote').motor('retract').at(6000),
  },
  {
    story: 'what a contact stuck at closed hides',
    play: (s) =>
      s.fault('doorContact', 'stuckClosed', true).at(1000).relock().at(1500).door(false).at(2500).motor('off'),
  },
  {
    story: 'a drive at an open door, once the contact is mended',
    play: (s) =>
      s
        .fault('doorContact', 'stuckClosed', true)
        .at(1000)
        .fault('doorContact', 'stuckClosed', false)
        .door(false)
        .at(5000)
        .relock()
        .at(5200),
    brokenAt: [5000],
  },

  {
    story: 'a link that dies just after the opening',
    play: (s) => s.at(1000).relock().at(1500).door(false).at(1550).link(false).at(2150).motor('off').at(5000),
  },
]);
