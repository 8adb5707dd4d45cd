import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInput } from '../../cli/bad-input.js';
import { worldsAt } from '../../cli/fidelity.js';

describe('latchkey sim --fidelity avr --image', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-fidelity-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  async function refusal(image: string): Promise<string> {
    const answer = await worldsAt('avr', image, () => undefined).then(
      () => 'taken',
      (error: unknown) => (error instanceof BadInput ? error.message : String(error)),
    );
    return answer.replaceAll(`${folder}/`, '');
  }

  it('takes the image that ships where none is named', async () => {
    expect(await worldsAt('avr', undefined, () => undefined)).to.be.a('function');
  });

  it('says which file cannot be read, and the mend', async () => {
    expect(await refusal(join(folder, 'none.hex'))).to.equal(
      'none.hex: cannot be read: no such file or directory; name an Intel HEX file',
    );
  });

  it('says which line is no Intel HEX', async () => {
    const file = join(folder, 'bad.hex');
    writeFileSync(file, ':020000040000FA\n:0100000000FE\n:00000001FF\n');
    expect(await refusal(file)).to.match(/^bad\.hex:2: /);
  });
});
