import { expect } from 'chai';
import type { LockReport } from '../../../hal/contracts/report.js';
import type { RefusalReason } from '../../../firmware/journal/records.js';
import { FanOut } from '../../../sim/fan-out.js';
import type { Observations } from '../../../sim/observation.js';
import { alarmNames } from '../../../sim/report/alarm-texts.js';
import { chronicle } from '../../../sim/report/chronicle.js';
import { columnsMax, timelineText } from '../../../sim/report/timeline.js';
import { unpainted } from '../../../sim/report/tone.js';
import type { Paint } from '../../../sim/report/tone.js';
import { Trace } from '../../../sim/report/trace.js';
import { tellSyntheticVisit } from './synthetic-visit.js';

function page(tell: (to: Observations) => void, paint: Paint = unpainted, tells = ''): string {
  const trace = new Trace();
  tell(new FanOut([trace]));
  return timelineText({ title: 'The title', tells }, chronicle(trace.events, ['Carla', 'Old Mrs Ode']), paint);
}

/** The rows below the title and its blank row. */
function rows(tell: (to: Observations) => void): string[] {
  return page(tell).trimEnd().split('\n').slice(2);
}

const locked: LockReport = {
  position: 'locked',
  assumed: null,
  activity: 'idle',
  lastResult: 'none',
  door: 'closed',
  mode: 'normal',
};

