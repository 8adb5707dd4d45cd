import { expect } from 'chai';
import { ALARM_NAMES } from '../../firmware/core/alarms.js';
import { INDICATOR_CODES } from '../../hal/indicator-codes.js';

describe('the lamp codes', () => {
  it('give each alarm of the lock to one lamp: a jam to its own, all others to the fault lamp', () => {
    const { recording, jam, fault } = INDICATOR_CODES;
    expect(recording.alarms).to.deep.equal([]);
    expect(jam.alarms).to.deep.equal(['LockJammed']);
    expect(fault.alarms).to.have.members(ALARM_NAMES.filter((alarm) => alarm !== 'LockJammed'));
  });
});
