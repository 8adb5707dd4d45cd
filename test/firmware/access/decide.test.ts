import { expect } from 'chai';
import type { Mode } from '../../../hal/contracts/report.js';
import {
  type AccessFacts,
  decideAnnouncement,
  decideOwner,
  decideResident,
  decideVisitor,
} from '../../../firmware/access/decide.js';
import type { LedgerEntry, Outcome, RefusalReason } from '../../../firmware/journal/records.js';
import type { Grant, Purpose } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { CHILD, entryOf, FROM_UTC_MS, grantOf, OWNER, UNTIL_UTC_MS } from '../support/records.js';

const FACTS: AccessFacts = { settings: DEFAULT_SETTINGS, mode: 'normal', utcMs: FROM_UTC_MS + 60_000 };

interface Case {
  readonly entry?: LedgerEntry | undefined;
  readonly personId?: string;
  readonly facts?: Partial<AccessFacts>;
}

function decide(parts: Case = {}): RefusalReason | null {
  const entry = 'entry' in parts ? parts.entry : entryOf();
  return decideVisitor(entry, parts.personId ?? 'courier', { ...FACTS, ...parts.facts });
}

/** One thing wrong at a time, the one that is named first on top. */
const WRONG: readonly (readonly [RefusalReason, Case])[] = [
  ['unknownVisit', { entry: undefined }],
  ['notYourVisit', { personId: 'somebody else' }],
  ['revoked', { entry: entryOf({ revoked: true }) }],
  ['visitEnded', { entry: entryOf({ outcome: 'completed' }) }],
  ['wrongDoor', { entry: entryOf({ grant: grantOf({ doorId: 'back-door' }) }) }],
  ['clockUnset', { facts: { utcMs: null } }],
  ['tooEarly', { facts: { utcMs: FROM_UTC_MS - 1 } }],
  ['windowPassed', { facts: { utcMs: UNTIL_UTC_MS } }],
  ['mode', { facts: { mode: 'privacy' } }],
];

describe('A visitor', () => {
  it('is allowed with a grant of their own, for this door, in its window, that nobody has ended', () => {
    expect(decide()).to.equal(null);
  });

  for (const [reason, parts] of WRONG) {
    it(`is refused with ${reason} for that one reason`, () => {
      expect(decide(parts)).to.equal(reason);
    });
  }

  it('is refused with any two reasons together', () => {
    for (const [, first] of WRONG) {
      for (const [, second] of WRONG) {
        const both = { ...first, ...second, facts: { ...first.facts, ...second.facts } };
        expect(decide(both)).to.not.equal(null);
      }
    }
  });

  it('is allowed from the first millisecond of the window to its last', () => {
    expect(decide({ facts: { utcMs: FROM_UTC_MS } })).to.equal(null);
    expect(decide({ facts: { utcMs: UNTIL_UTC_MS - 1 } })).to.equal(null);
  });

  it('is refused after every outcome of the visit', () => {
    const outcomes: readonly Outcome[] = ['completed', 'denied', 'missed', 'leftUnlocked', 'replaced', 'lockedDown'];
    for (const outcome of outcomes) expect(decide({ entry: entryOf({ outcome }) })).to.equal('visitEnded');
  });
});

