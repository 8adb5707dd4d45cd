import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoticeFile } from '../../../hal/adapters/notice-file.js';
import type { HalFault } from '../../../hal/contracts/hal-fault.js';
import type { Notice } from '../../../hal/contracts/notices.js';
import { describeNotices } from '../contracts/notices.suite.js';

/** Longer than a few small writes take; the suite's seconds are not waited for. */
const TURNS = 60;

async function turns(durationMs: number): Promise<void> {
  for (let turn = 0; turn < Math.min(durationMs, TURNS); turn += 1) await new Promise(setImmediate);
}

describe('notice file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-notices-'));
  let files = 0;

  after(() => rmSync(folder, { recursive: true }));

  function newFile(): string {
    files += 1;
    return join(folder, `notices-${files}.jsonl`);
  }

  describeNotices('a file', () => {
    const received: Notice[] = [];
    let up = true;
    let waiting = 0;
    const file = new NoticeFile(
      newFile(),
      () => up,
      (notice) => received.push(notice),
    );
    return Promise.resolve({
      notices: {
        send: (notice, done) => {
          waiting += 1;
          file.send(notice, (fault) => {
            waiting -= 1;
            done(fault);
          });
        },
      },
      setNetwork: (nowUp) => {
        up = nowUp;
      },
      received: () => received,
      advance: async (durationMs) => {
        await turns(durationMs);
        const isWaiting = (): boolean => durationMs > 1_000 && waiting > 0;
        while (isWaiting()) await turns(1);
      },
    });
  });

  const notice: Notice = { number: 1, to: 'owner', kind: 'relocked', visitId: null, detail: '' };

  it('holds each notice as a line, for its owner only', async () => {
    const path = newFile();
    const file = new NoticeFile(
      path,
      () => true,
      () => {},
    );
    for (const number of [1, 2]) await new Promise((done) => file.send({ ...notice, number }, done));
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal([notice, { ...notice, number: 2 }]);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('moves a file that has become long aside', async () => {
    const path = newFile();
    writeFileSync(path, 'old');
    truncateSync(path, 16 * 1024 * 1024);
    const file = new NoticeFile(
      path,
      () => true,
      () => {},
    );
    expect(await new Promise((done) => file.send(notice, done))).to.equal(null);
    expect(JSON.parse(readFileSync(path, 'utf8'))).to.deep.equal(notice);
    expect(statSync(`${path}.old`).size).to.equal(16 * 1024 * 1024);
  });

  it('says what is wrong with the file', async () => {
    const file = new NoticeFile(
      folder,
      () => true,
      () => {},
    );
    const fault = await new Promise<HalFault | null>((done) => file.send(notice, done));
    expect(fault).to.deep.equal({ part: 'notices', detail: 'the file of notices: EISDIR' });
  });
});
