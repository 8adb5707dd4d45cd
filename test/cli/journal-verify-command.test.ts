import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJournalVerify } from '../../cli/journal-verify-command.js';
import { encodeHeader, encodeRecord } from '../../firmware/journal/journal-line.js';
import { DataFolder } from '../../hal/adapters/files/data-folder.js';
import { FileStore } from '../../hal/adapters/files/file-store.js';
import { EncodedRecords } from '../../firmware/journal/encoded-records.js';
import { recordOf, snapshotOf } from '../firmware/journal/record-store.suite.js';
import { journalBytes, journalLines } from '../firmware/support/journal-bytes.js';
import { JournalBench } from './journal-surroundings.js';

const RECORDS = [1, 2, 3, 4].map((number) => recordOf(number));
const latchkey = join(import.meta.dirname, '../../cli/journal-verify-command.js');

describe('latchkey journal verify', () => {
  let bench: JournalBench;

  beforeEach(() => {
    bench = new JournalBench();
  });

  afterEach(() => bench.remove());

  function verify(named?: string): Promise<number> {
    return runJournalVerify(named, { json: false }, bench);
  }

  async function verdict(named?: string): Promise<Record<string, unknown>> {
    const exitCode = await runJournalVerify(named, { json: true }, bench);
    const result = JSON.parse(bench.out) as Record<string, unknown>;
    expect(result['exitCode']).to.equal(exitCode);
    return result;
  }

  it('says of a whole journal what is in it', async () => {
    const file = bench.file('journal', journalBytes(RECORDS));
    expect(await verify(file)).to.equal(0);
    expect(bench.out).to.equal('✔ journal: whole: 4 records, 1 to 4\n');
    bench.out = '';
    const lastHash = encodeRecord(recordOf(1), '0'.repeat(64)).hash;
    expect(await verdict(bench.file('one', journalBytes([recordOf(1)])))).to.deep.include({
      whole: true,
      records: 1,
      lastHash,
    });
  });

  it('says what was dropped, and what the store refused', async () => {
    const dropped = { first: 1, last: 6_000, hash: 'c'.repeat(64) };
    const first = encodeRecord(snapshotOf(6_001), dropped.hash);
    const next = encodeRecord(snapshotOf(6_005), first.hash);
    const file = bench.file('journal', Buffer.concat([encodeHeader(dropped), first.line, next.line]));
    expect(await verify(file)).to.equal(0);
    expect(bench.out).to.equal(
      '✔ journal: whole: 2 records, 6,001 to 6,005\n' +
        '  dropped by rotation: 1 to 6,000\n' +
        '  refused by the store: 3 records; a snapshot stands for them\n',
    );
  });

  it('names the first damaged line, and the mend', async () => {
    const bytes = journalBytes(RECORDS);
    const place = Buffer.concat(journalLines(RECORDS).slice(0, 3)).length + 120;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    const file = bench.file('journal', bytes);
    expect(await verify(file)).to.equal(1);
    expect(bench.out).to.match(/^✘ journal: damaged in line 4, at byte \d+, where record 3 should be\n/);
    expect(bench.out).to.contain('\n  check sum: its check sum does not fit: the line was altered\n');
    expect(bench.out).to.contain('\n  good before that: 2 records, 1 to 2\n  the lock writes nothing more to it');
    bench.out = '';
    const { damage, whole, records } = await verdict(file);
    expect({ damage, whole, records }).to.deep.equal({
      damage: {
        kind: 'crc',
        line: 4,
        byte: place - 120,
        recordNumber: 3,
        detail: 'its check sum does not fit: the line was altered',
      },
      whole: false,
      records: 2,
    });
  });

  it('finds the first flipped bit of a large file that is read piece by piece', async () => {
    const records = Array.from({ length: 3_000 }, (_, index) => recordOf(index + 1, 'x'.repeat(index % 200)));
    const lines = journalLines(records);
    for (const index of [1, 1_234, 2_345, 3_000]) {
      const bytes = Buffer.concat(lines);
      const start = Buffer.concat(lines.slice(0, index)).length;
      bytes[start + 50] = (bytes[start + 50] ?? 0) ^ 0x10;
      bench.out = '';
      expect((await verdict(bench.file('large', bytes)))['damage']).to.deep.include({ line: index + 1, byte: start });
    }
  });

  it('calls a torn tail damage only where nobody is writing', async () => {
    const folder = new DataFolder(join(bench.stateFolder, 'door'));
    const bytes = journalBytes(RECORDS);
    const file = bench.file('door/journal', bytes.subarray(0, -30));
    expect(await verify(file)).to.equal(0);
    expect(bench.out).to.equal(
      '✔ door/journal: whole: 3 records, 1 to 3\n' +
        `  process ${process.pid} is writing to it, and half a line at the end is no damage\n`,
    );
    folder.close();
    bench.out = '';
    expect(await verify(file)).to.equal(1);
    expect(bench.out).to.contain('damaged in line 5, at byte').and.contain('torn tail').and.contain('start the lock');
  });

  it('holds while a lock appends, rotates and drops', async () => {
    const folder = new DataFolder(join(bench.stateFolder, 'door'));
    const store = new FileStore(folder.file('journal'));
    const records = new EncodedRecords(store);
    records.load();
    let number = 0;
    for (let round = 0; round < 30; round += 1) {
      for (let count = 0; count < 40; count += 1) records.append(recordOf((number += 1), 'x'.repeat(300)));
      records.append(snapshotOf((number += 1)));
      if (round % 3 === 2) records.dropBefore(number);
      records.sync(() => {});
      expect(await verify(), bench.out).to.equal(0);
    }
    await store.close();
    folder.close();
  });

  it('finds the only journal in a folder, or asks which', async () => {
    expect(await verify()).to.equal(2);
    expect(bench.error).to.match(/: no journal is there; name the file\n$/);
    bench.file('uno/journal', journalBytes(RECORDS));
    expect(await verify()).to.equal(0);
    expect(await verify(join(bench.stateFolder, 'uno'))).to.equal(0);
    bench.file('nano/journal', '');
    bench.error = '';
    expect(await verify()).to.equal(2);
    expect(bench.error).to.contain('name one of nano/journal, uno/journal\n');
  });

  it('says what it cannot read, and why', async () => {
    expect(await verify(join(bench.stateFolder, 'nothing'))).to.equal(2);
    expect(bench.error).to.equal(
      'latchkey: nothing: cannot be read: no such file or directory; name the journal, or the folder that it is in\n',
    );
    mkdirSync(join(bench.stateFolder, 'door/journal'), { recursive: true });
    bench.error = '';
    expect(await verify(join(bench.stateFolder, 'door/journal/deeper'))).to.equal(2);
    expect(bench.error).to.contain('no such file or directory');
  });

  it('says so where it has no permission', async () => {
    const file = bench.file('secret/journal', journalBytes(RECORDS));
    chmodSync(file, 0o000);
    chmodSync(bench.stateFolder, 0o755);
    const script = `const { runJournalVerify } = await import(${JSON.stringify(latchkey)});
      if (process.getuid() === 0) process.setuid(65534); // root may read everything
      process.exitCode = await runJournalVerify(${JSON.stringify(file)}, { json: false });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let error = '';
    child.stderr.on('data', (text: Buffer) => (error += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(2);
    expect(error).to.match(/^latchkey: .*\/secret\/journal: cannot be read: permission denied; name the journal/);
  });

  it('takes an empty file for a journal that has not begun', async () => {
    expect(await verify(bench.file('journal', ''))).to.equal(0);
    appendFileSync(join(bench.stateFolder, 'journal'), 'x\n');
    expect(await verify(join(bench.stateFolder, 'journal'))).to.equal(1);
    expect(bench.out).to.contain('a journal begins with its header, and this is none');
  });
});
