import { expect } from 'chai';
import { FanOut } from '../../../sim/fan-out.js';
import { jsonlReport } from '../../../sim/report/jsonl.js';
import { Trace } from '../../../sim/report/trace.js';
import { tellSyntheticVisit } from './synthetic-visit.js';

describe('the JSON lines', () => {
  const trace = new Trace();
  tellSyntheticVisit(new FanOut([trace]));
  const title = { story: 'A parcel', file: 'scenarios/parcel.yaml', seed: 7, fidelity: 'model', sweepPoint: null };
  const text = jsonlReport(title, trace.events);
  const lines = text.split('\n');

  it('begin with a title', () => {
    expect(lines[0]).to.equal(
      '{"format":"latchkey-trace","version":1,"story":"A parcel","file":"scenarios/parcel.yaml","seed":7,"fidelity":"model","sweepPoint":null}',
    );
  });

  it('hold every event, and end with a newline', () => {
    expect(lines.pop()).to.equal('');
    expect(lines.slice(1).map((line) => JSON.parse(line) as unknown)).to.deep.equal(trace.events);
  });

  it('put time and kind in front', () => {
    for (const line of lines.slice(1)) expect(line).to.match(/^\{"atMs":\d+(\.\d{1,3})?,"kind":"[a-zA-Z]+"[,}]/);
  });
});
