import { expect } from 'chai';
import { OneByOne } from '../../../firmware/credentials/one-by-one.js';

describe('OneByOne', () => {
  /** A job that ends when it is told to. */
  function held(log: string[], name: string) {
    let end: (error?: Error) => void = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      end = (error) => {
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    const job = async (): Promise<string> => {
      log.push(`${name} begins`);
      await done;
      log.push(`${name} ends`);
      return name;
    };
    return { job, end: (error?: Error) => end(error) };
  }

  it('begins a job when the one before has ended', async () => {
    const log: string[] = [];
    const queue = new OneByOne(8);
    const [first, second] = [held(log, 'first'), held(log, 'second')];
    second.end();
    const results = [first, second].map(async ({ job }) => queue.run(job));
    await Promise.resolve();
    expect(log).to.deep.equal(['first begins']);
    first.end();
    expect(await Promise.all(results)).to.deep.equal(['first', 'second']);
    expect(log).to.deep.equal(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('takes no more than may wait, the one under way included, and again as they end', async () => {
    const queue = new OneByOne(2);
    const jobs = [held([], 'a'), held([], 'b')];
    const results = jobs.map(async ({ job }) => queue.run(job));
    expect(queue.run(async () => Promise.resolve())).to.equal(null);
    for (const { end } of jobs) end();
    await Promise.all(results);
    expect(await queue.run(async () => Promise.resolve('again'))).to.equal('again');
  });

  it('goes on after a job that failed', async () => {
    const queue = new OneByOne(2);
    const failing = held([], 'failing');
    const failed = queue.run(failing.job);
    const next = queue.run(async () => Promise.resolve('next'));
    failing.end(new Error('scrypt'));
    const error: unknown = await failed?.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.an('error').with.property('message', 'scrypt');
    expect(await next).to.equal('next');
  });
});
