import { expect } from 'chai';
import { EventRing, EVENTS_KEPT_MAX } from '../../../firmware/interface/event-ring.js';

function filled(count: number): EventRing<number> {
  const ring = new EventRing<number>('boot');
  for (let event = 1; event <= count; event += 1) ring.push(event);
  return ring;
}

describe('a ring of events', () => {
  it('hands out what comes after a number, in order', () => {
    const ring = filled(3);
    expect(ring.after(0)).to.deep.equal({ kind: 'event', numbered: { number: 1, event: 1 } });
    expect(ring.after(2)).to.deep.equal({ kind: 'event', numbered: { number: 3, event: 3 } });
    expect(ring.after(3)).to.deep.equal({ kind: 'nothingYet' });
  });

  it('keeps so many, and tells of a gap before them', () => {
    const ring = filled(EVENTS_KEPT_MAX + 5);
    expect(ring.after(4)).to.deep.equal({ kind: 'gap', from: 6 });
    expect(ring.after(5)).to.deep.equal({ kind: 'event', numbered: { number: 6, event: 6 } });
    expect(ring.beforeOldest()).to.equal(5);
  });

  it('wakes whoever waits once, unless they have left', () => {
    const ring = filled(0);
    const woken: string[] = [];
    ring.wait(() => woken.push('first'));
    const leave = ring.wait(() => woken.push('second'));
    leave();
    ring.push(1);
    ring.push(2);
    expect(woken).to.deep.equal(['first']);
  });

  it('knows its own ids, and no others', () => {
    const ring = filled(3);
    expect(ring.numberOf(ring.idOf(2))).to.equal(2);
    for (const id of ['boot-4', 'other-2', 'boot', '2', '', 'boot--1', 'boot-9999999999999999999']) {
      expect(ring.numberOf(id), id).to.equal(null);
    }
  });
});
