import { expect } from 'chai';
import { Deadlines } from '../../../sim/monitors/deadlines.js';

describe('Deadlines', () => {
  it('expire in the order of their times, each at its own', () => {
    const deadlines = new Deadlines();
    const expired: number[] = [];
    const note = (dueMs: number): void => {
      expired.push(dueMs);
    };
    deadlines.create(note).arm(300);
    deadlines.create(note).arm(100);
    deadlines.create(note).arm(200);
    deadlines.settle(301);
    expect(expired).to.deep.equal([100, 200, 300]);
  });

  it('are kept by what happens at the very instant', () => {
    const deadlines = new Deadlines();
    const expired: number[] = [];
    const deadline = deadlines.create((dueMs) => {
      expired.push(dueMs);
    });
    deadline.arm(100);
    deadlines.settle(100);
    deadline.disarm();
    deadlines.settle(1000);
    expect(expired).to.deep.equal([]);
  });

  it('can be put off when they expire', () => {
    const deadlines = new Deadlines();
    const expired: number[] = [];
    const deadline = deadlines.create((dueMs) => {
      expired.push(dueMs);
      deadline.arm(Math.max(dueMs, 250));
    });
    deadline.arm(100);
    deadlines.settle(1000);
    expect(expired).to.deep.equal([100, 250]);
    expect(deadline.dueMs).to.equal(Infinity);
  });

  it('judge nothing twice', () => {
    const deadlines = new Deadlines();
    const expired: number[] = [];
    const deadline = deadlines.create((dueMs) => {
      expired.push(dueMs);
    });
    deadline.arm(100);
    deadlines.settle(200);
    deadline.arm(100);
    deadlines.settle(300);
    deadline.arm(301);
    deadlines.settle(302);
    expect(expired).to.deep.equal([100, 301]);
  });

  it('begin others that expire in the same settling', () => {
    const deadlines = new Deadlines();
    const expired: number[] = [];
    const second = deadlines.create((dueMs) => {
      expired.push(dueMs);
    });
    deadlines
      .create((dueMs) => {
        second.arm(dueMs + 50);
      })
      .arm(100);
    deadlines.settle(1000);
    expect(expired).to.deep.equal([150]);
  });
});
