import { expect } from 'chai';
import type { AccessView } from '../../firmware/access/access-view.js';
import type { Issuance, Provider } from '../../firmware/access/authority.js';
import { EMPTY_POLICY } from '../../firmware/access/policy.js';
import { noticeOf, type Telling, type TellingFacts, toldProvider } from '../../firmware/telling.js';
import type { NoticeKind } from '../../hal/contracts/notices.js';
import { entryOf, FROM_UTC_MS, grantOf, UNTIL_UTC_MS } from './support/records.js';

const ACME: Provider = {
  id: 'acme',
  name: 'Acme Parcels',
  keys: [{ id: 'k1', x: 'x' }],
  purposes: ['delivery'],
  tokenLifeMaxMs: 86_400_000,
};

const ISSUANCE: Issuance = {
  providerId: 'acme',
  keyId: 'k1',
  workerName: 'Carla Reyes',
  photo: null,
  deviceX: 'x',
  deviceId: 'd',
  issuedUtcMs: FROM_UTC_MS,
  expiresUtcMs: UNTIL_UTC_MS,
  certificates: [],
};

const BY_TOKEN = entryOf({ grant: grantOf({ id: 'acme/1', personId: 'acme/carla', issuance: ISSUANCE }) });
const BY_OWNER = entryOf({ grant: grantOf({ issuance: null }) });

function access(parts: Partial<AccessView> = {}): AccessView {
  return {
    providers: new Map([['acme', ACME]]),
    guests: new Map(),
    codes: new Map(),
    accessKeys: new Map(),
    listSequences: new Map(),
    metWorkerIds: new Set(),
    policy: EMPTY_POLICY,
    petLoose: false,
    wrongCodes: 0,
    wrongCodeAtMs: 0,
    issuedAfterUtcMs: 0,
    revocationCount: 0,
    isRevoked: () => false,
    ...parts,
  };
}

function facts(parts: Partial<TellingFacts> = {}): TellingFacts {
  return { entry: BY_TOKEN, access: access(), utcMs: FROM_UTC_MS + 60_000, ...parts };
}

const ENDED: Telling = {
  to: 'owner',
  notice: 'visitEnded',
  visitId: 'acme/1',
  detail: 'completed',
  result: { entriesSpent: 1, measured: { doorOpenMs: 12_000, jams: 0 }, claimed: { delivered: true } },
};

describe('A notice', () => {
  const VISITOR = {
    name: 'Carla Reyes',
    firm: 'Acme Parcels',
    purpose: 'delivery',
    fromUtcMs: FROM_UTC_MS,
    untilUtcMs: UNTIL_UTC_MS,
  };

  it('says what was measured apart from what was claimed, and who it was', () => {
    expect(noticeOf(ENDED, 'owner', 7, facts())).to.deep.equal({
      number: 7,
      to: 'owner',
      kind: 'visitEnded',
      visitId: 'acme/1',
      detail: 'completed',
      utcMs: FROM_UTC_MS + 60_000,
      visitor: VISITOR,
      result: ENDED.result,
    });
  });

  const naming: readonly (readonly [NoticeKind, boolean])[] = [
    ['announced', true],
    ['corrected', true],
    ['atDoor', true],
    ['visitEnded', true],
    ['rang', false],
    ['unlocked', false],
    ['refused', false],
  ];
  for (const [notice, names] of naming) {
    it(`${names ? 'names' : 'does not name'} the visitor with ${notice}`, () => {
      const told = noticeOf({ to: 'owner', notice, visitId: 'acme/1', detail: '' }, 'owner', 1, facts());
      expect(told.visitor).to.deep.equal(names ? VISITOR : undefined);
    });
  }

  it('tells the window as it was prolonged', () => {
    const entry = { ...BY_TOKEN, untilUtcMs: UNTIL_UTC_MS + 1_000 };
    expect(noticeOf(ENDED, 'owner', 1, facts({ entry })).visitor?.untilUtcMs).to.equal(UNTIL_UTC_MS + 1_000);
  });

  it('knows no firm behind a visitor whom the owner let in', () => {
    expect(noticeOf(ENDED, 'owner', 1, facts({ entry: BY_OWNER })).visitor).to.deep.include({
      name: 'courier',
      firm: null,
    });
  });

  it('falls back to the id of a firm that is enrolled no longer', () => {
    const told = noticeOf(ENDED, 'owner', 1, facts({ access: access({ providers: new Map() }) }));
    expect(told.visitor?.firm).to.equal('acme');
  });

  it('names nobody where the visit is not known, or it is about none', () => {
    const told = noticeOf({ ...ENDED, visitId: null }, 'owner', 1, facts({ entry: undefined, utcMs: null }));
    expect(told).to.not.have.any.keys('visitor', 'result');
    expect(told.utcMs).to.equal(null);
  });
});

describe('A provider', () => {
  it('is told the outcome of a visit of its own', () => {
    expect(toldProvider(ENDED, facts())).to.equal('provider:acme');
  });

  const untold: readonly (readonly [string, Partial<Telling>, Partial<TellingFacts>])[] = [
    ['twice: what the worker is told, it knows', { to: 'worker' }, {}],
    ['of a visit by the owner’s own grant', {}, { entry: BY_OWNER }],
    ['of a visit that is not known', {}, { entry: undefined }],
    ['once it is revoked', {}, { access: access({ isRevoked: (kind, id) => kind === 'provider' && id === 'acme' }) }],
    ['unless it is enrolled', {}, { access: access({ providers: new Map() }) }],
  ];
  for (const [what, telling, others] of untold) {
    it(`is not told ${what}`, () => {
      expect(toldProvider({ ...ENDED, ...telling }, facts(others))).to.equal(null);
    });
  }

  it('is told nothing but outcomes', () => {
    const kinds: readonly NoticeKind[] = [
      'announced',
      'corrected',
      'atDoor',
      'rang',
      'recording',
      'unlocked',
      'entered',
      'relocked',
      'refused',
      'alarmRaised',
      'alarmCleared',
      'hint',
      'modeChanged',
      'prolonged',
      'accessChanged',
      'summary',
    ];
    for (const notice of kinds) expect(toldProvider({ ...ENDED, notice }, facts())).to.equal(null);
  });
});
