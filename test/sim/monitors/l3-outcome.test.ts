import { judge } from './judge.js';
import { PARCEL, START_UTC_MS, type Stage } from './stage.js';

const untilMs = PARCEL.untilUtcMs - START_UTC_MS;
const GUEST = { ...PARCEL, purpose: 'guest' } as const;
const WALK = { ...PARCEL, purpose: 'service', entries: 2 } as const;
const depart = { kind: 'depart', personId: 'courier', visitId: 'parcel' } as const;

/** Open from 14 to 20 s, home at 21.36 s. */
const delivered = (s: Stage, grant = PARCEL): Stage =>
  s
    .at(10_000)
    .retractForVisitor(grant)
    .travel('unlocked')
    .at(14_000)
    .moveDoor(false)
    .at(20_000)
    .moveDoor(true)
    .at(20_300)
    .relock()
    .travel('locked');
const told = (s: Stage): Stage => s.notice(1, 'visitEnded', 'parcel');
/** Out by the thumb-turn, and locked again. */
const leave = (s: Stage): Stage =>
  s
    .at(40_000)
    .turnBolt('between')
    .at(40_500)
    .turnBolt('retracted')
    .at(42_000)
    .moveDoor(false)
    .at(44_000)
    .moveDoor(true)
    .at(44_300)
    .relock()
    .travel('locked');

