import { judge } from './judge.js';
import { PARCEL } from './stage.js';

const OTHER = { ...PARCEL, id: 'other' } as const;
const unlock = { kind: 'unlock', personId: 'kid', by: 'app' } as const;
const revoke = { kind: 'revoke', personId: 'owner', target: { kind: 'grant', id: 'parcel' } } as const;
const vacation = { kind: 'setMode', personId: 'owner', mode: 'vacation' } as const;

judge('S8', [
  {
    story: 'an unlock request granted within 100 ms',
    play: (s) => s.at(1000).request(unlock).at(1100).intend('unlocked', 'remote').at(5000),
  },
  {
    story: 'an unlock request refused within 100 ms',
    play: (s) => s.at(1000).request(unlock).at(1100).refused('unlock', 'kid').at(5000),
  },
  { story: 'an unlock request without an answer', play: (s) => s.at(1000).request(unlock).at(5000), brokenAt: [1100] },
  { story: 'an unlock request while unlocked', play: (s) => s.at(1000).turnBolt('retracted').request(unlock).at(5000) },
  {
    story: 'an entry without an answer',
    play: (s) =>
      s
        .at(1000)
        .announce()
        .at(2000)
        .request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 })
        .at(5000),
    brokenAt: [2100],
  },
  {
    story: 'a repeated entry',
    play: (s) =>
      s
        .at(1000)
        .announce()
        .enter()
        .request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 })
        .at(5000),
  },
  {
    story: 'an announcement without an answer',
    play: (s) =>
      s
        .at(1000)
        .request({
          kind: 'announceVisit',
          grant: {
            id: 'walk',
            personId: 'walker',
            doorId: 'front',
            purpose: 'service',
            fromUtcMs: 0,
            untilUtcMs: 1,
            entries: 1,
            issuance: null,
          },
        })
        .at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a revocation without an answer',
    play: (s) => s.announce().at(1000).request(revoke).at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a revocation recorded, and repeated',
    play: (s) =>
      s
        .announce()
        .at(1000)
        .request(revoke)
        .record({ kind: 'revoked', target: { kind: 'grant', id: 'parcel' }, personId: 'owner' })
        .at(2000)
        .request(revoke)
        .at(5000),
  },
  { story: 'a mode without an answer', play: (s) => s.at(1000).request(vacation).at(5000), brokenAt: [1100] },
  {
    story: 'a mode recorded, and repeated',
    play: (s) =>
      s
        .at(1000)
        .request(vacation)
        .record({ kind: 'modeChanged', mode: 'vacation', personId: 'owner' })
        .at(2000)
        .request(vacation)
        .at(5000),
  },
  { story: 'a request that meets a dead host', play: (s) => s.host(false).at(1000).request(unlock).at(5000) },
  { story: 'a request that a crash cuts short', play: (s) => s.at(1000).request(unlock).at(1050).host(false).at(5000) },
  {
    story: 'an alarm recorded',
    play: (s) => s.at(1000).alarm('BatteryLow').at(5000).alarm('BatteryLow', false).at(9000),
  },
  {
    story: 'an alarm not recorded',
    play: (s) => s.at(1000).unrecordedAlarm('BatteryLow').at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a cleared alarm not recorded',
    play: (s) => s.alarm('BatteryLow').at(1000).unrecordedAlarm('BatteryLow', false).at(5000),
    brokenAt: [1100],
  },
  {
    story: 'an alarm told again after a boot',
    play: (s) => s.alarm('BatteryLow').at(1000).host(false).host(true).unrecordedAlarm('BatteryLow').at(5000),
  },
  { story: 'a number left out', play: (s) => s.at(1000).recordAs(3, { kind: 'booted' }), brokenAt: [1000] },
  {
    story: 'a number used again without a boot',
    play: (s) => s.store(false).recordAs(2, { kind: 'booted' }).at(1000).recordAs(2, { kind: 'booted' }).synced(),
    brokenAt: [1000],
  },
  {
    story: 'numbers that go on after a boot with the last durable one',
    play: (s) =>
      s
        .store(false)
        .recordAs(2, { kind: 'booted' })
        .recordAs(3, { kind: 'booted' })
        .at(500)
        .host(false)
        .host(true)
        .recordAs(2, { kind: 'booted' })
        .synced()
        .at(5000),
  },
  {
    story: 'an acknowledged number used again after a boot',
    play: (s) => s.recordAs(2, { kind: 'booted' }).at(500).host(false).host(true).recordAs(2, { kind: 'booted' }),
    brokenAt: [500],
  },
  {
    story: 'a record durable after a second',
    play: (s) => s.store(false).at(1000).record({ kind: 'booted' }).at(2000).synced().at(5000),
  },
  {
    story: 'a record durable later',
    play: (s) => s.store(false).at(1000).record({ kind: 'booted' }).at(2001).synced().at(5000),
    brokenAt: [2000],
  },
  {
    story: 'lost evidence while the store is reported as failed',
    play: (s) => s.at(1000).store(false).storeFault().alarm('StoreFailed').door(false).at(5000),
  },
  { story: 'a failed store not reported', play: (s) => s.at(1000).storeFault().at(5000), brokenAt: [1100] },
  {
    story: 'lost evidence once the store is well again',
    play: (s) => s.at(1000).storeFault().alarm('StoreFailed').at(2000).synced().door(false).at(5000),
    brokenAt: [2100],
  },
  {
    story: 'a number used again after the store refused it',
    play: (s) =>
      s
        .store(false)
        .recordAs(2, { kind: 'booted' })
        .storeFault()
        .alarm('StoreFailed')
        .recordAs(2, { kind: 'booted' })
        .store(true)
        .synced()
        .at(5000),
  },
  {
    story: 'an alarm that a crash cuts short',
    play: (s) => s.at(1000).unrecordedAlarm('BatteryLow').at(1050).host(false).at(2000).host(true).at(5000),
  },
  {
    story: 'two alarms, one not recorded',
    play: (s) => s.at(1000).alarm('BatteryLow').unrecordedAlarm('DoorAjar').at(5000),
    brokenAt: [1100],
  },
  {
    story: 'an alarm recorded late, but within 100 ms',
    play: (s) =>
      s.at(1000).unrecordedAlarm('BatteryLow').at(1100).record({ kind: 'alarmRaised', alarm: 'BatteryLow' }).at(5000),
  },
  {
    story: 'a failed store whose alarm is only cleared',
    play: (s) =>
      s
        .alarm('DoorAjar')
        .at(1000)
        .store(false)
        .storeFault()
        .alarm('DoorAjar', false)
        .at(1100)
        .unrecordedAlarm('StoreFailed', false)
        .at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a failed store that a crash forgets',
    play: (s) => s.at(1000).store(false).storeFault().at(1050).host(false).at(5000),
  },
  {
    story: 'a store already reported as failed, failing again',
    play: (s) => s.at(1000).store(false).storeFault().alarm('StoreFailed').at(2000).storeFault().at(5000),
  },
  {
    story: 'a refused request among others',
    play: (s) => s.at(1000).request(unlock).request(vacation).refused('unlock', 'kid').at(5000),
    brokenAt: [1100],
  },

  {
    story: 'an announcement answered by another',
    play: (s) =>
      s
        .announce()
        .at(1000)
        .request({ kind: 'announceVisit', grant: OTHER })
        .at(1050)
        .record({ kind: 'visitAnnounced', grant: PARCEL })
        .at(5000),
    brokenAt: [1100],
  },
  {
    story: 'an announcement granted within 100 ms',
    play: (s) =>
      s
        .at(1000)
        .request({ kind: 'announceVisit', grant: OTHER })
        .at(1100)
        .record({ kind: 'visitAnnounced', grant: OTHER })
        .at(5000),
  },
  {
    story: 'an entry answered by another',
    play: (s) =>
      s
        .announce({ ...PARCEL, entries: 2 })
        .at(1000)
        .request({ kind: 'enter', personId: 'courier', visitId: 'parcel', entry: 1 })
        .record({ kind: 'entryAccepted', visitId: 'other', entry: 1 })
        .record({ kind: 'entryAccepted', visitId: 'parcel', entry: 2 })
        .at(5000),
    brokenAt: [1100],
  },
  {
    story: 'an unlock request answered by a relock',
    play: (s) => s.at(1000).request(unlock).intend('locked', 'auto').at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a revocation answered by another',
    play: (s) =>
      s
        .announce()
        .at(1000)
        .request(revoke)
        .record({ kind: 'revoked', target: { kind: 'grant', id: 'other' }, personId: 'owner' })
        .at(5000),
    brokenAt: [1100],
  },
  {
    story: 'a mode answered by another',
    play: (s) =>
      s.at(1000).request(vacation).record({ kind: 'modeChanged', mode: 'privacy', personId: 'owner' }).at(5000),
    brokenAt: [1100],
  },
  {
    story: 'two requests answered out of order',
    play: (s) =>
      s
        .at(1000)
        .request(vacation)
        .request(unlock)
        .intend('unlocked', 'remote')
        .record({ kind: 'modeChanged', mode: 'vacation', personId: 'owner' })
        .at(5000),
  },
]);
