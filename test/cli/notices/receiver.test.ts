import { expect } from 'chai';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInput } from '../../../cli/bad-input.js';
import { Receiver } from '../../../cli/notices/receiver.js';
import type { News } from '../../../cli/notices/receiver-state.js';
import { beatMessage, notice, noticeMessage, TEN_UTC_MS } from './messages.js';

describe('The receiver', () => {
  let folder: string;
  let outFile: string;
  let news: News[];
  let restored: News[];
  let receivers: Receiver[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-receiver-'));
    outFile = join(folder, 'received.jsonl');
    news = [];
    restored = [];
    receivers = [];
  });

  afterEach(() => {
    for (const receiver of receivers) receiver.close();
    rmSync(folder, { recursive: true });
  });

  async function open(out: string | null = outFile): Promise<Receiver> {
    const receiver = await Receiver.open({
      outFile: out,
      utcMs: () => TEN_UTC_MS,
      nowMs: () => performance.now(),
      onNews: (told) => news.push(told),
      onRestored: (told) => restored.push(told),
    });
    receivers.push(receiver);
    return receiver;
  }

  function said(): string[] {
    return news.splice(0).map(({ kind }) => kind);
  }

  it('keeps each message before it is acknowledged', async () => {
    const receiver = await open();
    const message = noticeMessage(notice(1));
    await receiver.take(message, TEN_UTC_MS - 1_000);
    expect(JSON.parse(readFileSync(outFile, 'utf8'))).to.deep.equal({
      receivedUtcMs: TEN_UTC_MS,
      sentUtcMs: TEN_UTC_MS - 1_000,
      message,
    });
  });

  it('keeps neither repeats, nor heartbeats after the first of a visit', async () => {
    const receiver = await open();
    for (const number of [1, 1, 2]) await receiver.take(noticeMessage(notice(number)), TEN_UTC_MS);
    for (const number of [1, 2, 3]) await receiver.take(beatMessage(number), TEN_UTC_MS);
    expect(readFileSync(outFile, 'utf8').split('\n').length - 1).to.equal(3);
  });

  it('goes on after a restart where it was, behind a line that was cut short too', async () => {
    const first = await open();
    for (const number of [1, 2, 5]) await first.take(noticeMessage(notice(number)), TEN_UTC_MS);
    said();
    appendFileSync(outFile, '{"receivedUtcMs":1,"sent');
    const second = await open();
    expect(said()).to.deep.equal([]);
    for (const number of [5, 3, 6, 8]) await second.take(noticeMessage(notice(number)), TEN_UTC_MS);
    expect(said()).to.deep.equal(['repeat', 'filled', 'notice', 'notice', 'gap', 'notice']);
    const third = await open();
    for (const number of [3, 8, 9]) await third.take(noticeMessage(notice(number)), TEN_UTC_MS);
    expect(said()).to.deep.equal(['repeat', 'repeat', 'notice']);
  });

  it('tells after a restart what it told before, apart from what is new', async () => {
    const first = await open();
    await first.take(noticeMessage(notice(1, { kind: 'entered', visitId: 'v' })), TEN_UTC_MS);
    expect(restored).to.deep.equal([]);
    const toldBefore = news.splice(0);
    await open();
    expect(restored).to.deep.equal(toldBefore);
    expect(said()).to.deep.equal([]);
  });

  it('goes on with the file before, too', async () => {
    const first = await open();
    await first.take(noticeMessage(notice(1)), TEN_UTC_MS);
    writeFileSync(`${outFile}.old`, readFileSync(outFile));
    rmSync(outFile);
    const second = await open();
    said();
    await second.take(noticeMessage(notice(1)), TEN_UTC_MS);
    expect(said()).to.deep.equal(['repeat']);
  });

  it('takes nothing that it cannot keep, and all of it once it can', async () => {
    const receiver = await open(join(folder, 'not-there', 'received.jsonl'));
    const failed = await receiver.take(noticeMessage(notice(1)), TEN_UTC_MS).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'ENOENT');
    expect(said()).to.deep.equal([]);
    const other = await open();
    await other.take(noticeMessage(notice(1)), TEN_UTC_MS);
    expect(said()).to.deep.equal(['notice']);
  });

  it('takes messages in the order in which they came', async () => {
    const receiver = await open();
    await Promise.all([1, 2, 3, 4, 5].map((number) => receiver.take(noticeMessage(notice(number)), TEN_UTC_MS)));
    expect(said()).to.deep.equal(['notice', 'notice', 'notice', 'notice', 'notice']);
  });

  it('says that a lock is silent, without anything being received', async () => {
    const receiver = await open(null);
    await receiver.take(beatMessage(1, { nextWithinMs: 5 }), TEN_UTC_MS);
    while (news.length === 0) await new Promise(setImmediate);
    expect(said()).to.deep.equal(['lockSilent']);
  });

  it('watches over a visit that was under way before a restart', async () => {
    const first = await open();
    await first.take(beatMessage(1, { nextWithinMs: 5 }), TEN_UTC_MS);
    first.close();
    await open();
    while (news.length === 0) await new Promise(setImmediate);
    expect(said()).to.deep.equal(['lockSilent']);
  });

  it('refuses a file that it cannot read', async () => {
    const error = await open(folder).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(BadInput);
    expect(String(error)).to.match(/illegal operation on a directory; name another file with --out/u);
  });
});
