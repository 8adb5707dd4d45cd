import { expect } from 'chai';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoticeFile } from '../../../../hal/adapters/notices/notice-file.js';
import type { HalFault } from '../../../../hal/contracts/hal-fault.js';
import type { Notice } from '../../../../hal/contracts/notices.js';
import { describeNotices } from '../../contracts/notices.suite.js';
import { AwaitedTransport } from './turns.js';

const NOTICE: Notice = { number: 1, to: 'owner', kind: 'relocked', visitId: null, detail: '', utcMs: null };

function send(file: NoticeFile, notice: Notice): Promise<HalFault | null> {
  return new Promise((resolve) => file.send(notice, resolve));
}

function linesOf(path: string): unknown[] {
  const text = readFileSync(path, 'utf8');
  expect(text.endsWith('\n')).to.equal(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
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
    const path = newFile();
    writeFileSync(path, '');
    let up = true;
    const notices = new AwaitedTransport(new NoticeFile(path, () => up));
    return Promise.resolve({
      notices,
      setNetwork: (nowUp) => {
        up = nowUp;
      },
      received: () => (statSync(path).size === 0 ? [] : (linesOf(path) as Notice[])),
      advance: (durationMs) => notices.advance(durationMs),
    });
  });

  it('holds each notice as a line, for its owner only', async () => {
    const path = newFile();
    const file = new NoticeFile(path, () => true);
    for (const number of [1, 2]) expect(await send(file, { ...NOTICE, number })).to.equal(null);
    expect(linesOf(path)).to.deep.equal([NOTICE, { ...NOTICE, number: 2 }]);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  const whole = `${JSON.stringify(NOTICE)}\n`;
  it('begins a fresh line behind one that was cut short, wherever that was', async () => {
    for (let cut = 1; cut < whole.length; cut += 1) {
      const path = newFile();
      writeFileSync(path, whole + whole.slice(0, cut));
      expect(await send(new NoticeFile(path, () => true), { ...NOTICE, number: 2 })).to.equal(null);
      const lines = readFileSync(path, 'utf8').split('\n');
      expect(lines).to.deep.equal([whole.trim(), whole.slice(0, cut), JSON.stringify({ ...NOTICE, number: 2 }), '']);
    }
  });

  it('does so also where it tore the line itself', async () => {
    const path = newFile();
    const file = new NoticeFile(path, () => true);
    await send(file, NOTICE);
    appendFileSync(path, '{"numb');
    await send(file, { ...NOTICE, number: 2 });
    expect(readFileSync(path, 'utf8').split('\n')[2]).to.equal(JSON.stringify({ ...NOTICE, number: 2 }));
  });

  it('moves a file that has become long aside', async () => {
    const path = newFile();
    writeFileSync(path, 'old');
    truncateSync(path, 16 * 1024 * 1024);
    expect(await send(new NoticeFile(path, () => true), NOTICE)).to.equal(null);
    expect(linesOf(path)).to.deep.equal([NOTICE]);
    expect(statSync(`${path}.old`).size).to.equal(16 * 1024 * 1024);
  });

  it('says what is wrong with the file', async () => {
    const fault = await send(new NoticeFile(folder, () => true), NOTICE);
    expect(fault).to.deep.equal({ part: 'notices', detail: 'the file of notices: EISDIR' });
  });
});
