import type { Sabotage } from './sabotage.js';
import { l1ToL5 } from './tables/l1-to-l5.js';
import { noProperty } from './tables/no-property.js';
import { s1ToS5 } from './tables/s1-to-s5.js';
import { s6ToS11 } from './tables/s6-to-s11.js';

/** Everything that is broken on purpose, one thing at a time. */
export const sabotages: readonly Sabotage[] = [...s1ToS5, ...s6ToS11, ...l1ToL5, ...noProperty];
