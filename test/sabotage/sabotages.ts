import type { Sabotage } from './sabotage.js';
import { authority } from './tables/authority.js';
import { l1ToL5 } from './tables/l1-to-l5.js';
import { noProperty } from './tables/no-property.js';
import { ownerRules } from './tables/owner-rules.js';
import { s1ToS5 } from './tables/s1-to-s5.js';
import { s6ToS11 } from './tables/s6-to-s11.js';

/** What is broken on purpose, one thing at a time; what takes codes to show is in `tables/codes.ts`. */
export const sabotages: readonly Sabotage[] = [
  ...s1ToS5,
  ...s6ToS11,
  ...l1ToL5,
  ...noProperty,
  ...authority,
  ...ownerRules,
];
