import { expect } from 'chai';
import type { Notice } from '../../hal/contracts/notices.js';
import type { LockReport } from '../../hal/contracts/report.js';
import type { JournalEvent } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import { FanOut } from '../../sim/fan-out.js';
import { ModelWorld } from '../../sim/worlds/model.js';
import { FROM_UTC_MS, grantOf, OWNER } from './support/records.js';

const HOUR_MS = 3_600_000;

/** The whole lock at a simulated door, every frame and every byte of its journal included, and what is seen of it. */
class Door {
  readonly events: JournalEvent[] = [];
  readonly notices: Notice[] = [];
  report: LockReport | null = null;
  readonly world: ModelWorld;

  constructor(seed = 1) {
    const observer = new FanOut([
      {
        record: (_, { event }) => this.events.push(event),
        notice: (_, notice) => this.notices.push(notice),
        report: (_, report) => (this.report = report),
      },
    ]);
    this.world = new ModelWorld(
      {
        lock: 'slim',
        door: 'aligned',
        board: 'sim',
        doorId: 'front-door',
        timeZone: 'UTC',
        beginsUtcMs: FROM_UTC_MS,
        residents: [OWNER],
      },
      seed,
      observer,
      { coalesce: false, journalBytes: true },
    );
    this.pass(1_000);
  }

  pass(ms: number): this {
    this.world.advanceTo(this.world.nowMs() + ms);
    return this;
  }

  ask(request: Request): this {
    this.world.request(request, 'door');
    return this;
  }

  hand(kind: 'openDoor' | 'closeDoor'): this {
    expect(this.world.hand({ kind }), kind).to.equal(null);
    return this;
  }

  turn(): this {
    this.world.hand({ kind: 'turn', what: 'thumbTurn', way: 'retract', holdMs: 0 });
    return this.pass(1_000);
  }

  power(on: boolean): this {
    this.world.setFault('power', 'down', !on);
    return this;
  }

  /** A courier has been let in, and the door is closed and locked behind them. */
  letIn(visitId: string): this {
    const courier = { personId: 'courier', visitId } as const;
    const untilUtcMs = FROM_UTC_MS + this.world.nowMs() + HOUR_MS;
    this.ask({ kind: 'announceVisit', grant: grantOf({ id: visitId, untilUtcMs }) });
    this.ask({ kind: 'arrive', ...courier })
      .ask({ kind: 'ring', ...courier })
      .pass(10_000);
    this.ask({ kind: 'enter', ...courier, entry: 1 }).pass(3_000);
    return this.hand('openDoor').pass(4_000).hand('closeDoor').pass(3_000);
  }

  /** They let themselves out. */
  letOut(): this {
    return this.turn().hand('openDoor').pass(3_000).hand('closeDoor').pass(3_000);
  }

  get outcomes(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'visitEnded' ? [`${event.visitId} ${event.outcome} ${event.doorOpenMs}`] : [],
    );
  }
}

describe('The lock at a simulated door', () => {
  it('lets a courier in and out, and is locked', () => {
    const door = new Door().letIn('visit-1').letOut();
    expect(door.outcomes).to.have.length(1);
    expect(door.outcomes[0]).to.match(/^visit-1 completed 70\d\d$/);
    expect(door.report?.position).to.equal('locked');
  });

  it('asks for the departure of somebody who was inside when the power failed', () => {
    const door = new Door().letIn('visit-1').power(false).pass(600_000).power(true).pass(120_000);
    expect(door.outcomes[0]).to.match(/^visit-1 departureUnconfirmed/);
    expect(door.report?.position).to.equal('locked');
  });

  it('comes to the same end from a power cut at any moment of a visit', () => {
    for (let cutMs = 0; cutMs <= 24_000; cutMs += 500) {
      const door = new Door(cutMs);
      door.world.setFault('store', 'torn', true);
      const untilMs = door.world.nowMs() + cutMs;
      const clock = door.world;
      const steps: (() => unknown)[] = [
        () => door.ask({ kind: 'announceVisit', grant: grantOf() }),
        () => door.ask({ kind: 'arrive', personId: 'courier', visitId: 'visit-1' }),
        () => door.ask({ kind: 'ring', personId: 'courier', visitId: 'visit-1' }),
        () => clock.advanceTo(Math.min(clock.nowMs() + 10_000, untilMs)),
        () => door.ask({ kind: 'enter', personId: 'courier', visitId: 'visit-1', entry: 1 }),
        () => clock.advanceTo(Math.min(clock.nowMs() + 5_000, untilMs)),
        () => door.world.hand({ kind: 'openDoor' }),
        () => clock.advanceTo(Math.min(clock.nowMs() + 4_000, untilMs)),
        () => door.world.hand({ kind: 'closeDoor' }),
        () => clock.advanceTo(Math.max(clock.nowMs(), untilMs)),
      ];
      for (const step of steps) step();
      door.power(false).pass(5_000).power(true).pass(1_000);
      door.world.hand({ kind: 'closeDoor' });
      door.pass(2 * HOUR_MS);
      expect(door.outcomes, `cut after ${cutMs} ms`).to.have.length(1);
      expect(door.report?.position, `cut after ${cutMs} ms`).to.equal('locked');
    }
  });

  it('tells everything, in order, after a month without a network', () => {
    const door = new Door();
    door.world.setFault('network', 'down', true);
    for (let day = 1; day <= 30; day += 1)
      door
        .letIn(`visit-${day}`)
        .letOut()
        .pass(24 * HOUR_MS);
    expect(door.notices).to.be.empty;
    door.world.setFault('network', 'down', false);
    door.pass(60_000);
    const numbers = door.notices.map(({ number }) => number);
    expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
    expect(door.notices.filter(({ kind, to }) => kind === 'visitEnded' && to === 'owner')).to.have.length(30);
  });

  it('forgets no spent entry over many rotations of its journal and as many power cuts', () => {
    const door = new Door().letIn('visit-1').letOut();
    for (let cut = 0; cut < 20; cut += 1) {
      for (let turn = 0; turn < 60; turn += 1) {
        door.ask({ kind: 'setMode', personId: 'owner', mode: turn % 2 === 0 ? 'privacy' : 'normal' });
        door.ask({ kind: 'enter', personId: 'courier', visitId: 'visit-1', entry: 1 }).pass(20);
      }
      door.power(false).pass(1_000).power(true).pass(1_000);
    }
    expect(door.events.map(({ kind }) => kind)).to.include('snapshot');
    const openings = door.events.filter((event) => event.kind === 'driveIntended' && event.goal === 'unlocked');
    expect(openings).to.have.length(1);
    expect(door.outcomes).to.have.length(1);
  });
});
