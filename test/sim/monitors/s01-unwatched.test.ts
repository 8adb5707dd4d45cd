import { judge } from './judge.js';

judge('S1', [
  { story: 'a watched retraction', play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(20_000) },
  {
    story: 'a retraction with the camera unpowered',
    play: (s) => s.at(10_000).announce().enter().cameraPower(false).retractOnceRecorded(),
    brokenAt: [10_500],
  },
  {
    story: 'a retraction 100 ms after the power went',
    play: (s) =>
      s
        .at(10_000)
        .announce()
        .enter()
        .at(10_400)
        .cameraPower(false)
        .at(10_500)
        .intend('unlocked', 'visit', 'parcel')
        .motor('retract'),
  },
  {
    story: 'a retraction 600 ms after the newest frame',
    play: (s) => s.at(10_000).announce().enter().at(10_100).camera(false).at(10_200).retractOnceRecorded(),
  },
  {
    story: 'a retraction 601 ms after the newest frame',
    play: (s) => s.at(10_000).announce().enter().at(10_100).camera(false).at(10_201).retractOnceRecorded(),
    brokenAt: [10_701],
  },
  {
    story: 'a retraction with no confirmed frame of this entry',
    play: (s) => s.at(10_000).announce().recorder(false).enter().retractOnceRecorded(),
    brokenAt: [10_500],
  },
  {
    story: 'a retraction with the newest confirmed frame just 2.1 s old',
    play: (s) => s.at(10_000).announce().enter().at(10_300).recorder(false).at(11_700).retractOnceRecorded(),
  },
  {
    story: 'a retraction with the newest confirmed frame more than 2.1 s old',
    play: (s) => s.at(10_000).announce().enter().at(10_300).recorder(false).at(11_701).retractOnceRecorded(),
    brokenAt: [12_201],
  },
  {
    story: 'a retry of the retraction after the camera was lost',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(10_700).motor('off').cameraPower(false).at(11_200).motor('retract'),
    brokenAt: [11_200],
  },
  {
    story: 'a household retraction without a camera',
    play: (s) => s.at(1000).cameraPower(false).at(9000).intend('unlocked', 'remote').motor('retract'),
  },
  {
    story: 'a relief reversal of 0.4 s',
    play: (s) => s.at(1000).intend('locked', 'visit').bolt('between').motor('retract').at(1400).motor('off').at(2000),
  },
  {
    story: 'a longer relief reversal',
    play: (s) => s.at(1000).intend('locked', 'visit').bolt('between').motor('retract').at(1401).motor('off').at(2000),
    brokenAt: [1400],
  },
  {
    story: 'a relief reversal that reaches the retracted switch',
    play: (s) => s.at(1000).intend('locked', 'visit').bolt('between').motor('retract').at(1200).bolt('retracted'),
    brokenAt: [1200],
  },
  {
    story: 'a hand that turns the bolt all the way in during a relief reversal',
    play: (s) =>
      s.at(1000).intend('locked', 'visit').bolt('between').motor('retract').hand('retract').at(1200).bolt('retracted'),
  },

  {
    story: 'a hand that brings the bolt in between the drives of a relock',
    play: (s) => s.at(1000).relock().bolt('between').at(1200).motor('off').hand('retract').bolt('retracted').at(2000),
  },
  {
    story: 'a relock that begins at the retracted switch',
    play: (s) =>
      s
        .at(1000)
        .turnBolt('retracted')
        .at(20_000)
        .relock()
        .bolt('between')
        .at(20_100)
        .bolt('retracted')
        .at(21_000)
        .motor('off'),
  },
  {
    story: 'a relief reversal that a dead link prolongs to 600 ms',
    play: (s) =>
      s
        .at(1000)
        .intend('locked', 'visit')
        .bolt('between')
        .motor('retract')
        .at(1200)
        .link(false)
        .at(1800)
        .motor('off')
        .at(3000),
  },
  {
    story: 'a relief reversal that a dead link prolongs further',
    play: (s) =>
      s
        .at(1000)
        .intend('locked', 'visit')
        .bolt('between')
        .motor('retract')
        .at(1200)
        .link(false)
        .at(1801)
        .motor('off')
        .at(3000),
    brokenAt: [1800],
  },
]);
