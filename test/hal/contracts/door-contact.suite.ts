import type { MakeBench } from './bench.js';
import { INPUT_REPORT_MS } from './expectations.js';
import type { SensedByBoard } from './sensed.js';
import { itReportsEveryChange, itReportsThroughTheBoard } from './sensed.js';

export function describeDoorContact(name: string, makeBench: MakeBench): void {
  describe(`door contact: ${name}`, () => {
    async function makeSensed(): Promise<SensedByBoard> {
      const bench = await makeBench();
      let closed = true;
      return {
        bench,
        watch: (listener) => bench.hal.doorContact.watch((reading) => listener(reading ? 'closed' : 'open')),
        truth: () => (closed ? 'closed' : 'open'),
        change: () => {
          closed = !closed;
          bench.moveDoor(closed);
        },
        advance: (durationMs) => bench.advance(durationMs),
      };
    }

    itReportsEveryChange(makeSensed, INPUT_REPORT_MS);
    itReportsThroughTheBoard(makeSensed);
  });
}
