import { endureNoise } from './noisy-line.js';

describe('the adapter on a line that is noisy for long', () => {
  it('comes back after 1,000,000 bytes of noise as if nothing had been', async () => {
    await endureNoise(1_000_000, 2);
  }).timeout(600_000);
});
