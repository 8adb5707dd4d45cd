import { expect } from 'chai';
import { load, type Patch } from './sabotaged-build.js';

const file: Patch['file'] = 'firmware/core/never.js';

async function refusal(find: string): Promise<string> {
  try {
    await load({ file, find, replace: '' });
  } catch (error) {
    return String(error);
  }
  return 'none';
}

describe('a patch that no longer fits the build', () => {
  it('is refused where its text is gone', async () => {
    expect(await refusal('const ALWAYS')).to.equal(
      `Error: stale patch: dist/${file} has 0 times, not once: const ALWAYS`,
    );
  });

  it('is refused where its text stands in several places', async () => {
    expect(await refusal('e')).to.match(/has \d+ times, not once: e$/);
  });
});
