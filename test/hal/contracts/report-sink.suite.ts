import { expect } from 'chai';
import type { LockReport, ReportSink } from '../../../hal/contracts/report.js';

export interface ReportSinkFixture {
  readonly sink: ReportSink;
  /** Everything that got there: reports, and alarms as "name true" or "name false". */
  published(): readonly (LockReport | string)[];
  advance(durationMs: number): Promise<void>;
}

export function describeReportSink(name: string, makeFixture: () => Promise<ReportSinkFixture>): void {
  describe(`report sink: ${name}`, () => {
    it('passes reports and alarms on as they are, in the order of publication', async () => {
      const fixture = await makeFixture();
      const { sink } = fixture;
      const locked: LockReport = {
        position: 'locked',
        assumed: null,
        activity: 'idle',
        lastResult: 'ok',
        door: 'closed',
        mode: 'normal',
      };
      const unlocking: LockReport = { ...locked, position: 'unknown', assumed: 'locked', activity: 'unlocking' };
      sink.report(locked);
      sink.alarm('LockJammed', true);
      sink.report(unlocking);
      await fixture.advance(100);
      sink.alarm('LockJammed', false);
      sink.report(unlocking);
      await fixture.advance(100);
      expect(fixture.published()).to.deep.equal([locked, 'LockJammed true', unlocking, 'LockJammed false', unlocking]);
    });
  });
}
