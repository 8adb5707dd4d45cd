import { expect } from 'chai';
import type { IndicatorName } from '../../../hal/contracts/indicators.js';
import type { Bench, MakeBench } from './bench.js';
import { DEAD_MAN_MS, expectFault, loseBoardLink, regainBoardLink, SOON_MS } from './expectations.js';

const ALL: readonly IndicatorName[] = ['recording', 'jam', 'fault'];

export function describeIndicators(name: string, makeBench: MakeBench): void {
  describe(`indicators: ${name}`, () => {
    let bench: Bench;

    beforeEach(async () => {
      bench = await makeBench();
    });

    function lit(): IndicatorName[] {
      return ALL.filter((indicator) => bench.isLit(indicator));
    }

    function lightAll(): void {
      for (const indicator of ALL) bench.hal.indicators.set(indicator, true);
    }

    it('are dark at power-up until lit', async () => {
      await bench.advance(1_000);
      expect(lit()).to.deep.equal([]);
      lightAll();
      await bench.advance(SOON_MS);
      await bench.cyclePower();
      await bench.advance(1_000);
      expect(lit()).to.deep.equal([]);
    });

    for (const indicator of ALL) {
      it(`light and darken "${indicator}" alone, and accept what is so already`, async () => {
        for (const isLit of [false, true, true, false, false]) {
          expect(bench.hal.indicators.set(indicator, isLit)).to.equal(null);
          await bench.advance(SOON_MS);
          expect(lit()).to.deep.equal(isLit ? [indicator] : []);
        }
      });
    }

    it('refuse without the link to the board, and do nothing, then or later', async () => {
      await loseBoardLink(bench);
      for (const indicator of ALL) expectFault(bench.hal.indicators.set(indicator, true), 'indicators');
      await bench.advance(1_000);
      expect(lit()).to.deep.equal([]);
      await regainBoardLink(bench);
      expect(lit()).to.deep.equal([]);
    });

    for (const death of ['host', 'link'] as const) {
      it(`are dark within 600 ms after the ${death} died`, async () => {
        lightAll();
        await bench.advance(1_000);
        expect(lit()).to.deep.equal(ALL);
        if (death === 'host') bench.killHost();
        else bench.setBoardLink(false);
        await bench.advance(DEAD_MAN_MS);
        expect(lit()).to.deep.equal([]);
      });
    }
  });
}
