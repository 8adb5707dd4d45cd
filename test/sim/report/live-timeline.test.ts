import { expect } from 'chai';
import { FanOut } from '../../../sim/fan-out.js';
import type { Observations } from '../../../sim/observation.js';
import { Chronicler } from '../../../sim/report/chronicle.js';
import { clockWidthMin, TimelineRows } from '../../../sim/report/timeline.js';
import { unpainted } from '../../../sim/report/tone.js';
import { Trace } from '../../../sim/report/trace.js';
import { grantOf } from '../../firmware/support/records.js';
import { tellSyntheticVisit } from './synthetic-visit.js';

/** The texts of the lines that were told up to then. */
function lines(chronicler: Chronicler, untilMs: number): string[] {
  return chronicler.takeUntil(untilMs).map(({ text }) => text);
}

function told(chronicler: Chronicler, tell: (to: Observations) => void): void {
  const trace = new Trace();
  tell(new FanOut([trace]));
  for (const event of trace.events) chronicler.tell(event);
}

describe('a timeline in pieces', () => {
  it('is the same as in one', () => {
    const trace = new Trace();
    tellSyntheticVisit(new FanOut([trace]));
    const whole = new Chronicler(['Carla']);
    const pieces = new Chronicler(['Carla']);
    const shown = new TimelineRows(clockWidthMin, unpainted);
    let text = '';
    for (const event of trace.events) {
      whole.tell(event);
      for (const line of pieces.takeUntil(event.atMs - 120)) text += shown.text(line);
      pieces.tell(event);
    }
    for (const line of pieces.takeUntil(Infinity)) text += shown.text(line);
    const rows = new TimelineRows(clockWidthMin, unpainted);
    expect(text).to.equal(whole.lines.map((line) => rows.text(line)).join(''));
  });

  it('keeps back what is later', () => {
    const chronicler = new Chronicler(['Carla']);
    told(chronicler, (to) => {
      to.deed(1_000, 'Carla arrives', true);
      to.deed(2_000, 'Carla rings', true);
    });
    expect(lines(chronicler, 1_500)).to.deep.equal(['arrives']);
    expect(lines(chronicler, 1_500)).to.deep.equal([]);
    expect(lines(chronicler, Infinity)).to.deep.equal(['rings']);
  });

  it('puts a deed that is told late where it belongs', () => {
    const chronicler = new Chronicler(['Olga']);
    told(chronicler, (to) => {
      to.bolt(0, 'extended', NaN);
      to.bolt(1_000, 'retracted', NaN);
      to.bolt(1_010, 'extended', NaN);
      to.deed(1_000, 'Olga turns the key to unlock', true);
    });
    expect(lines(chronicler, Infinity)).to.deep.equal(['retracted', 'turns the key to unlock', 'home: extended']);
  });

  it('tells a deed beside an opening that was shown already', () => {
    const chronicler = new Chronicler(['Olga']);
    told(chronicler, (to) => {
      to.door(0, true);
      to.door(1_000, false);
    });
    expect(lines(chronicler, Infinity)).to.deep.equal(['opens']);
    told(chronicler, (to) => {
      to.deed(1_010, 'Olga rings', true);
      to.deed(1_000, 'Olga opens the door', true);
    });
    expect(lines(chronicler, Infinity)).to.deep.equal(['opens the door', 'rings']);
  });

  it('knows visitors who were announced before it began', () => {
    const chronicler = new Chronicler([]);
    chronicler.know(grantOf({ personId: 'Carla', entries: 2 }));
    told(chronicler, (to) => {
      const event = { kind: 'entryAccepted', visitId: 'visit-1', entry: 2 } as const;
      to.record(1_000, { number: 9, atMs: 1_000, utcMs: null, event });
    });
    expect(lines(chronicler, Infinity)).to.deep.equal([
      'accepts entry 2 of 2 for Carla (delivery): waits for the recording',
    ]);
  });

  it('tells of an alarm once while it stands, and again after its end, or the end of the firmware', () => {
    const chronicler = new Chronicler([]);
    told(chronicler, (to) => {
      for (const raised of [true, true, false, true]) to.alarm(1_000, 'StoreFailed', raised);
      to.host(2_000, false);
      to.alarm(3_000, 'StoreFailed', true);
    });
    const alarms = lines(chronicler, Infinity).filter((text) => text.startsWith('StoreFailed'));
    const raised = 'StoreFailed: the journal cannot be kept';
    expect(alarms).to.deep.equal([raised, 'StoreFailed cleared', raised, raised]);
  });

  it('says of a jam where it is only if that was measured', () => {
    for (const [travelUm, text] of [
      [12_000, 'JAM at 12.0 mm, attempt 1'],
      [NaN, 'JAM, attempt 1'],
    ] as const) {
      const chronicler = new Chronicler([]);
      told(chronicler, (to) => {
        to.bolt(0, 'between', travelUm);
        const event = { kind: 'jamDetected', goal: 'locked', attempt: 1 } as const;
        to.record(1, { number: 1, atMs: 1, utcMs: null, event });
      });
      expect(lines(chronicler, Infinity)).to.deep.equal([text]);
    }
  });
});
