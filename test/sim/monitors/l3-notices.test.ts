import { judge } from './judge.js';
import type { Recipient } from '../../../hal/contracts/notices.js';
import type { Issuance } from '../../../firmware/access/authority.js';
import { PARCEL, type Stage } from './stage.js';

const told = (s: Stage): Stage => s.notice(1, 'visitEnded', 'parcel');

const ISSUANCE: Issuance = {
  providerId: 'acme',
  keyId: 'k1',
  workerName: 'Carla',
  photo: null,
  deviceX: 'x',
  deviceId: 'd',
  issuedUtcMs: 0,
  expiresUtcMs: 1,
  certificates: [],
};

const ended = (s: Stage): Stage =>
  told(
    s
      .announce({ ...PARCEL, issuance: ISSUANCE })
      .at(5000)
      .endVisit('denied'),
  );

function tell(s: Stage, to: Recipient, number: number, kind: 'visitEnded' | 'unlocked' | 'summary'): Stage {
  const detail = kind === 'summary' ? `1-${number}` : '';
  s.observers.notice(5000, { number, to, kind, visitId: kind === 'summary' ? null : 'parcel', detail, utcMs: null });
  return s;
}

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
      s.observers.notice(5000, {
        number: 1,
        to: 'worker',
        kind: 'visitEnded',
        visitId: 'parcel',
        detail: '',
        utcMs: null,
      });
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
  {
    story: 'a provider told how a visit of its own ended, by numbers of its own',
    play: (s) => {
      ended(s);
      tell(s, 'owner', 2, 'unlocked');
      tell(s, 'provider:acme', 1, 'visitEnded');
      tell(s, 'provider:acme', 40, 'summary');
      tell(s, 'provider:acme', 41, 'visitEnded');
      return tell(s, 'worker', 3, 'unlocked').at(90_000);
    },
  },
  {
    story: 'a provider told of another’s visit',
    play: (s) => tell(ended(s), 'provider:other', 1, 'visitEnded'),
    brokenAt: [5000],
  },
  {
    story: 'a provider told of a visit by the owner’s own grant',
    play: (s) => tell(told(s.announce().at(5000).endVisit('denied')), 'provider:acme', 1, 'visitEnded'),
    brokenAt: [5000],
  },
  {
    story: 'a provider told more than the outcome',
    play: (s) => tell(ended(s), 'provider:acme', 1, 'unlocked'),
    brokenAt: [5000],
  },
  {
    story: 'a notice left out in a provider’s stream',
    play: (s) => tell(tell(ended(s), 'provider:acme', 1, 'visitEnded'), 'provider:acme', 3, 'visitEnded'),
    brokenAt: [5000],
  },
  {
    story: 'an owner not told, although the provider was',
    play: (s) => {
      s.announce({ ...PARCEL, issuance: ISSUANCE })
        .at(5000)
        .endVisit('denied');
      return tell(s, 'provider:acme', 1, 'visitEnded').at(90_000);
    },
    brokenAt: [65_000],
  },
]);
