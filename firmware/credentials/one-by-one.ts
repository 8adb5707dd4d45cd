/** Carries out jobs one at a time, in order, and lets only so many wait. */
export class OneByOne {
  private readonly waitingMax: number;
  private waiting = 0;
  private latest: Promise<unknown> = Promise.resolve();

  constructor(waitingMax: number) {
    this.waitingMax = waitingMax;
  }

  /** `null` where too many wait already: then the job is never done. */
  run<Result>(job: () => Promise<Result>): Promise<Result> | null {
    if (this.waiting >= this.waitingMax) return null;
    this.waiting += 1;
    const done = this.latest.then(job).finally(() => {
      this.waiting -= 1;
    });
    this.latest = done.catch(() => undefined);
    return done;
  }
}
