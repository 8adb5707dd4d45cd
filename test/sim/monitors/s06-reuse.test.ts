import { judge } from './judge.js';
import { PARCEL, type Stage } from './stage.js';

const WALK = { ...PARCEL, id: 'walk', personId: 'walker', purpose: 'service', entries: 2 } as const;
const delivered = (s: Stage): Stage => s.at(10_000).retractForVisitor().travel('unlocked').at(20_000);

judge('S6', [
  { story: 'one entry', play: delivered },
  {
    story: 'the retries of one unlocking',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(11_000).motor('off').at(12_000).motor('retract').travel('unlocked'),
  },
  {
    story: 'the same intent handed over again within one unlocking',
    play: (s) =>
      s.at(10_000).retractForVisitor().at(11_000).motor('off').intend('unlocked', 'visit', 'parcel').at(12_000),
  },
  {
    story: 'two entries of a walk',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor(WALK)
        .travel('unlocked')
        .at(20_000)
        .enter('walk', 2, 'walker')
        .retractOnceRecorded('walk', 2),
  },
  {
    story: 'an entry granted again',
    play: (s) => delivered(s).intend('unlocked', 'visit', 'parcel'),
    brokenAt: [20_000],
  },
  {
    story: 'an entry granted again after a reboot',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .at(10_600)
        .host(false)
        .motor('off')
        .at(12_000)
        .host(true)
        .intend('unlocked', 'visit', 'parcel'),
    brokenAt: [12_000],
  },
  {
    story: 'an entry whose intent a crash undid before it was durable',
    play: (s) =>
      s
        .at(10_000)
        .announce()
        .enter()
        .store(false)
        .intend('unlocked', 'visit', 'parcel')
        .at(10_001)
        .host(false)
        .at(12_000)
        .host(true)
        .store(true)
        .intend('unlocked', 'visit', 'parcel'),
  },
  {
    story: 'an entry whose intent the store refused',
    play: (s) =>
      s
        .at(10_000)
        .announce()
        .enter()
        .store(false)
        .intend('unlocked', 'visit', 'parcel')
        .storeFault()
        .ended('unlocked', 'blockedByPolicy')
        .at(12_000)
        .store(true)
        .synced()
        .intend('unlocked', 'visit', 'parcel'),
  },
  {
    story: 'an entry that the grant does not have',
    play: (s) => delivered(s).intend('unlocked', 'visit', 'parcel', 2),
    brokenAt: [20_000],
  },
  {
    story: 'an entry of a replaced visit',
    play: (s) => s.at(10_000).announce().endVisit('replaced').at(12_000).intend('unlocked', 'visit', 'parcel'),
    brokenAt: [12_000],
  },
  {
    story: 'an ended visit announced again',
    play: (s) => delivered(s).endVisit('completed').at(30_000).announce(),
    brokenAt: [30_000],
  },
  {
    story: 'a retraction before the intent is durable',
    play: (s) =>
      s.at(10_000).announce().enter().store(false).at(10_400).intend('unlocked', 'visit', 'parcel').motor('retract'),
    brokenAt: [10_400],
  },

  {
    story: 'a household that unlocks twice, before the store is done',
    play: (s) =>
      s
        .store(false)
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(2000)
        .motor('off')
        .ended('unlocked')
        .at(5000)
        .intend('unlocked', 'remote')
        .motor('retract'),
  },
  {
    story: 'a relief reversal of a retraction',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .at(10_500)
        .motor('off')
        .at(10_600)
        .motor('extend')
        .at(10_800)
        .motor('off')
        .at(11_400)
        .motor('retract')
        .at(12_000),
  },

  {
    story: 'the sixteenth entry of a grant',
    play: (s) =>
      s
        .announce({ ...PARCEL, entries: 16 })
        .at(1000)
        .intend('unlocked', 'visit', 'parcel', 16)
        .at(2000),
  },
  {
    story: 'a seventeenth entry',
    play: (s) =>
      s
        .announce({ ...PARCEL, entries: 17 })
        .at(1000)
        .intend('unlocked', 'visit', 'parcel', 17)
        .at(2000),
    brokenAt: [1000],
  },
  {
    story: 'an entry before the first',
    play: (s) => s.announce().at(1000).intend('unlocked', 'visit', 'parcel', 0).at(2000),
    brokenAt: [1000],
  },
  {
    story: 'an entry granted again after a crash, the announcement told again',
    play: (s) => delivered(s).host(false).at(25_000).host(true).announce().intend('unlocked', 'visit', 'parcel'),
    brokenAt: [25_000],
  },
]);
