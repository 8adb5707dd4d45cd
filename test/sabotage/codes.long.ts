import { areNoticed } from './judging.js';
import { codes } from './tables/codes.js';

// Hashing codes takes its time, wherever one is set or typed.
describe('sabotage of codes is noticed', () => {
  areNoticed(codes);
});
