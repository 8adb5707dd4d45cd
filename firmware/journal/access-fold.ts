import type { AccessView } from '../access/access-view.js';
import type { AccessKey, Code, Guest, Provider, RevocationKind, RevocationTarget } from '../access/authority.js';
import { EMPTY_POLICY, type Policy } from '../access/policy.js';
import { firmOf, isRemembered, keyOf, revocationOf } from '../access/revocation.js';
import type { Grant } from '../requests.js';
import type { AccessState, JournalEvent, JournalRecord } from './records.js';

/** What the records say of who may enter at all. Bounds are `reception`'s: what is recorded is folded. */
export class AccessFold implements AccessView {
  readonly providers = new Map<string, Provider>();
  readonly guests = new Map<string, Guest>();
  readonly codes = new Map<number, Code>();
  readonly accessKeys = new Map<string, AccessKey>();
  readonly listSequences = new Map<string, number>();
  readonly metWorkerIds = new Set<string>();
  policy: Policy = EMPTY_POLICY;
  petLoose = false;
  wrongCodes = 0;
  wrongCodeAtMs = -Infinity;
  issuedAfterUtcMs = -Infinity;
  private readonly revoked = new Set<string>();

  isRevoked(kind: RevocationKind, id: string): boolean {
    return this.revoked.has(revocationOf(kind, id));
  }

  get revocationCount(): number {
    return this.revoked.size;
  }

  apply(event: JournalEvent, { atMs, utcMs }: JournalRecord): void {
    switch (event.kind) {
      case 'booted':
        if (this.wrongCodes > 0) this.wrongCodeAtMs = atMs;
        return;
      case 'providerEnrolled':
        this.enrol(event.provider);
        return;
      case 'guestSet':
        this.guests.set(event.guest.personId, event.guest);
        return;
      case 'codeSet':
        this.forgetCodes(utcMs);
        this.codes.set(event.code.userNumber, event.code);
        return;
      case 'codeAccepted':
        this.accept(event.userNumber);
        return;
      case 'codeRefused':
        this.wrongCodes += 1;
        this.wrongCodeAtMs = atMs;
        return;
      case 'alarmCleared':
        if (event.alarm === 'WrongCodeEntryLimit') this.wrongCodes = 0;
        return;
      case 'accessKeySet':
        this.accessKeys.set(event.accessKey.id, event.accessKey);
        return;
      case 'policySet':
        this.policy = event.policy;
        return;
      case 'workerMet':
        this.metWorkerIds.add(event.workerId);
        return;
      case 'petLooseSet':
        this.petLoose = event.loose;
        return;
      case 'revoked':
        this.revoke(event.target);
        return;
      case 'revocationsTaken':
        this.listSequences.set(event.providerId, event.sequence);
        for (const target of event.targets) this.revoke(target);
        return;
      case 'calendarTrusted':
        this.issuedAfterUtcMs = Math.max(this.issuedAfterUtcMs, event.utcMs);
        return;
      default:
        return;
    }
  }

  state(): AccessState {
    return {
      providers: [...this.providers.values()],
      guests: [...this.guests.values()],
      codes: [...this.codes.values()],
      accessKeys: [...this.accessKeys.values()],
      revoked: [...this.revoked],
      listSequences: Object.fromEntries(this.listSequences),
      metWorkerIds: [...this.metWorkerIds],
      policy: this.policy,
      petLoose: this.petLoose,
      wrongCodes: this.wrongCodes,
      issuedAfterUtcMs: this.issuedAfterUtcMs === -Infinity ? null : this.issuedAfterUtcMs,
    };
  }

  restore(state: AccessState): void {
    refill(this.providers, state.providers, ({ id }) => id);
    refill(this.guests, state.guests, ({ personId }) => personId);
    refill(this.codes, state.codes, ({ userNumber }) => userNumber);
    refill(this.accessKeys, state.accessKeys, ({ id }) => id);
    this.revoked.clear();
    for (const revoked of state.revoked) this.revoked.add(revoked);
    this.listSequences.clear();
    for (const [providerId, sequence] of Object.entries(state.listSequences)) {
      this.listSequences.set(providerId, sequence);
    }
    this.metWorkerIds.clear();
    for (const workerId of state.metWorkerIds) this.metWorkerIds.add(workerId);
    this.policy = state.policy;
    this.petLoose = state.petLoose;
    this.wrongCodes = state.wrongCodes;
    this.issuedAfterUtcMs = state.issuedAfterUtcMs ?? -Infinity;
  }

  /**
   * An entry is spent: with it the code for that visit's next entry, or one use of the guest's. A code typed in vain, for
   * the camera was still dark, say, stays as good as it was.
   */
  spend({ id, purpose, personId }: Grant): void {
    for (const code of this.codes.values()) {
      const { holder } = code;
      const isForVisit = holder.kind === 'visit' && holder.visitId === id;
      const isOfGuest = holder.kind === 'guest' && purpose === 'guest' && holder.personId === personId;
      if (isForVisit || isOfGuest) this.countDown(code);
    }
  }

  /** A key that the firm no longer has stays dead, whatever key bears its name later. */
  private enrol(provider: Provider): void {
    for (const { id } of this.providers.get(provider.id)?.keys ?? []) {
      if (provider.keys.every((key) => key.id !== id)) this.revoke({ kind: 'key', id: keyOf(provider.id, id) });
    }
    this.providers.set(provider.id, provider);
  }

  /** Only a resident's takes back the wrong ones: a guest could guess at others' codes for ever, with their own between. */
  private accept(userNumber: number): void {
    const code = this.codes.get(userNumber);
    if (code?.holder.kind !== 'resident') return;
    this.wrongCodes = 0;
    this.countDown(code);
  }

  private countDown(code: Code): void {
    if (code.usesLeft === null) return;
    this.codes.set(code.userNumber, { ...code, usesLeft: Math.max(0, code.usesLeft - 1) });
  }

  /** A code that is spent or has expired opens nothing; it makes room when there is a new one. */
  private forgetCodes(utcMs: number | null): void {
    for (const [userNumber, { usesLeft, expiresUtcMs }] of this.codes) {
      const isOver = expiresUtcMs !== null && utcMs !== null && expiresUtcMs <= utcMs;
      if (usesLeft === 0 || isOver) this.codes.delete(userNumber);
    }
  }

  /** What only existed on this lock is forgotten with it; what others may present again is remembered. */
  private revoke(target: RevocationTarget): void {
    const { kind, id } = target;
    if (isRemembered(target)) this.revoked.add(revocationOf(kind, id));
    switch (kind) {
      case 'guest':
        this.guests.delete(id);
        for (const [userNumber, { holder }] of this.codes) {
          if (holder.kind === 'guest' && holder.personId === id) this.codes.delete(userNumber);
        }
        return;
      case 'code':
        this.codes.delete(Number(id));
        return;
      case 'accessKey':
        this.accessKeys.delete(id);
        return;
      case 'provider':
        this.providers.delete(id);
        this.listSequences.delete(id);
        return;
      case 'worker':
        this.metWorkerIds.delete(id);
        return;
      case 'key':
        // Whoever stole it may have numbered a list as high as can be: the firm counts anew.
        this.listSequences.delete(firmOf(id));
        return;
      case 'device':
      case 'grant':
        return;
    }
  }
}

function refill<Key, Value>(map: Map<Key, Value>, values: readonly Value[], nameOf: (value: Value) => Key): void {
  map.clear();
  for (const value of values) map.set(nameOf(value), value);
}
