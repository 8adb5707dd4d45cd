import { expect } from 'chai';
import fc from 'fast-check';
import { refusalOf } from '../../../firmware/core/admission.js';
import { motorDrive } from '../../../firmware/core/bolt.js';
import { wakeAt } from '../../../firmware/core/state.js';
import { step, WAKE } from '../../../firmware/core/step.js';
import {
  arbitraryHappenings,
  arbitraryStage,
  arbitraryVisit,
  type Happening,
  type PlannedVisit,
} from './arbitrary-events.js';
import { CoreDriver } from './core-driver.js';
import { MotorWitness } from './motor-witness.js';
import { type Stage, visitAt } from './stories.js';

/** A lock that has been through the first part of a visit, and then through anything at all. */
function play(stage: Stage | 'atRest', visit: PlannedVisit, happenings: readonly Happening[]): CoreDriver {
  const lock = stage === 'atRest' ? CoreDriver.atRest() : visitAt(stage, visit);
  for (const { afterMs, event } of happenings) lock.pass(afterMs).happen(event);
  return lock;
}

/** The same value with every absolute time moved by `byMs`. Times that are not set stay so: they are infinite. */
function shifted<Value>(value: Value, byMs: number): Value {
  if (Array.isArray(value)) return value.map((part: unknown) => shifted(part, byMs)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]: [string, unknown]) => [
    name,
    name.endsWith('AtMs') ? (part as number) + byMs : shifted(part, byMs),
  ]);
  return Object.fromEntries(parts) as Value;
}

function places(kinds: readonly string[], wanted: string): number[] {
  return kinds.flatMap((kind, place) => (kind === wanted ? [place] : []));
}

/** What holds of `step` whatever happens, tried on `runs` random stories each. */
export function describeStep(runs: number): void {
  const always = (check: (lock: CoreDriver) => void): void => {
    fc.assert(
      fc.property(arbitraryStage, arbitraryVisit, arbitraryHappenings, (stage, visit, happenings) => {
        check(play(stage, visit, happenings));
      }),
      { numRuns: runs },
    );
  };

  it('keeps the rules of the motor', () => {
    always((lock) => {
      const witness = new MotorWitness(lock.state.settings.manualHoldMs);
      for (const moment of lock.history) witness.see(moment);
    });
  });

  it('does the same, later, when everything is later', () => {
    always((lock) => {
      for (const byMs of [-123_456_789, 3_000_000_000]) {
        for (const { before, event, nowMs, effects, after } of lock.history) {
          const later = step(shifted(before, byMs), shifted(event, byMs), nowMs + byMs);
          expect(later.effects).to.deep.equal(effects);
          expect(later.state).to.deep.equal(shifted(after, byMs));
        }
      }
    });
  });

  it('asks to be woken later than now, never at once', () => {
    always((lock) => {
      for (const { after, nowMs } of lock.history) expect(wakeAt(after, nowMs)).to.be.above(nowMs);
    });
  });

  it('changes nothing on a wake-up before the one it asked for', () => {
    always(({ state, nowMs }) => {
      const settled = step(state, WAKE, nowMs).state;
      const at = Math.min(wakeAt(settled, nowMs), nowMs + 1_000_000);
      for (const early of [nowMs, nowMs + 1, Math.floor((nowMs + at) / 2), at - 1]) {
        if (early >= at) continue;
        const { state: after, effects } = step(settled, WAKE, early);
        expect(effects).to.be.empty;
        expect(after).to.equal(settled);
      }
    });
  });

  it('returns the very state where nothing has changed', () => {
    always((lock) => {
      for (const { before, event, after } of lock.history) {
        if (after !== before) expect(after, event.kind).to.not.deep.equal(before);
      }
    });
  });

  it('shares with the state before it every part that has not changed', () => {
    always((lock) => {
      for (const { before, event, after } of lock.history) {
        for (const part of ['health', 'camera', 'door', 'visit', 'relock', 'bolt', 'alerts'] as const) {
          if (after[part] === before[part]) continue;
          expect(after[part], `${part} after ${event.kind}`).to.not.deep.equal(before[part]);
        }
      }
    });
  });

  it('refuses without any change but what is due by then', () => {
    always((lock) => {
      for (const { before, event, nowMs, effects, after } of lock.history) {
        const reason = refusalOf(before, event, nowMs);
        if (reason === null) continue;
        const due = step(before, WAKE, nowMs);
        expect(after).to.deep.equal(due.state);
        const refusal = effects.slice(due.effects.length).map(({ kind }) => kind);
        expect(refusal.slice(0, 2)).to.deep.equal(['record', 'notify']);
      }
    });
  });

  it('stops the motor before it says anything, and starts it after everything is said', () => {
    always((lock) => {
      for (const { before, effects } of lock.history) {
        const kinds = effects.map((effect) => (effect.kind === 'drive' ? `drive ${effect.drive}` : effect.kind));
        const isDriven = motorDrive(before.bolt) !== 'off';
        if (isDriven && kinds.includes('drive off')) expect(kinds[0]).to.equal('drive off');
        const starts = [...places(kinds, 'drive extend'), ...places(kinds, 'drive retract')];
        for (const place of starts) expect(place).to.equal(kinds.length - 1);
      }
    });
  });
}
