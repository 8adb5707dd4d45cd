import { expect } from 'chai';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveOwnerKey } from '../../../cli/door/owner-key.js';
import { OWNER_KEY_NAME } from '../../../cli/lock-folder.js';
import { StagedDoor } from '../../firmware/interface/staged-door.js';

describe("the owner's access key", () => {
  let folder: string;
  let path: string;
  let door: StagedDoor;
  let troubles: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-owner-'));
    path = join(folder, OWNER_KEY_NAME);
    door = new StagedDoor();
    troubles = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  async function give(): Promise<void> {
    const places = { file: (name: string) => join(folder, name) };
    await giveOwnerKey(door.desk, door.door.residents, places, (trouble) =>
      troubles.push(trouble.replaceAll(folder, '')),
    );
  }

  it('is made for the owner only, and stays while the lock knows it', async () => {
    await give();
    const key = readFileSync(path, 'utf8');
    expect(door.desk.personOf(key.trim())?.role).to.equal('owner');
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    await give();
    expect(readFileSync(path, 'utf8')).to.equal(key);
    expect(readdirSync(folder)).to.deep.equal([OWNER_KEY_NAME]);
    expect(troubles).to.deep.equal([]);
  });

  it('is made anew where the lock does not know it', async () => {
    writeFileSync(path, 'latchkey_of-another-lock\n');
    await give();
    expect(door.desk.personOf(readFileSync(path, 'utf8').trim())?.role).to.equal('owner');
  });

  it('is left as it is by a lock that keeps nothing, which says so', async () => {
    door.lock.synced = () => Promise.resolve(false);
    await give();
    expect(existsSync(path)).to.equal(false);
    writeFileSync(path, 'latchkey_kept\n');
    await give();
    expect(readFileSync(path, 'utf8')).to.equal('latchkey_kept\n');
    const trouble =
      '/owner.key: no new key for the owner, for the lock cannot keep it; mend that, and start the lock anew';
    expect(troubles).to.deep.equal([trouble, trouble]);
  });

  it('is told of where its file cannot be kept', async () => {
    mkdirSync(path);
    await give();
    expect(troubles).to.deep.equal([
      '/owner.key: no key for the owner: a folder is in its place; take that away, and start the lock anew',
    ]);
  });
});
