import { expect } from 'chai';
import type { CoreEvent } from '../../../firmware/core/events.js';
import { type Door, INITIAL_DOOR, settled, stepDoor } from '../../../firmware/core/door.js';
import { NEVER } from '../../../firmware/core/never.js';
import { WAKE } from '../../../firmware/core/step.js';
import { CoreDriver } from '../support/core-driver.js';
import { unlockedRemotely, visitAt } from '../support/stories.js';

const BOUND_MS = 60_000;
const OPENS: CoreEvent = { kind: 'doorSensed', closed: false };
const CLOSES: CoreEvent = { kind: 'doorSensed', closed: true };
const LINK_LOST: CoreEvent = { kind: 'boardLinkSensed', up: false };

const OPEN = stepDoor(INITIAL_DOOR, OPENS, BOUND_MS, 500);
const CLOSED = stepDoor(INITIAL_DOOR, CLOSES, BOUND_MS, 500);
const AJAR = stepDoor(OPEN, WAKE, BOUND_MS, 60_500);

interface Row {
  readonly name: string;
  readonly start: Door;
  readonly event: CoreEvent;
  readonly nowMs: number;
  readonly expected: Partial<Door>;
}

const TABLE: readonly Row[] = [
  {
    name: 'first heard of, open',
    start: INITIAL_DOOR,
    event: OPENS,
    nowMs: 500,
    expected: { closed: false, settledAtMs: NEVER, openedAtMs: 500, ajarAtMs: 60_500, ajarTimes: 0 },
  },
  {
    name: 'first heard of, closed',
    start: INITIAL_DOOR,
    event: CLOSES,
    nowMs: 500,
    expected: { closed: true, settledAtMs: 800, openedAtMs: NEVER, ajarAtMs: NEVER, ajarTimes: 0 },
  },
  { name: 'opens', start: CLOSED, event: OPENS, nowMs: 500, expected: OPEN },
  { name: 'closes', start: OPEN, event: CLOSES, nowMs: 500, expected: CLOSED },
  { name: 'says again that it is open', start: OPEN, event: OPENS, nowMs: 900, expected: OPEN },
  { name: 'says again that it is closed', start: CLOSED, event: CLOSES, nowMs: 900, expected: CLOSED },
  { name: 'is not ajar yet', start: OPEN, event: WAKE, nowMs: 60_499, expected: OPEN },
  {
    name: 'is ajar',
    start: OPEN,
    event: WAKE,
    nowMs: 60_500,
    expected: { closed: false, openedAtMs: 500, ajarAtMs: 120_500, ajarTimes: 1 },
  },
  {
    name: 'is ajar once more',
    start: AJAR,
    event: WAKE,
    nowMs: 120_500,
    expected: { closed: false, openedAtMs: 500, ajarAtMs: 180_500, ajarTimes: 2 },
  },
  { name: 'closes after it was ajar', start: AJAR, event: CLOSES, nowMs: 500, expected: CLOSED },
  {
    name: 'closes at the moment it would be ajar',
    start: OPEN,
    event: CLOSES,
    nowMs: 60_500,
    expected: { closed: true, settledAtMs: 60_800, ajarTimes: 0 },
  },
  { name: 'is heard of no more, closed', start: CLOSED, event: LINK_LOST, nowMs: 900, expected: { closed: null } },
  { name: 'is heard of no more, open', start: OPEN, event: LINK_LOST, nowMs: 900, expected: { closed: null } },
  {
    name: 'is heard of no more, at the moment it would be ajar',
    start: OPEN,
    event: LINK_LOST,
    nowMs: 60_500,
    expected: { closed: null },
  },
];

describe('The door', () => {
  for (const { name, start, event, nowMs, expected } of TABLE) {
    it(name, () => {
      expect(stepDoor(start, event, BOUND_MS, nowMs)).to.include(expected);
    });
  }

  it('is the same object when nothing has changed', () => {
    for (const [door, event] of [
      [OPEN, OPENS],
      [CLOSED, CLOSES],
      [CLOSED, WAKE],
    ] as const) {
      expect(stepDoor(door, event, BOUND_MS, 900)).to.equal(door);
    }
  });

  it('is settled 300 ms after it closed, and never while open or unknown', () => {
    expect([settled(CLOSED, 799), settled(CLOSED, 800)]).to.deep.equal([false, true]);
    expect([settled(OPEN, 1e12), settled(INITIAL_DOOR, 1e12)]).to.deep.equal([false, false]);
  });
});

describe('A door left open', () => {
  const bounds: readonly (readonly [string, () => CoreDriver, number])[] = [
    ['by the household', () => unlockedRemotely().door('open'), 300_000],
    ['in a delivery', () => visitAt('entered', { purpose: 'delivery' }), 60_000],
    ['in a delivery inside', () => visitAt('entered', { purpose: 'deliveryInside' }), 120_000],
    ['in a service', () => visitAt('entered', { purpose: 'service' }), 180_000],
    ['in a maintenance', () => visitAt('entered', { purpose: 'maintenance' }), 180_000],
    ['by a guest', () => visitAt('entered', { purpose: 'guest' }), 180_000],
  ];
  for (const [name, start, boundMs] of bounds) {
    it(`${name} raises DoorAjar after ${boundMs / 1_000} s`, () => {
      const lock = start();
      expect(lock.pass(boundMs - 1).alarms).to.not.include('DoorAjar');
      expect(lock.pass(1).alarms).to.include('DoorAjar');
    });
  }

  const silences: readonly (readonly [string, () => CoreDriver])[] = [
    ['the link is lost', () => unlockedRemotely().door('open').pass(300_000).link('down').pass(1_000).link('up')],
    ['a reboot', () => new CoreDriver().boot({ raisedAlarms: ['DoorAjar'] }).link('up')],
  ];
  for (const [name, story] of silences) {
    it(`counts as open over ${name}, until it is heard of`, () => {
      expect(story().alarms).to.include('DoorAjar');
      expect(story().door('open').alarms).to.include('DoorAjar');
      const closed = story().door('closed');
      expect(closed.alarms).to.not.include('DoorAjar');
      expect(closed.records()).to.deep.include({ kind: 'alarmCleared', alarm: 'DoorAjar' });
    });
  }

  it('says so again and again until it is closed', () => {
    const lock = unlockedRemotely().door('open');
    lock.effects();
    lock
      .pass(2 * 300_000)
      .picture('off')
      .picture('booting')
      .askLock()
      .pass(300_000);
    const told = lock.effects().filter((effect) => effect.kind === 'notify' && effect.detail === 'DoorAjar');
    expect(told).to.have.length(3);
    lock.door('closed');
    expect(lock.alarms).to.not.include('DoorAjar');
    lock.pass(1_000_000);
    expect(lock.alarms).to.not.include('DoorAjar');
  });
});
