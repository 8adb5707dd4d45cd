import { randomBytes } from 'node:crypto';
import type { Entropy } from '../contracts/entropy.js';

/** Chance from the operating system. */
export const systemEntropy: Entropy = { bytes: (count) => randomBytes(count) };
