import type { Grant } from '../requests.js';
import type { AccessView } from './access-view.js';
import type { RevocationKind, RevocationTarget } from './authority.js';

/** Of what a grant hangs on, the first that `isMeant` says yes to: once any of it is taken back, the grant is dead. */
export function findSupport(
  { id, personId, issuance }: Grant,
  isMeant: (kind: RevocationKind, id: string) => boolean,
): RevocationTarget | null {
  if (isMeant('grant', id)) return { kind: 'grant', id };
  // Whoever sends them: a worker who is taken back comes by the owner's own grant no more than by a firm's.
  if (isMeant('worker', personId)) return { kind: 'worker', id: personId };
  if (issuance === null) return isMeant('guest', personId) ? { kind: 'guest', id: personId } : null;
  const { deviceId, providerId, keyId } = issuance;
  if (isMeant('device', deviceId)) return { kind: 'device', id: deviceId };
  if (isMeant('provider', providerId)) return { kind: 'provider', id: providerId };
  const key = keyOf(providerId, keyId);
  return isMeant('key', key) ? { kind: 'key', id: key } : null;
}

/** What of the grant was taken back, if anything was. */
export function revokedSupport(grant: Grant, access: AccessView): RevocationTarget | null {
  // Mostly nothing was: then there is no need to look for each part.
  if (access.revocationCount === 0) return null;
  return findSupport(grant, (kind, id) => access.isRevoked(kind, id));
}

export function hangsOn(grant: Grant, target: RevocationTarget): boolean {
  return findSupport(grant, (kind, id) => kind === target.kind && id === target.id) !== null;
}

/**
 * Whether it is remembered for good, and so takes room: others may present it again. A guest, a code and an access key
 * exist on this lock only, and are forgotten instead.
 */
export function isRemembered({ kind }: RevocationTarget): boolean {
  return kind !== 'guest' && kind !== 'code' && kind !== 'accessKey';
}

/** As the records list what is revoked. */
export function revocationOf(kind: RevocationKind, id: string): string {
  return `${kind} ${id}`;
}

/** A firm's key, as revocations name it. */
export function keyOf(providerId: string, keyId: string): string {
  return `${providerId}/${keyId}`;
}

/** Whose key that is. */
export function firmOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** What a firm may take back: its own, and devices, which no firm owns. */
export function mayRevoke(providerId: string, { kind, id }: RevocationTarget): boolean {
  const own: readonly RevocationKind[] = ['worker', 'key', 'grant'];
  return kind === 'device' || (own.includes(kind) && id.startsWith(`${providerId}/`));
}

/** Firms' lists fill the table up to here, and leave the rest to the owner. Chosen. */
export const LISTED_MAX = 9_000;

/**
 * What a firm's list adds. None of it is ever dropped for want of room: then the firm itself is revoked, and so all that
 * it has signed.
 */
export function additionsOf(
  providerId: string,
  targets: readonly RevocationTarget[],
  access: AccessView,
): RevocationTarget[] {
  const fresh = targets.filter(({ kind, id }) => !access.isRevoked(kind, id));
  const hasRoom = access.revocationCount + fresh.length <= LISTED_MAX || fresh.length === 0;
  return hasRoom ? fresh : [{ kind: 'provider', id: providerId }];
}
