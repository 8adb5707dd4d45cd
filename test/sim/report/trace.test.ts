import { expect } from 'chai';
import { FanOut } from '../../../sim/fan-out.js';
import { Trace, TraceTooLongError } from '../../../sim/report/trace.js';
import type { TraceEvent } from '../../../sim/report/trace.js';
import { tellSyntheticVisit } from './synthetic-visit.js';

function traceOf(tell: (trace: Trace) => void): readonly TraceEvent[] {
  const trace = new Trace();
  tell(trace);
  return trace.events;
}

function visit(coalesced: boolean): readonly TraceEvent[] {
  return traceOf((trace) => tellSyntheticVisit(new FanOut([trace]), { coalesced }));
}

describe('the trace', () => {
  it('keeps what was seen, in order', () => {
    const events = visit(false);
    expect(events.length).to.be.above(50);
    expect(events).to.deep.equal(events.toSorted((a, b) => a.atMs - b.atMs));
    expect(events.at(-1)).to.deep.equal({ atMs: 30_000, kind: 'finish' });
  });

  it('is the same for heartbeats one by one and coalesced', () => {
    expect(visit(true)).to.deep.equal(visit(false));
  });

  it('keeps of the frames when the picture becomes fresh, and when it is 500 ms old', () => {
    const events = traceOf((trace) => {
      trace.frames(1_040, 1_000, 1_000);
      trace.frames(1_140, 1_100, 1_100);
      trace.door(1_600, false);
      trace.door(1_601, true);
      trace.frames(9_000, 8_000, 9_000);
      trace.finish(9_500);
    });
    expect(events).to.deep.equal([
      { atMs: 1_000, kind: 'cameraFresh', fresh: true },
      { atMs: 1_600, kind: 'door', closed: false },
      { atMs: 1_600, kind: 'cameraFresh', fresh: false },
      { atMs: 1_601, kind: 'door', closed: true },
      { atMs: 8_000, kind: 'cameraFresh', fresh: true },
      { atMs: 9_500, kind: 'finish' },
    ]);
  });

  it('leaves what was seen between the capture of a frame and its arrival in front', () => {
    const events = traceOf((trace) => {
      trace.door(1_020, false);
      trace.frames(1_040, 1_000, 1_000);
    });
    expect(events.map(({ kind, atMs }) => [kind, atMs])).to.deep.equal([
      ['door', 1_020],
      ['cameraFresh', 1_020],
    ]);
  });

  it('rounds times and travel to thousandths', () => {
    const events = traceOf((trace) => trace.bolt(22_800.333_333, 'between', 1_234.567));
    expect(events).to.deep.equal([{ atMs: 22_800.333, kind: 'bolt', place: 'between', travelUm: 1_235 }]);
  });

  it('refuses to grow beyond its limit', () => {
    const trace = new Trace(2);
    trace.door(1, true);
    trace.door(2, false);
    expect(() => trace.door(3, true)).to.throw(TraceTooLongError, 'more than 2 events');
  });
});
