import type { Certificate } from '../../firmware/access/authority.js';
import type { GrantClaims } from '../../firmware/credentials/grant-token.js';
import { Phone } from '../people/phone.js';
import type { CastFirm } from './deed.js';
import { tokenNamePattern, withinToken } from './deed.js';
import { didYouMean } from './did-you-mean.js';
import { MomentReader } from './moment-reader.js';
import type { ScenarioDocument } from './schema.js';
import type { StoryContext } from './story-context.js';
import { momentUtcMs } from './times.js';
import type { OwnVisit, TokenVisit } from './visit.js';
import { byWords, purposes, roles } from './words.js';

/** Who may come, and when: by the owner's own hand, and by tokens. */

type Given = ScenarioDocument['given'];
type VisitDocument = NonNullable<Given['visits']>[string];
type GrantDocument = NonNullable<Given['grants']>[string];

export function readOwnVisits(given: Given, doorId: string, context: StoryContext): OwnVisit[] {
  const { people = {}, visits = {} } = given;
  return Object.entries(visits).map(([name, visit]): OwnVisit => {
    const reader = new MomentReader(given, ['given', 'visits', name], context);
    checkVisitor('visitor', visit.visitor, people, reader);
    checkReplaced(visit, name, visits, reader);
    const { fromUtcMs, untilUtcMs } = reader.window(visit.from, visit.until);
    return {
      kind: 'own',
      name,
      visitor: visit.visitor,
      visitId: name,
      untilUtcMs,
      grant: {
        id: name,
        personId: visit.visitor,
        doorId: visit.door ?? doorId,
        purpose: byWords(purposes).get(visit.for) ?? 'delivery',
        fromUtcMs,
        untilUtcMs,
        entries: visit.entries ?? 1,
        issuance: null,
      },
      replaces: visit.replaces ?? null,
    };
  });
}

export function readTokenVisits(
  given: Given,
  firms: readonly CastFirm[],
  doorId: string,
  context: StoryContext,
): TokenVisit[] {
  const { grants = {} } = given;
  return Object.entries(grants).flatMap(([name, grant]): TokenVisit[] => {
    const reader = new MomentReader(given, ['given', 'grants', name], context);
    const castFirm = findFirm(grant, firms, reader);
    checkGrant(name, grant, given, reader);
    if (castFirm === null) return [];
    const { firm, provider } = castFirm;
    const keyId = grant['signed by'] ?? provider.keys[0]?.id ?? '';
    if (provider.keys.every(({ id }) => id !== keyId)) {
      const known = provider.keys.map(({ id }) => id);
      reader.fail('signed by', `${provider.id} has no key "${keyId}"; ${didYouMean(keyId, known)}`);
    }
    const { fromUtcMs, untilUtcMs } = reader.window(grant.from, grant.until);
    const issuedUtcMs = reader.utcMs('issued', grant.issued) ?? momentUtcMs(given.begins) ?? 0;
    const { worker, replaces, door = doorId, entries = 1 } = grant;
    return [
      {
        kind: 'token',
        name,
        visitor: worker,
        visitId: `${provider.id}/${withinToken(name)}`,
        untilUtcMs,
        firm,
        keyId,
        booking: {
          visit: withinToken(name),
          worker: { id: withinToken(worker), name: worker, phone: new Phone(worker) },
          door,
          purpose: purposeOf(grant.for),
          fromUtcMs,
          untilUtcMs,
          entries,
          issuedUtcMs,
          expiresUtcMs: reader.utcMs('expires', grant.expires) ?? issuedUtcMs + provider.tokenLifeMaxMs,
          certificates: readCertificates(name, given, grant, context),
          ...(replaces === undefined ? {} : { replaces: withinToken(replaces) }),
        },
      },
    ];
  });
}

function purposeOf(words: string): GrantClaims['purpose'] {
  const purpose = byWords(purposes).get(words) ?? 'delivery';
  return purpose === 'guest' ? 'delivery' : purpose;
}

function findFirm({ firm }: GrantDocument, firms: readonly CastFirm[], reader: MomentReader): CastFirm | null {
  const found = firms.find(({ provider }) => provider.id === firm);
  if (found !== undefined) return found;
  const known = firms.map(({ provider }) => provider.id);
  reader.fail('firm', `the story has no provider "${firm}"; ${didYouMean(firm, known)}`);
  return null;
}

function checkGrant(name: string, grant: GrantDocument, given: Given, reader: MomentReader): void {
  const { people = {}, visits = {}, grants = {} } = given;
  if (visits[name] !== undefined) reader.fail('worker', `the story has a visit "${name}" already; take another name`);
  for (const [key, text] of [
    ['worker', name],
    ['worker', grant.worker],
  ] as const) {
    if (tokenNamePattern.test(withinToken(text))) continue;
    reader.fail(key, `"${text}" cannot stand in a token; use letters, digits, spaces, ".", "_" and "-"`);
  }
  checkVisitor('worker', grant.worker, people, reader);
  checkReplaced(grant, name, grants, reader);
  const { replaces } = grant;
  const replaced = replaces === undefined ? undefined : grants[replaces];
  if (replaced !== undefined && replaced.firm !== grant.firm) {
    reader.fail('replaces', `"${replaces ?? ''}" is a grant of ${replaced.firm}; a firm replaces its own only`);
  }
}

function checkVisitor(
  key: string,
  visitor: string,
  people: Readonly<Record<string, string>>,
  reader: MomentReader,
): void {
  const trade = people[visitor];
  const role = roles[trade ?? ''];
  if (trade === undefined) {
    reader.fail(key, `the story has no person "${visitor}"; ${didYouMean(visitor, Object.keys(people))}`);
  } else if (role === 'owner' || role === 'household') {
    reader.fail(key, `${visitor} lives here and needs no visit; name a guest or a worker`);
  }
}

function checkReplaced(
  { replaces }: VisitDocument | GrantDocument,
  name: string,
  others: Readonly<Record<string, unknown>>,
  reader: MomentReader,
): void {
  if (replaces === undefined || (others[replaces] !== undefined && replaces !== name)) return;
  reader.fail('replaces', `the story has no other visit "${replaces}"; ${didYouMean(replaces, Object.keys(others))}`);
}

function readCertificates(
  name: string,
  given: Given,
  { certificates = {} }: GrantDocument,
  context: StoryContext,
): Certificate[] {
  return Object.entries(certificates).map(([kind, certificate]): Certificate => {
    const place = ['given', 'grants', name, 'certificates', kind];
    const expiresUtcMs = new MomentReader(given, place, context).utcMs('expires', certificate.expires) ?? 0;
    return { kind, issuer: certificate.issuer, expiresUtcMs, selfStated: certificate['self-stated'] ?? false };
  });
}