judge('L3', [
  {
    story: 'a departure stated',
    play: (s) => told(delivered(s).request(depart).endVisit('completed', 'parcel', 6000)).at(900_000),
  },
  {
    story: 'a departure shown',
    play: (s) => told(leave(delivered(s)).endVisit('completed', 'parcel', 8000)).at(900_000),
  },
  {
    story: '"completed" without a departure',
    play: (s) => told(delivered(s).endVisit('completed', 'parcel', 6000)),
    brokenAt: [21_360],
  },
  {
    story: '"completed" with a departure refused',
    play: (s) => told(delivered(s).request(depart).refused('depart', 'courier').endVisit('completed', 'parcel', 6000)),
    brokenAt: [21_360],
  },
  {
    story: "a guest's visit completed with the bolt home",
    play: (s) => told(delivered(s, GUEST).endVisit('completed', 'parcel', 6000)),
  },
  {
    story: '"completed" with the door unlocked',
    play: (s) =>
      told(
        s
          .at(10_000)
          .retractForVisitor(GUEST)
          .travel('unlocked')
          .at(14_000)
          .moveDoor(false)
          .at(20_000)
          .moveDoor(true)
          .endVisit('completed', 'parcel', 6000),
      ),
    brokenAt: [20_000],
  },
  {
    story: '"completed" with a door that never opened',
    play: (s) =>
      told(
        s
          .at(10_000)
          .retractForVisitor(GUEST)
          .travel('unlocked')
          .at(20_000)
          .relock()
          .travel('locked')
          .endVisit('completed'),
      ),
    brokenAt: [21_060],
  },
  {
    story: '"not entered" with a door that opened',
    play: (s) => told(delivered(s).endVisit('notEntered', 'parcel', 6000)),
    brokenAt: [21_360],
  },
  {
    story: '"left unlocked" with the door locked',
    play: (s) => told(delivered(s).at(80_000).endVisit('leftUnlocked', 'parcel', 6000)),
    brokenAt: [80_000],
  },
  {
    story: '"departure unconfirmed" and its alarm',
    play: (s) =>
      told(
        delivered(s)
          .at(80_000)
          .endVisit('departureUnconfirmed', 'parcel', 6000)
          .at(80_100)
          .alarm('DepartureUnconfirmed'),
      ).at(90_000),
  },
  {
    story: '"departure unconfirmed" without its alarm',
    play: (s) => told(delivered(s).at(80_000).endVisit('departureUnconfirmed', 'parcel', 6000)).at(90_000),
    brokenAt: [80_100],
  },
  {
    story: '"departure unconfirmed" after a departure',
    play: (s) =>
      told(
        delivered(s)
          .request(depart)
          .at(80_000)
          .endVisit('departureUnconfirmed', 'parcel', 6000)
          .alarm('DepartureUnconfirmed'),
      ).at(90_000),
    brokenAt: [80_000],
  },
  {
    story: 'a door open for longer than told',
    play: (s) => told(delivered(s).request(depart).endVisit('completed', 'parcel', 5799)),
    brokenAt: [21_360],
  },
  {
    story: 'a delivery claimed by nobody',
    play: (s) =>
      told(
        delivered(s).request(depart).record({
          kind: 'visitEnded',
          visitId: 'parcel',
          outcome: 'completed',
          entriesSpent: 1,
          doorOpenMs: 6000,
          jams: 0,
          deliveryClaimed: true,
        }),
      ),
    brokenAt: [21_360],
  },
  {
    story: 'a delivery claimed',
    play: (s) =>
      told(
        delivered(s)
          .request(depart)
          .request({ kind: 'claimDelivered', personId: 'courier', visitId: 'parcel' })
          .record({
            kind: 'visitEnded',
            visitId: 'parcel',
            outcome: 'completed',
            entriesSpent: 1,
            doorOpenMs: 6000,
            jams: 0,
            deliveryClaimed: true,
          }),
      ),
  },
  {
    story: 'a delivery that ends 61 s after the closing',
    play: (s) =>
      told(delivered(s).at(81_000).endVisit('departureUnconfirmed', 'parcel', 6000).alarm('DepartureUnconfirmed')).at(
        90_000,
      ),
  },
  {
    story: 'a delivery that ends later',
    play: (s) =>
      told(delivered(s).at(81_001).endVisit('departureUnconfirmed', 'parcel', 6000).alarm('DepartureUnconfirmed')).at(
        90_000,
      ),
    brokenAt: [81_000],
  },
  {
    story: 'a second end',
    play: (s) =>
      told(
        delivered(s)
          .request(depart)
          .endVisit('completed', 'parcel', 6000)
          .at(30_000)
          .endVisit('completed', 'parcel', 6000),
      ),
    brokenAt: [30_000],
  },
  {
    story: 'an end that a crash undid',
    play: (s) =>
      told(
        s
          .announce()
          .at(5000)
          .store(false)
          .endVisit('denied')
          .host(false)
          .host(true)
          .store(true)
          .endVisit('interrupted'),
      ).at(90_000),
  },
  {
    story: 'a visit ended 5 minutes after its window',
    play: (s) =>
      told(
        s
          .announce()
          .at(untilMs + 300_000)
          .endVisit('missed'),
      ).at(untilMs + 900_000),
  },
  { story: 'a visit that never ends', play: (s) => s.announce().at(untilMs + 300_001), brokenAt: [untilMs + 300_000] },
  {
    story: 'a visit that never ends by a calendar that is unset',
    play: (s) =>
      s
        .announce()
        .fault('calendar', 'unset', true)
        .at(untilMs + 300_001),
  },
  {
    story: 'a visit whose announcement a crash undid',
    play: (s) =>
      s
        .store(false)
        .announce()
        .host(false)
        .host(true)
        .store(true)
        .at(untilMs + 900_000),
  },
  {
    story: 'a departure shown, its statement refused',
    play: (s) =>
      told(leave(delivered(s)).request(depart).refused('depart', 'courier').endVisit('completed', 'parcel', 8000)).at(
        900_000,
      ),
  },
  {
    story: 'a departure that somebody else stated',
    play: (s) =>
      told(
        delivered(s)
          .request({ ...depart, personId: 'thief' })
          .endVisit('completed', 'parcel', 6000),
      ),
    brokenAt: [21_360],
  },
  {
    story: 'a departure stated for another visit',
    play: (s) =>
      told(
        delivered(s)
          .request({ ...depart, visitId: 'other' })
          .endVisit('completed', 'parcel', 6000),
      ),
    brokenAt: [21_360],
  },
  {
    story: 'a departure stated before the entry',
    play: (s) =>
      told(
        s
          .at(9000)
          .announce()
          .enter()
          .request(depart)
          .at(10_000)
          .retractOnceRecorded()
          .travel('unlocked')
          .at(14_000)
          .moveDoor(false)
          .at(20_000)
          .moveDoor(true)
          .at(20_300)
          .relock()
          .travel('locked')
          .endVisit('completed', 'parcel', 6000),
      ),
    brokenAt: [21_360],
  },
  {
    story: 'a second entry that nobody used, "not entered"',
    play: (s) =>
      told(
        s
          .at(10_000)
          .retractForVisitor(WALK)
          .travel('unlocked')
          .at(14_000)
          .moveDoor(false)
          .at(20_000)
          .moveDoor(true)
          .at(20_300)
          .relock()
          .travel('locked')
          .at(30_000)
          .enter('parcel', 2)
          .retractOnceRecorded('parcel', 2)
          .travel('unlocked')
          .at(61_600)
          .relock()
          .travel('locked')
          .endVisit('notEntered', 'parcel', 6000),
      ),
  },
  {
    story: 'a door that opened for less than 100 ms, "not entered"',
    play: (s) =>
      told(
        s
          .at(10_000)
          .retractForVisitor()
          .travel('unlocked')
          .at(14_000)
          .moveDoor(false)
          .at(14_050)
          .moveDoor(true)
          .at(14_400)
          .relock()
          .travel('locked')
          .endVisit('notEntered'),
      ),
  },
  {
    story: "a delivery whose host was down at the stay's end",
    play: (s) =>
      told(
        delivered(s)
          .at(30_000)
          .host(false)
          .at(100_000)
          .host(true)
          .at(161_000)
          .endVisit('departureUnconfirmed', 'parcel', 6000)
          .alarm('DepartureUnconfirmed'),
      ),
  },
  {
    story: 'a walk that lasts for hours',
    play: (s) =>
      told(
        s
          .at(10_000)
          .retractForVisitor(WALK)
          .travel('unlocked')
          .at(14_000)
          .moveDoor(false)
          .at(20_000)
          .moveDoor(true)
          .at(20_300)
          .relock()
          .travel('locked')
          .at(500_000)
          .endVisit('departureUnconfirmed', 'parcel', 6000)
          .alarm('DepartureUnconfirmed'),
      ),
  },
  {
    story: 'a visit that never ends because the host is down',
    play: (s) =>
      s
        .announce()
        .at(5000)
        .host(false)
        .at(untilMs + 900_000),
  },
  {
    story: 'a visit ended 5 minutes after the host is up',
    play: (s) =>
      told(
        s
          .announce()
          .host(false)
          .at(untilMs + 900_000)
          .host(true)
          .at(untilMs + 1_200_000)
          .endVisit('missed'),
      ),
  },
]);
