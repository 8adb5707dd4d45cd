import { expect } from 'chai';
import { INITIAL_BOLT } from '../../../firmware/core/bolt.js';
import { INITIAL_DOOR } from '../../../firmware/core/door.js';
import { INITIAL_RELOCK } from '../../../firmware/core/relock.js';
import { initialState, type LockState } from '../../../firmware/core/state.js';
import { step } from '../../../firmware/core/step.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';

/** Unlocked, closed and settled, and to be locked at 30 s. */
const UNLOCKED: LockState = {
  ...initialState(DEFAULT_SETTINGS, true),
  door: { ...INITIAL_DOOR, closed: true, settledAtMs: 1_000 },
  bolt: { ...INITIAL_BOLT, place: 'retracted' },
  relock: { ...INITIAL_RELOCK, autoAtMs: 30_000 },
};

describe('A request that is refused when a deadline is due', () => {
  it('swallows no deadline', () => {
    const { state, effects } = step(UNLOCKED, { kind: 'visitorRang', visitId: 'nobody' }, 30_000);
    expect(state.bolt.phase).to.equal('driving');
    const kinds = effects.map((effect) => (effect.kind === 'record' ? effect.event.kind : effect.kind));
    expect(kinds).to.include.members(['driveIntended', 'drive', 'requestRefused']);
  });
});
