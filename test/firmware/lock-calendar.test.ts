import { expect } from 'chai';
import type { JournalRecord, Outcome } from '../../firmware/journal/records.js';
import type { Grant } from '../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../firmware/settings.js';
import { FanOut } from '../../sim/fan-out.js';
import { ModelWorld } from '../../sim/worlds/model.js';
import { visitAt } from './support/stories.js';

const BEGINS_UTC_MS = Date.UTC(2026, 2, 3, 10, 15);
const GRANT: Grant = {
  id: 'parcel',
  personId: 'Carla',
  doorId: DEFAULT_SETTINGS.doorId,
  purpose: 'delivery',
  fromUtcMs: BEGINS_UTC_MS,
  untilUtcMs: BEGINS_UTC_MS + 3_600_000,
  entries: 1,
  issuance: null,
};

/** How the visit of somebody at the door has ended a second after the calendar changed; `null` if it has not. */
function outcomeAfter(fault: 'aDayAhead' | 'unset'): Outcome | null {
  let outcome: Outcome | null = null;
  const witness = {
    record: (_nowMs: number, { event }: JournalRecord): void => {
      if (event.kind === 'visitEnded') outcome = event.outcome;
    },
  };
  const settings = {
    lock: 'slim',
    door: 'aligned',
    board: 'sim',
    doorId: GRANT.doorId,
    timeZone: 'UTC',
    beginsUtcMs: BEGINS_UTC_MS,
    residents: [],
  } as const;
  const world = new ModelWorld(settings, 1, new FanOut([witness]), { coalesce: true, journalBytes: false });
  world.advanceTo(1_000);
  world.request({ kind: 'announceVisit', grant: GRANT }, 'network');
  world.request({ kind: 'arrive', personId: 'Carla', visitId: 'parcel' }, 'network');
  world.advanceTo(10_000);
  world.setFault('calendar', fault, true);
  world.advanceTo(15_000);
  return outcome;
}

describe('A calendar that is set while a visitor is at the door', () => {
  it('ends a visit whose window has passed by it', () => {
    expect(outcomeAfter('aDayAhead')).to.equal('missed');
  });

  it('ends nothing where it says nothing', () => {
    expect(outcomeAfter('unset')).to.equal(null);
  });
});

describe('A window that is moved', () => {
  it('is the window from then on', () => {
    const lock = visitAt('accepted');
    const { visitId } = lock.state.visit;
    lock.happen({ kind: 'windowMoved', visitId, windowUntilAtMs: lock.nowMs + 100 });
    expect(lock.state.visit).to.include({ phase: 'accepted', windowUntilAtMs: lock.nowMs + 100 });
    expect(lock.pass(100).state.visit).to.include({ phase: 'ended', outcome: 'missed' });
  });

  it('is nobody’s but that visit’s', () => {
    const lock = visitAt('accepted');
    const before = lock.state;
    lock.happen({ kind: 'windowMoved', visitId: 'another', windowUntilAtMs: lock.nowMs });
    expect(lock.state).to.equal(before);
  });
});
