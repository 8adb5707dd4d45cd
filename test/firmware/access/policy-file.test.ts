import { toJsonSchema } from '@valibot/to-json-schema';
import { expect } from 'chai';
import fc from 'fast-check';
import * as v from 'valibot';
import { checkPolicy } from '../../../firmware/access/checks.js';
import type { Policy } from '../../../firmware/access/policy.js';
import { policySchema } from '../../../firmware/access/policy-file.js';
import { DocumentError, parseDocument } from '../../../hal/document.js';
import { ruleOf } from './permitted.js';

function read(text: string): Policy {
  return parseDocument({ text, file: 'policy.yaml', format: 'yaml' }, policySchema);
}

function mistakesIn(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DocumentError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('A policy file', () => {
  it('says all that a rule can say', () => {
    const { rules } = read(`
By day:
  for: [delivery, delivery inside]
  providers: [parcels, walkers]
  hours: [mon-fri 08:00-20:00, sat 09:00-14:00]
  no loose pet: true
Walks:
  for: [service]
  certificates:
    - kind: petFirstAid
      issuers: [Red Cross]
    - kind: insurance
      self-stated is enough: true
  met in person: true
  at most away: 0.2 km
  notes: The lead hangs by the door.
  prolong at most: 1.5 h
Nobody else:
  for: [maintenance]
  never: true
`);
    const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
    const [byDay, walks, nobody] = rules;
    expect(byDay).to.deep.equal(
      ruleOf({
        name: 'By day',
        purposes: ['delivery', 'deliveryInside'],
        providerIds: ['parcels', 'walkers'],
        hours: [
          { days: weekdays, fromMinute: 480, untilMinute: 1_200 },
          { days: ['saturday'], fromMinute: 540, untilMinute: 840 },
        ],
        noLoosePet: true,
      }),
    );
    expect(walks).to.deep.equal(
      ruleOf({
        name: 'Walks',
        purposes: ['service'],
        certificates: [
          { kind: 'petFirstAid', issuers: ['Red Cross'], selfStatedIsEnough: false },
          { kind: 'insurance', issuers: null, selfStatedIsEnough: true },
        ],
        metInPerson: true,
        distanceMaxM: 200,
        notes: { id: walks?.notes?.id ?? '', text: 'The lead hangs by the door.' },
        prolongMaxMs: 5_400_000,
      }),
    );
    expect(nobody).to.deep.equal(ruleOf({ name: 'Nobody else', purposes: ['maintenance'], deny: true }));
    expect(checkPolicy({ rules })).to.equal(null);
  });

  it('gives other notes another id, and the same notes the same', () => {
    const idOf = (notes: string) => read(`Walks: { notes: ${JSON.stringify(notes)} }`).rules[0]?.notes?.id;
    expect(idOf('The lead hangs by the door.')).to.equal(idOf('The lead hangs by the door.'));
    expect(idOf('The lead hangs by the door.')).to.not.equal(idOf('The lead hangs by the stove.'));
  });

  it('may be empty', () => {
    expect(read('{}')).to.deep.equal({ rules: [] });
  });

  it('is refused with every mistake, where it is, and the mend', () => {
    const mistakes = mistakesIn(`By day:
  for: [deliveries]
  hours: [mon-fri 20:00-08:00]
  no loose pets: true
Walks:
  at most away: far
  prolong at most: 25 h
  certificates: [{ issuers: [Red Cross] }]
  notes: ""
Odd: 7
`);
    expect(mistakes).to.deep.equal([
      'policy.yaml:2:9: By day.for[0]: "deliveries" is no purpose; use one of delivery, delivery inside, service, maintenance, guest',
      'policy.yaml:3:11: By day.hours[0]: "mon-fri 20:00-08:00" are no hours of one day; write for example "mon-fri 08:00-20:00", and two where midnight is between',
      'policy.yaml:4:3: By day.no loose pets: unknown key; the keys here are for, providers, hours, no loose pet, certificates, met in person, at most away, notes, prolong at most, never',
      'policy.yaml:6:17: Walks.at most away: "far" is no distance; write for example "200 m"',
      'policy.yaml:7:20: Walks.prolong at most: "25 h" is no time of at most 24 h; write for example "30 min" or "2 h"',
      'policy.yaml:8:18: Walks.certificates[0]: the key "kind" is missing; add it',
      'policy.yaml:9:10: Walks.notes: must have 1 to 2000 characters',
      'policy.yaml:10:6: Odd: must be an object with some of the keys for, providers, hours, no loose pet, certificates, met in person, at most away, notes, prolong at most, never; write each as "key: value"',
    ]);
  });

  it('has a JSON Schema', () => {
    const schema = toJsonSchema(policySchema, { typeMode: 'input', ignoreActions: ['raw_check'] });
    expect(schema.type).to.equal('object');
    expect(JSON.stringify(schema)).to.include('"no loose pet"');
  });

  it('is a policy that the lock takes, or a list of mistakes', () => {
    const words = fc.constantFrom('delivery', 'service', '08:00-20:00', '200 m', '2 h', 'constructor', '', '__proto__');
    const values = fc.oneof(fc.anything(), words, fc.array(words), fc.boolean());
    const keys = fc.constantFrom('for', 'hours', 'notes', 'never', 'at most away', 'prolong at most', 'providers');
    const documents = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.dictionary(keys, values)));
    fc.assert(
      fc.property(documents, (document) => {
        const result = v.safeParse(policySchema, document);
        if (result.success) expect(checkPolicy(result.output)).to.equal(null);
        else expect(result.issues.every(({ message }) => message !== '')).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });
});