describe('The modes', () => {
  interface Row {
    readonly mode: Mode;
    readonly visitor: boolean;
    readonly app: boolean;
    readonly code: boolean;
    readonly ownersApp: boolean;
    readonly ownersCode: boolean;
  }

  const TABLE: readonly Row[] = [
    { mode: 'normal', visitor: true, app: true, code: true, ownersApp: true, ownersCode: true },
    { mode: 'privacy', visitor: false, app: false, code: false, ownersApp: false, ownersCode: false },
    { mode: 'vacation', visitor: false, app: true, code: false, ownersApp: true, ownersCode: false },
    { mode: 'passage', visitor: false, app: true, code: true, ownersApp: true, ownersCode: true },
    { mode: 'lockDown', visitor: false, app: false, code: false, ownersApp: true, ownersCode: true },
  ];

  for (const { mode, visitor, app, code, ownersApp, ownersCode } of TABLE) {
    it(mode, () => {
      expect(decide({ facts: { mode } }), 'visitor').to.equal(visitor ? null : 'mode');
      expect(decideResident(CHILD, 'app', mode), 'app').to.equal(app ? null : 'mode');
      expect(decideResident(CHILD, 'code', mode), 'code').to.equal(code ? null : 'mode');
      expect(decideResident(OWNER, 'app', mode), "owner's app").to.equal(ownersApp ? null : 'mode');
      expect(decideResident(OWNER, 'code', mode), "owner's code").to.equal(ownersCode ? null : 'mode');
      expect(decideResident(undefined, 'app', mode), 'stranger').to.equal('unknownPerson');
    });
  }

  it('vacation admits the purposes that the owner lists, and no other', () => {
    const settings = { ...DEFAULT_SETTINGS, vacationPurposes: ['service', 'maintenance'] satisfies Purpose[] };
    const purposes: readonly Purpose[] = ['delivery', 'deliveryInside', 'service', 'maintenance', 'guest'];
    for (const purpose of purposes) {
      const entry = entryOf({ grant: grantOf({ purpose }) });
      const listed = purpose === 'service' || purpose === 'maintenance';
      expect(decide({ entry, facts: { mode: 'vacation', settings } })).to.equal(listed ? null : 'mode');
      expect(decide({ entry, facts: { mode: 'privacy', settings } })).to.equal('mode');
    }
  });
});

describe('What only the owner may', () => {
  it('nobody else may', () => {
    expect(decideOwner(OWNER)).to.equal(null);
    expect(decideOwner(CHILD)).to.equal('notAllowed');
    expect(decideOwner(undefined)).to.equal('unknownPerson');
  });
});

describe('An announcement', () => {
  const announce = (grant: Partial<Grant>, known?: LedgerEntry, facts: Partial<AccessFacts> = {}): string | null =>
    decideAnnouncement(grantOf(grant), known, { ...FACTS, ...facts });

  it('is taken in any mode, early, and with a calendar that is unset', () => {
    const modes: readonly Mode[] = ['normal', 'privacy', 'vacation', 'passage', 'lockDown'];
    for (const mode of modes) expect(announce({}, undefined, { mode })).to.equal(null);
    expect(announce({}, undefined, { utcMs: 0 })).to.equal(null);
    expect(announce({}, undefined, { utcMs: null })).to.equal(null);
  });

  const unsound: readonly (readonly [string, Partial<Grant>])[] = [
    ['no id', { id: '' }],
    ['no person', { personId: '' }],
    ['no entries', { entries: 0 }],
    ['half an entry', { entries: 1.5 }],
    ['entries beyond count', { entries: 17 }],
    ['entries that are no number', { entries: Number.NaN }],
    ['a window that ends as it begins', { untilUtcMs: FROM_UTC_MS }],
    ['a window that ends before it begins', { untilUtcMs: FROM_UTC_MS - 1 }],
    ['a window that begins at no time', { fromUtcMs: Number.NaN }],
    ['a window that ends at no time', { untilUtcMs: Number.NaN }],
  ];
  for (const [name, grant] of unsound) {
    it(`is refused with ${name}`, () => {
      expect(announce(grant)).to.equal('invalidGrant');
    });
  }

  it('is taken with up to 16 entries', () => {
    expect(announce({ entries: 16 })).to.equal(null);
  });

  it('is refused for another door, and after its window', () => {
    expect(announce({ doorId: 'back-door' })).to.equal('wrongDoor');
    expect(announce({}, undefined, { utcMs: UNTIL_UTC_MS })).to.equal('windowPassed');
    expect(announce({}, undefined, { utcMs: UNTIL_UTC_MS - 1 })).to.equal(null);
  });

  it('is never taken twice for one id, whatever came of the first', () => {
    expect(announce({}, entryOf())).to.equal('invalidGrant');
    expect(announce({}, entryOf({ outcome: 'completed' }))).to.equal('invalidGrant');
  });
});
