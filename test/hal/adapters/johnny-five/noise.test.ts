import { endureNoise } from './noisy-line.js';

describe('the adapter on a noisy line', () => {
  it('comes back after 30,000 bytes of noise as if nothing had been', async () => {
    await endureNoise(30_000, 1);
  });
});
