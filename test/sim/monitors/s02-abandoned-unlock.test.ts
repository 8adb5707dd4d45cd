import { judge } from './judge.js';

judge('S2', [
  { story: 'a watched retraction', play: (s) => s.at(10_000).retractForVisitor().travel('unlocked') },
  {
    story: 'a retraction stopped 100 ms after the power went',
    play: (s) => s.at(10_000).retractForVisitor().at(10_700).cameraPower(false).at(10_800).motor('off').at(20_000),
  },
  {
    story: 'a retraction that goes on after the power went',
    play: (s) => s.at(10_000).retractForVisitor().at(10_700).cameraPower(false).at(10_801).motor('off').at(20_000),
    brokenAt: [10_800],
  },
  {
    story: 'a retraction that goes on with frozen frames',
    play: (s) => s.at(10_000).retractForVisitor().at(10_700).camera(false).at(12_000).motor('off'),
    brokenAt: [11_300],
  },
  {
    story: 'a retraction that goes on though the frames came back, too late',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(10_700).camera(false).at(11_500).camera(true).at(12_000).motor('off'),
    brokenAt: [11_300],
  },
  {
    story: 'frames that come back in time',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(10_700).camera(false).at(11_200).camera(true).at(12_000).motor('off'),
  },
  {
    story: 'a retraction that goes on unrecorded',
    play: (s) => s.at(10_000).retractForVisitor().at(10_700).recorder(false).at(12_700).motor('off'),
    brokenAt: [12_600],
  },
  {
    story: 'a board that stops 600 ms after the link died with the camera',
    play: (s) => s.at(10_000).retractForVisitor().at(10_700).link(false).cameraPower(false).at(11_300).motor('off'),
  },
  {
    story: 'a board that stops later than 600 ms after the link died with the camera',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(10_700).link(false).cameraPower(false).at(11_301).motor('off').at(11_400),
    brokenAt: [11_300],
  },
  {
    story: 'a household retraction without a camera',
    play: (s) => s.at(1000).cameraPower(false).at(9000).intend('unlocked', 'remote').motor('retract').at(10_000),
  },

  {
    story: 'a board that stops 600 ms after the link died, the camera lost before',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .at(10_700)
        .cameraPower(false)
        .at(10_750)
        .link(false)
        .at(11_350)
        .motor('off')
        .at(12_000),
  },
]);
