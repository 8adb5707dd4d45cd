import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { VOIDED_BY } from '../sim/monitors/fault-hypothesis.js';
import { PROPERTY_IDS } from '../sim/monitors/monitor.js';

const page = readFileSync(join(import.meta.dirname, '../../PROPERTIES.md'), 'utf8');

/** How the page names the components that void a property. */
const componentWords: Readonly<Record<string, RegExp>> = {
  doorContact: /door contact|sensors/,
  extendedSwitch: /switch|sensors/,
  retractedSwitch: /switch|sensors/,
  motorSense: /motor sense|sensors/,
  calendar: /calendar/,
};

/** The last cell of the property's row. */
function voidedBy(property: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| **${property}** `));
  return row?.split('|').at(-2)?.trim() ?? 'no such row';
}

describe('PROPERTIES.md', () => {
  for (const property of PROPERTY_IDS) {
    it(`says what voids ${property}`, () => {
      const pairs = VOIDED_BY[property];
      expect(voidedBy(property) === '–').to.equal(pairs.length === 0);
      for (const [component] of pairs) expect(voidedBy(property)).to.match(componentWords[component] ?? /^$/);
    });
  }
});
