import type { Grant, Request, Resident } from '../../../firmware/requests.js';

import { Desk, type LockDoor } from '../../../firmware/desk.js';
import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent, RefusalReason } from '../../../firmware/journal/records.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import type { LockReport } from '../../../hal/contracts/report.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';
import { type Booking, Firm } from '../../../sim/people/firm.js';
import { Phone } from '../../../sim/people/phone.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

export const OLGA: Resident = { id: 'olga', role: 'owner' };
export const CHARLIE: Resident = { id: 'charlie', role: 'household' };

/** Tuesday 2026-11-24, 09:00 UTC. */
export const NOW_UTC_MS = Date.UTC(2026, 10, 24, 9);
const HOUR_MS = 3_600_000;

export const PAWS = new Firm('paws', ['key-1', 'key-2']);
export const ROSA = { id: 'rosa', name: 'Rosa', phone: new Phone('rosa') };
export const WALK: Booking = {
  visit: 'walk-1',
  worker: ROSA,
  door: DEFAULT_SETTINGS.doorId,
  purpose: 'service',
  fromUtcMs: NOW_UTC_MS,
  untilUtcMs: NOW_UTC_MS + HOUR_MS,
  entries: 2,
  issuedUtcMs: NOW_UTC_MS - HOUR_MS,
  expiresUtcMs: NOW_UTC_MS + 2 * HOUR_MS,
};
export const WALK_ID = 'paws/walk-1';

export function enrolment(firm: Firm) {
  return firm.provider({ name: 'Happy Paws', purposes: ['service'], tokenLifeMaxMs: 86_400_000 });
}

/** Agrees to whatever the desk asks of it, and remembers: what is tested is the desk. */
export class AgreeingLock implements LockDoor {
  readonly sum = new Fold();
  readonly requests: Request[] = [];
  readonly refusals: string[] = [];
  answer: RefusalReason | null = null;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  request(request: Request): RefusalReason | null {
    this.requests.push(request);
    const event = this.answer === null ? eventOf(request) : null;
    if (event !== null) this.record(event);
    return this.answer;
  }

  refuse(request: string, personId: string, visitId: string | null, reason: RefusalReason): void {
    this.refusals.push(`${request}: ${reason}, by "${personId}" for ${String(visitId)}`);
  }

  utcMs(): number {
    return NOW_UTC_MS;
  }

  synced(): Promise<boolean> {
    return Promise.resolve(true);
  }

  report(): LockReport {
    throw new Error('the desk has no business with it');
  }

  record(event: JournalEvent): void {
    this.sum.apply({ number: this.sum.nextRecordNumber, atMs: this.clock.nowMs(), utcMs: NOW_UTC_MS, event });
  }
}

/** What the lock would record of it. */
function eventOf(request: Request): JournalEvent | null {
  switch (request.kind) {
    case 'announceVisit':
    case 'correctVisit':
      return { kind: 'visitAnnounced', grant: request.grant };
    case 'enterCode':
      return { kind: request.right ? 'codeAccepted' : 'codeRefused', userNumber: request.userNumber };
    case 'setCode':
      return { kind: 'codeSet', code: request.code, asker: request.asker };
    case 'setAccessKey':
      return { kind: 'accessKeySet', accessKey: request.accessKey, personId: request.personId };
    default:
      return null;
  }
}

/** A desk before a lock that agrees, where the firm `paws` is enrolled. */
export class PlainDoor {
  readonly clock = new VirtualClock();
  readonly lock = new AgreeingLock(this.clock);
  readonly desk: Desk;

  constructor(seed = 1) {
    this.desk = new Desk({
      lock: this.lock,
      entropy: new SimulatedEntropy(seed),
      clock: this.clock,
      residents: [OLGA, CHARLIE],
      settings: DEFAULT_SETTINGS,
    });
    this.enrol(PAWS);
  }

  enrol(firm: Firm): void {
    this.lock.record({ kind: 'providerEnrolled', provider: enrolment(firm), personId: OLGA.id });
  }

  /** Announces a visit by a token, and returns its grant. */
  async announce(booking: Booking = WALK, firm: Firm = PAWS): Promise<Grant> {
    const { visitId } = await this.desk.presentToken(await firm.token(booking));
    const entry = this.lock.sum.ledger.get(visitId ?? '');
    if (entry === undefined) throw new Error(`refused: ${this.lock.refusals.join()}`);
    return entry.grant;
  }

  pass(ms: number): void {
    this.clock.advanceTo(this.clock.nowMs() + ms);
  }
}
