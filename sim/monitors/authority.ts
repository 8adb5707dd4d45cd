import type { Code, Guest, Provider, RevocationTarget } from '../../firmware/access/authority.js';
import type { Grant, Request } from '../../firmware/requests.js';

/**
 * Whom the owner and the firms have authorised, as told by the requests that reached the lock: written from the words of
 * S7, and not from the lock's own decisions.
 */
export class Authority {
  private readonly providers = new Map<string, Provider>();
  /** The latest enrolment, and how the firm stood before. */
  private enrolled: { readonly id: string; readonly before: Provider | undefined } | null = null;
  private readonly guests = new Map<string, Guest>();
  private readonly codes = new Map<number, Code>();
  private readonly revoked = new Set<string>();
  private readonly listSequences = new Map<string, number>();
  private readonly isOwner: (personId: string) => boolean;

  constructor(isOwner: (personId: string) => boolean) {
    this.isOwner = isOwner;
  }

  /** Returns what this request has taken back. */
  request(request: Request): readonly RevocationTarget[] {
    switch (request.kind) {
      case 'enrolProvider':
        if (this.isOwner(request.personId)) this.enrol(request.provider);
        return [];
      case 'setGuest':
        if (this.isOwner(request.personId)) this.guests.set(request.guest.personId, request.guest);
        return [];
      case 'setCode':
        this.codes.set(request.code.userNumber, request.code);
        return [];
      case 'revoke':
        return this.isOwner(request.personId) ? this.revoke([request.target]) : [];
      case 'takeRevocations': {
        const { providerId, keyId, sequence, targets } = request;
        if (!this.knowsKey(providerId, keyId) || sequence <= (this.listSequences.get(providerId) ?? 0)) return [];
        this.listSequences.set(providerId, sequence);
        return this.revoke(targets);
      }
      default:
        return [];
    }
  }

  /** The latest enrolment was refused: what was before it counts. */
  unenrol(): void {
    if (this.enrolled === null) return;
    const { id, before } = this.enrolled;
    if (before === undefined) this.providers.delete(id);
    else this.providers.set(id, before);
    this.enrolled = null;
  }

  /** Who the right code at the keypad stands for. */
  codeOf(userNumber: number): Code | undefined {
    return this.codes.get(userNumber);
  }

  /** Why nobody may come by this grant, whatever the hour; `null` if somebody may. */
  objection(grant: Grant): string | null {
    for (const target of supportsOf(grant)) {
      if (this.revoked.has(textOf(target))) return `its ${target.kind} was revoked`;
    }
    const { issuance } = grant;
    if (issuance === null) return null;
    const provider = this.providers.get(issuance.providerId);
    if (provider === undefined) return 'its firm is not enrolled';
    if (!this.knowsKey(issuance.providerId, issuance.keyId)) return 'its key is none of the firm’s';
    return provider.purposes.some((purpose) => purpose === grant.purpose)
      ? null
      : 'its firm may not send anybody for it';
  }

  /** Why this guest may not come at this time; `null` if they may, as far as it does not take a time zone to know. */
  guestObjection(personId: string, utcMs: number): string | null {
    const guest = this.guests.get(personId);
    if (guest === undefined) return null;
    const { schedule, expiresUtcMs } = guest;
    if (expiresUtcMs !== null && utcMs >= expiresUtcMs) return 'the guest’s access has expired';
    const isOut = schedule.kind === 'once' && (utcMs < schedule.fromUtcMs || utcMs >= schedule.untilUtcMs);
    return isOut ? 'it is not the guest’s time' : null;
  }

  private enrol(provider: Provider): void {
    const { id } = provider;
    this.enrolled = { id, before: this.providers.get(id) };
    this.providers.set(id, provider);
  }

  private knowsKey(providerId: string, keyId: string): boolean {
    const isListed = this.providers.get(providerId)?.keys.some(({ id }) => id === keyId) === true;
    return isListed && !this.revoked.has(`key ${providerId}/${keyId}`);
  }

  private revoke(targets: readonly RevocationTarget[]): readonly RevocationTarget[] {
    for (const target of targets) {
      if (target.kind === 'code') this.codes.delete(Number(target.id));
      // An owner may invite a guest again; what others hold in their hands stays dead.
      if (target.kind !== 'code' && target.kind !== 'guest') this.revoked.add(textOf(target));
      if (target.kind === 'guest') this.guests.delete(target.id);
    }
    return targets;
  }
}

/** Whether the grant dies with what was taken back. */
export function diesWith(grant: Grant, target: RevocationTarget): boolean {
  for (const support of supportsOf(grant)) if (textOf(support) === textOf(target)) return true;
  return false;
}

/** Whether the request shows that it is this grant's visitor who asks. */
export function isShownBy(grant: Grant, request: Extract<Request, { kind: 'enter' }>): boolean {
  if (request.personId !== grant.personId) return false;
  if (grant.issuance === null) return true;
  return request.proof?.kind === 'device' && request.proof.deviceId === grant.issuance.deviceId;
}

function* supportsOf({ id, personId, issuance }: Grant): Generator<RevocationTarget> {
  yield { kind: 'grant', id };
  if (issuance === null) {
    yield { kind: 'guest', id: personId };
    yield { kind: 'worker', id: personId };
    return;
  }
  const { providerId, keyId, deviceId } = issuance;
  yield { kind: 'worker', id: personId };
  yield { kind: 'device', id: deviceId };
  yield { kind: 'provider', id: providerId };
  yield { kind: 'key', id: `${providerId}/${keyId}` };
}

function textOf({ kind, id }: RevocationTarget): string {
  return `${kind} ${id}`;
}
