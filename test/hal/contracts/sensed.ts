import { expect } from 'chai';
import { BOUNCE_MS, loseBoardLink, regainBoardLink, SOON_MS } from './expectations.js';
import type { Bench } from './bench.js';

/** Something that is reported once after `watch` and then at every change; a reading is shown as one text. */
export interface Sensed {
  watch(listener: (reading: string) => void): void;
  /** What there is to read now, in truth. */
  truth(): string;
  /** Changes the truth, and changes it back when called again. */
  change(): void;
  advance(durationMs: number): Promise<void>;
}

export interface SensedByBoard extends Sensed {
  readonly bench: Bench;
}

/** `reportMs`: how soon a change is to be reported. */
export function itReportsEveryChange(makeSensed: () => Promise<Sensed>, reportMs: number): void {
  let sensed: Sensed;
  let readings: string[];

  beforeEach(async () => {
    sensed = await makeSensed();
    readings = [];
  });

  function watch(): void {
    sensed.watch((reading) => readings.push(reading));
  }

  it('reports the present reading once, soon after the call, never from inside it', async () => {
    watch();
    expect(readings).to.deep.equal([]);
    await sensed.advance(SOON_MS);
    expect(readings).to.deep.equal([sensed.truth()]);
  });

  it('begins with the present reading, whatever it was before', async () => {
    await sensed.advance(SOON_MS);
    sensed.change();
    await sensed.advance(reportMs);
    watch();
    await sensed.advance(SOON_MS);
    expect(readings).to.deep.equal([sensed.truth()]);
  });

  it('reports every change, and nothing else', async () => {
    watch();
    await sensed.advance(SOON_MS);
    const expected = [sensed.truth()];
    for (let changes = 0; changes < 5; changes += 1) {
      sensed.change();
      await sensed.advance(reportMs);
      expected.push(sensed.truth());
      expect(readings).to.deep.equal(expected);
      await sensed.advance(10_000);
    }
    expect(readings).to.deep.equal(expected);
    expect(new Set(readings)).to.have.property('size', 2);
  });

  it('reports to the latest listener only', async () => {
    const forgotten: string[] = [];
    sensed.watch((reading) => forgotten.push(reading));
    watch();
    await sensed.advance(SOON_MS);
    sensed.change();
    await sensed.advance(reportMs);
    expect(forgotten).to.deep.equal([]);
    expect(readings).to.have.length(2);
  });
}

/** What holds for inputs behind the link to the board besides. */
export function itReportsThroughTheBoard(makeSensed: () => Promise<SensedByBoard>): void {
  let sensed: SensedByBoard;
  let readings: string[];

  beforeEach(async () => {
    sensed = await makeSensed();
    readings = [];
    sensed.watch((reading) => readings.push(reading));
    await sensed.advance(SOON_MS);
    readings.length = 0;
  });

  it('does not report what only bounces', async () => {
    for (let bounces = 0; bounces < 10; bounces += 1) {
      sensed.change();
      await sensed.advance(BOUNCE_MS);
      sensed.change();
      await sensed.advance(BOUNCE_MS);
    }
    await sensed.advance(1_000);
    expect(readings).to.deep.equal([]);
  });

  it('reports one change where it bounced first', async () => {
    for (let bounces = 0; bounces < 4; bounces += 1) {
      sensed.change();
      await sensed.advance(1);
    }
    sensed.change();
    await sensed.advance(1_000);
    expect(readings).to.deep.equal([sensed.truth()]);
  });

  it('reports the present reading again after each return of the link, changed or not', async () => {
    for (const changes of [0, 1, 2, 1]) {
      readings.length = 0;
      await loseBoardLink(sensed.bench);
      for (let change = 0; change < changes; change += 1) {
        sensed.change();
        await sensed.advance(1_000);
      }
      expect(readings, 'without the link').to.deep.equal([]);
      await regainBoardLink(sensed.bench);
      expect(readings, `after ${changes} changes`).to.deep.equal([sensed.truth()]);
    }
  });

  it('loses no change to an outage of the link, however short', async () => {
    for (const outageMs of [1, 4, 10, 30, 49, 51, 100, 300, 700]) {
      sensed.bench.setBoardLink(false);
      sensed.change();
      await sensed.advance(outageMs);
      await regainBoardLink(sensed.bench);
      expect(readings.at(-1), `${outageMs} ms`).to.equal(sensed.truth());
    }
  });

  it('reports to a listener that came without the link, once the link is back', async () => {
    await loseBoardLink(sensed.bench);
    const late: string[] = [];
    sensed.watch((reading) => late.push(reading));
    await sensed.advance(1_000);
    expect(late).to.deep.equal([]);
    await regainBoardLink(sensed.bench);
    expect(late).to.deep.equal([sensed.truth()]);
  });
}
