import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runVisitEnd, runVisitList } from '../../cli/visit-command.js';
import { NOW_UTC_MS, WALK_ID } from '../firmware/credentials/plain-door.js';
import { LockStage } from './lock-stage.js';

const plain = { json: false };

describe('a client of a lock, in trouble', () => {
  let stage: LockStage;
  before(async () => {
    stage = new LockStage();
    await stage.start();
    await stage.door.announceWalk();
  });
  after(() => stage.stop());
  beforeEach(() => {
    stage.door.lock.requests.length = 0;
    stage.door.lock.answer = null;
  });

  it('tell programs why the lock refuses', async () => {
    stage.door.lock.answer = 'visitEnded';
    const { exitCode, out } = await stage.run((around) => runVisitEnd(WALK_ID, { json: true }, around));
    expect(exitCode).to.equal(1);
    expect(JSON.parse(out)).to.deep.equal({ done: false, reason: 'visitEnded', detail: 'The visit has ended.' });
  });

  it('find that no lock runs', async () => {
    const around = { ...stage.around, stateFolder: join(stage.states, 'nowhere') };
    const nowhere = await stage.run(() => runVisitList(plain, around));
    expect(nowhere.exitCode).to.equal(2);
    expect(nowhere.error).to.match(/^latchkey: no lock runs with its data in .*nowhere; name its folder: --lock\n$/);
    const lock = stage.states;
    stage.file('../owner.key', 'latchkey_x');
    const stopped = await stage.run((surroundings) => runVisitList({ ...plain, lock }, surroundings));
    expect(stopped.exitCode).to.equal(2);
    expect(stopped.error).to.match(/no lock answers: no such file or directory; start one with latchkey sim --live/);
  });

  it('use no key that others can read', async () => {
    const keyFile = stage.file('open.key', stage.door.accessKeys.owner ?? '', 0o644);
    chmodSync(keyFile, 0o644);
    const { exitCode, error } = await stage.run((around) => runVisitList({ ...plain, keyFile }, around));
    expect({ exitCode, error }).to.deep.equal({
      exitCode: 2,
      error: `${keyFile}: is open to other users; close it: chmod 600 ${keyFile}\n`,
    });
  });

  it('do not show a key that is none', async () => {
    for (const text of ['', 'two words', `latchkey_${'A'.repeat(43)}`]) {
      const keyFile = stage.file('wrong.key', text);
      const { exitCode, out, error } = await stage.run((around) => runVisitList({ ...plain, keyFile }, around));
      expect(exitCode, text).to.equal(2);
      expect(error).to.include('--key-file').and.not.include('AAAA').and.not.include('two words');
      expect(out).to.equal('');
    }
  });

  it('show names without the control characters that firms may write into them', async () => {
    stage.door.lock.record({
      kind: 'visitAnnounced',
      grant: {
        id: 'sly',
        personId: 'a\u001B[2Jb\u202Ec',
        doorId: 'front-door',
        purpose: 'delivery',
        fromUtcMs: NOW_UTC_MS,
        untilUtcMs: NOW_UTC_MS + 1,
        entries: 1,
        issuance: null,
      },
    });
    const { out } = await stage.run((around) => runVisitList(plain, around));
    expect(out).to.include('a�[2Jb�c');
  });
});