describe('the timeline', () => {
  it('tells a visit', () => {
    expect(page(tellSyntheticVisit, unpainted, 'What it\ntells.')).to.equal(
      [
        ' The title',
        ' What it tells.',
        '',
        ' 0:00.000  lock       starts',
        ' 0:00.010  lock       expects Carla: delivery, 10:00 to 14:00, one entry',
        ' 0:01.000  Carla      arrives',
        '           camera     power on',
        ' 0:01.050               → owner, worker: Carla is at the door',
        ' 0:04.000  camera     live',
        '',
        ' 0:20.050  Carla      asks to enter',
        '           lock       accepts entry 1 of 1 for Carla (delivery): waits for the recording',
        ' 0:20.070  light      recording on',
        '           lock       recording confirmed',
        '           lock       UNLOCKS: entry 1 of 1 for Carla (delivery), recorded',
        ' 0:21.340  bolt       JAM at 14.2 mm, attempt 1',
        ' 0:21.400  bolt         reverses to come free',
        ' 0:22.050  bolt         tries again',
        ' 0:22.500  camera     no new picture for 0.5 s',
        ' 0:22.800  bolt       retracted',
        ' 0:22.801  lock       reports: unlocked',
        ' 0:23.000  Carla      opens the door',
        ' 0:24.000  fault      camera: frozen',
        ' 0:25.000  ALARM      CameraStale: the picture is frozen, replayed or late: what happens at the door',
        '                        is not seen',
        '                        mend: look at the door yourself; then restart the camera and ask why it',
        '                          froze',
        ' 0:26.500  store      keeps nothing, and says so',
        '',
        '',
      ].join('\n'),
    );
  });

  it('never shows a heartbeat', () => {
    const beats = rows((to) => {
      for (let atMs = 0; atMs < 1_000; atMs += 100) {
        to.frames(atMs, atMs, atMs);
        to.recorded(atMs, atMs, atMs);
        to.motorCurrent(atMs, atMs);
      }
    });
    expect(beats).to.deep.equal([' 0:00.000  camera     live']);
  });

  it('puts a deed in front of what it brought about, and behind what came before', () => {
    const told = rows((to) => {
      to.door(0, true);
      to.bolt(0, 'extended', 25_400);
      to.bolt(500, 'retracted', 0);
      to.door(500, false);
      to.deed(500, 'Carla opens the door', true);
      to.report(600, locked);
      to.request(700, { kind: 'lock', personId: 'Old Mrs Ode' });
      to.record(700, {
        number: 1,
        atMs: 700,
        utcMs: null,
        event: { kind: 'modeChanged', mode: 'lockDown', personId: 'Old Mrs Ode' },
      });
      to.deed(700, 'Old Mrs Ode switches to lock-down mode', true);
    });
    expect(told).to.deep.equal([
      ' 0:00.500  bolt       retracted',
      '           Carla      opens the door',
      ' 0:00.700  Old Mrs Ode switches to lock-down mode',
      '           lock       mode is now lock down, set by Old Mrs Ode',
    ]);
  });

  it('shows the door by itself where nobody moved it', () => {
    const told = rows((to) => {
      to.door(0, true);
      to.door(500, false);
      to.deed(900, 'Carla opens the door, in vain: it is open', false);
    });
    expect(told).to.deep.equal([
      ' 0:00.500  door       opens',
      ' 0:00.900  Carla      opens the door, in vain: it is open',
    ]);
  });

  it('tells once where a report stays the same', () => {
    const told = rows((to) => {
      to.report(0, { ...locked, position: 'unknown' });
      to.report(1, locked);
      to.report(2, { ...locked, activity: 'locking' });
      to.report(3, { ...locked, position: 'notFullyLocked' });
    });
    expect(told).to.deep.equal([
      ' 0:00.001  lock       reports: locked',
      ' 0:00.003  lock       reports: not fully locked',
    ]);
  });

  it('goes without saying that a camera without power has no picture', () => {
    const told = rows((to) => {
      to.cameraPower(0, true);
      to.frames(10, 10, 10);
      to.cameraPower(20, false);
      to.finish(5_000);
    });
    expect(told).to.deep.equal([' 0:00.010  camera     live', ' 0:00.020  camera     power off']);
  });

  it('widens its margin for a long story, and no row beyond its width', () => {
    const text = page((to) => {
      for (const alarm of alarmNames) {
        to.alarm(3 * 86_400_000, alarm, true);
        to.alarm(3 * 86_400_000, alarm, false);
      }
      to.deed(3 * 86_400_000, 'Old Mrs Ode turns the thumb-turn to unlock', true);
    });
    expect(text).to.contain('\n 3 d 0:00:00.000  ALARM      LockJammed: ');
    for (const row of text.split('\n')) expect(row.length, row).to.be.at.most(columnsMax);
  });

  it('has a mend for every alarm', () => {
    for (const alarm of alarmNames) {
      expect(
        page((to) => to.alarm(0, alarm, true)),
        alarm,
      ).to.match(/\n +mend: \w+/);
    }
  });

  it('says why a request was refused, to all who are told', () => {
    const reason: RefusalReason = 'cameraBooting';
    const told = rows((to) => {
      const refusal = { request: 'enter', personId: 'Carla', visitId: 'parcel', entry: 1, reason } as const;
      to.record(0, { number: 1, atMs: 0, utcMs: null, event: { kind: 'requestRefused', ...refusal } });
      to.notice(15, { number: 1, to: 'owner', kind: 'refused', visitId: 'parcel', detail: reason, utcMs: null });
      to.notice(45, { number: 2, to: 'worker', kind: 'refused', visitId: 'parcel', detail: reason, utcMs: null });
      to.notice(900, { number: 3, to: 'worker', kind: 'refused', visitId: 'parcel', detail: reason, utcMs: null });
    });
    expect(told).to.deep.equal([
      ' 0:00.000  lock       refuses Carla (enter): the camera is starting; ask again in a moment',
      ' 0:00.015               → owner, worker: refused: the camera is starting; ask again in a moment',
      ' 0:00.900               → worker: refused: the camera is starting; ask again in a moment',
    ]);
  });

  it('paints by meaning', () => {
    const painted = page(
      (to) => to.alarm(0, 'DoorAjar', true),
      (tone, text) => `<${tone}>${text}</${tone}>`,
    );
    expect(painted).to.contain('<title>The title</title>');
    expect(painted).to.contain('<bad>ALARM    </bad>');
    expect(painted).to.contain('<warning>mend: close the door: it locks by itself</warning>');
  });
});
