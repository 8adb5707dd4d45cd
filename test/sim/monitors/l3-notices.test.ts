import { judge } from './judge.js';
import { PARCEL, type Stage } from './stage.js';

const told = (s: Stage): Stage => s.notice(1, 'visitEnded', 'parcel');

judge('L3', [
  {
    story: 'an owner told within a minute',
    play: (s) => told(s.announce().at(5000).endVisit('denied').at(65_000)).at(90_000),
  },
  { story: 'an owner not told', play: (s) => s.announce().at(5000).endVisit('denied').at(90_000), brokenAt: [65_000] },
  {
    story: 'an owner told after an outage',
    play: (s) =>
      told(s.announce().network(false).at(5000).endVisit('denied').at(500_000).network(true).at(560_000)).at(900_000),
  },
  {
    story: 'an owner not told after an outage',
    play: (s) => s.announce().network(false).at(5000).endVisit('denied').at(500_000).network(true).at(900_000),
    brokenAt: [560_000],
  },
  {
    story: 'two ends told in order',
    play: (s) =>
      s
        .announce()
        .announce({ ...PARCEL, id: 'other' })
        .at(5000)
        .endVisit('denied')
        .endVisit('denied', 'other')
        .notice(1, 'visitEnded', 'parcel')
        .notice(2, 'visitEnded', 'other')
        .at(90_000),
  },
  {
    story: 'two ends told out of order',
    play: (s) =>
      s
        .announce()
        .announce({ ...PARCEL, id: 'other' })
        .at(5000)
        .endVisit('denied')
        .endVisit('denied', 'other')
        .notice(1, 'visitEnded', 'other')
        .notice(2, 'visitEnded', 'parcel')
        .at(90_000),
    brokenAt: [5000],
  },
  { story: 'a notice left out', play: (s) => s.at(5000).notice(1, 'announced').notice(3, 'atDoor'), brokenAt: [5000] },
  {
    story: 'notices repeated',
    play: (s) =>
      s
        .at(5000)
        .notice(1, 'announced')
        .notice(2, 'atDoor')
        .notice(1, 'announced')
        .notice(2, 'atDoor')
        .notice(3, 'rang'),
  },
  {
    story: 'notices that a summary carries',
    play: (s) =>
      s
        .announce()
        .at(5000)
        .endVisit('denied')
        .notice(1, 'announced')
        .notice(2, 'summary', null, '2 to 40')
        .notice(41, 'atDoor')
        .at(90_000),
  },
  {
    story: 'a notice left out after a summary',
    play: (s) => s.at(5000).notice(1, 'announced').notice(2, 'summary', null, '2 to 40').notice(42, 'atDoor'),
    brokenAt: [5000],
  },
  {
    story: 'only the worker told',
    play: (s) => {
      s.announce().at(5000).endVisit('denied');
      s.observers.notice(5000, { number: 1, to: 'worker', kind: 'visitEnded', visitId: 'parcel', detail: '' });
      return s.at(90_000);
    },
    brokenAt: [65_000],
  },
  {
    story: 'an owner told of its announcement only',
    play: (s) => s.announce().at(5000).endVisit('denied').notice(1, 'announced', 'parcel').at(90_000),
    brokenAt: [65_000],
  },
  {
    story: 'an owner told after the host was down',
    play: (s) =>
      told(s.announce().at(5000).endVisit('denied').host(false).at(500_000).host(true).at(560_000)).at(900_000),
  },
  {
    story: 'an owner told late, with a long queue before',
    play: (s) =>
      told(
        s
          .announce()
          .at(5000)
          .endVisit('denied')
          .at(60_000)
          .notice(1, 'announced')
          .at(110_000)
          .notice(1, 'announced')
          .at(160_000),
      ).at(900_000),
  },
]);
