import { expect } from 'chai';
import type { Notice } from '../../../hal/contracts/notices.js';
import type { LockReport } from '../../../hal/contracts/report.js';
import { TraceDigest } from '../../../sim/report/digest.js';
import { FanOut } from '../../../sim/fan-out.js';
import { tellSyntheticVisit } from './synthetic-visit.js';
import type { SyntheticVisitOptions } from './synthetic-visit.js';

function hashOf(options: SyntheticVisitOptions = {}): string {
  const digest = new TraceDigest();
  tellSyntheticVisit(new FanOut([digest]), options);
  return digest.hash();
}

/** The hashes of what each of the tellings tells. */
function hashes(...tellings: readonly ((digest: TraceDigest) => void)[]): Set<string> {
  return new Set(
    tellings.map((tell) => {
      const digest = new TraceDigest();
      tell(digest);
      return digest.hash();
    }),
  );
}

describe('the trace digest', () => {
  it('is 16 hexadecimal digits, the same each time', () => {
    expect(hashOf()).to.match(/^[0-9a-f]{16}$/);
    expect(hashOf()).to.equal(hashOf());
  });

  it('may be asked at any time without harm', () => {
    const asked = new TraceDigest();
    asked.door(1, true);
    asked.hash();
    asked.door(2, false);
    const unasked = new TraceDigest();
    unasked.door(1, true);
    unasked.door(2, false);
    expect(asked.hash()).to.equal(unasked.hash());
  });

  it('is the same for heartbeats one by one and coalesced', () => {
    expect(hashOf({ coalesced: true })).to.equal(hashOf({ coalesced: false }));
  });

  it('leaves out the way of the bolt between its ends', () => {
    expect(hashOf({ jamTravelUm: 1 })).to.equal(hashOf({ jamTravelUm: 2 }));
    const alike = hashes(
      (digest) => digest.bolt(1, 'between'),
      (digest) => {
        digest.bolt(1, 'between');
        digest.bolt(2, 'between');
      },
    );
    expect(alike).to.have.lengthOf(1);
  });

  it('tells a thousandth of a millisecond', () => {
    expect(hashOf({ openedAtMs: 23_000.001 })).to.not.equal(hashOf({ openedAtMs: 23_000 }));
  });

  it('tells times that 32 bits cannot', () => {
    const tellings = [0, 2 ** 32, 2 ** 33].map((atMs) => (digest: TraceDigest) => digest.finish(atMs));
    expect(hashes(...tellings)).to.have.lengthOf(3);
  });

  it('tells kinds of observations that carry the same values apart', () => {
    const different = hashes(
      (digest) => digest.motorStalled(1, true),
      (digest) => digest.door(1, true),
      (digest) => digest.lockPower(1, true),
      (digest) => digest.host(1, true),
      (digest) => digest.boardLink(1, true),
      (digest) => digest.network(1, true),
      (digest) => digest.cameraPower(1, true),
      (digest) => digest.synced(1, 1),
      (digest) => digest.calendar(1, 1),
      (digest) => digest.storeFault(1),
      (digest) => digest.finish(1),
      (digest) => digest.motor(1, 'extend'),
      (digest) => digest.hand(1, 'extend'),
    );
    expect(different).to.have.lengthOf(13);
  });

  it('tells the order of what happens at one time', () => {
    const different = hashes(
      (digest) => {
        digest.door(1, true);
        digest.network(1, true);
      },
      (digest) => {
        digest.network(1, true);
        digest.door(1, true);
      },
    );
    expect(different).to.have.lengthOf(2);
  });

  it('tells every field of a record, nested ones too', () => {
    const record =
      (number: number, reason: 'barkingHeard' | 'other', utcMs: number | null) => (digest: TraceDigest) => {
        digest.record(1, { number, atMs: 1, utcMs, event: { kind: 'withdrawn', visitId: 'parcel', reason } });
      };
    const different = hashes(
      record(1, 'other', null),
      record(2, 'other', null),
      record(1, 'barkingHeard', null),
      record(1, 'other', 0),
    );
    expect(different).to.have.lengthOf(4);
  });

  it('tells every field of a report and of a notice', () => {
    const report: Required<LockReport> = {
      position: 'locked',
      assumed: 'locked',
      activity: 'idle',
      lastResult: 'ok',
      door: 'closed',
      mode: 'normal',
    };
    const visitor = { name: 'Carla', firm: null, purpose: 'delivery', fromUtcMs: 0, untilUtcMs: 1 };
    const result = { entriesSpent: 1, measured: { doorOpenMs: 2, jams: 0 }, claimed: { delivered: true } };
    const told = { number: 1, to: 'owner', kind: 'visitEnded', visitId: 'parcel', detail: 'one', utcMs: 1 } as const;
    const notice: Required<Notice> = { ...told, visitor, result };
    const tellings = [
      (digest: TraceDigest) => digest.report(1, report),
      ...Object.keys(report).map((field) => (digest: TraceDigest) => digest.report(1, { ...report, [field]: 'other' })),
      (digest: TraceDigest) => digest.notice(1, notice),
      ...Object.keys(notice).map((field) => (digest: TraceDigest) => digest.notice(1, { ...notice, [field]: 'other' })),
    ];
    expect(hashes(...tellings)).to.have.lengthOf(tellings.length);
  });
});
