import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingFile } from '../../../cli/rig/recording-file.js';
import type { Signal } from '../../../firmware/signals.js';

const signal: Signal = { in: 'doorContact', closed: true };
const line = '{"ms":7,"in":"doorContact","closed":true}\n';

describe('the file of a recording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-recording-'));
  const path = join(folder, 'rig.jsonl');
  let told: string[];

  beforeEach(() => {
    told = [];
  });

  afterEach(() => rmSync(path, { force: true }));

  after(() => rmSync(folder, { recursive: true }));

  it('is for its owner only', () => {
    const file = new RecordingFile(path, (why) => told.push(why));
    file.take(7, signal);
    file.close();
    expect(readFileSync(path, 'utf8')).to.equal(line);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(told).to.deep.equal([]);
  });

  it('ends, and says so once, at half a line: nothing may come behind it', () => {
    const file = new RecordingFile(
      path,
      (why) => told.push(why),
      (descriptor, bytes) => writeSync(descriptor, bytes.subarray(0, 10)),
    );
    for (let times = 0; times < 3; times += 1) file.take(7, signal);
    file.close();
    expect(readFileSync(path, 'utf8')).to.equal(line.slice(0, 10));
    expect(told).to.deep.equal([`${path}: the recording ends here: the disk is full`]);
  });

  it('is not there where nothing was recorded', () => {
    new RecordingFile(path, (why) => told.push(why)).close();
    expect(existsSync(path)).to.equal(false);
  });
});
