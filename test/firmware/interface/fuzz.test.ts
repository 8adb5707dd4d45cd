import { fuzz } from './fuzz.js';

describe('mutated requests to the interface', () => {
  it('are answered, and nothing comes through that may not', async () => {
    await fuzz(2_000, 1);
  });
});
