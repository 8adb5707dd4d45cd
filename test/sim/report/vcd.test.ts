import { expect } from 'chai';
import { FanOut } from '../../../sim/fan-out.js';
import { Trace } from '../../../sim/report/trace.js';
import { vcdReport } from '../../../sim/report/vcd.js';
import { tellSyntheticVisit } from './synthetic-visit.js';
import { readVcd } from './vcd-reader.js';

const title = {
  story: 'The $end of a parcel – ééé',
  file: 'scenarios/parcel.yaml',
  seed: 7,
  fidelity: 'model',
  sweepPoint: null,
};

describe('the value change dump', () => {
  const trace = new Trace();
  tellSyntheticVisit(new FanOut([trace]));
  const text = vcdReport(title, trace.events);
  const vcd = readVcd(text);

  function changesOf(path: string): readonly (readonly [number, string])[] {
    const signal = vcd.signals.get(path);
    if (signal === undefined) throw new Error(`no signal ${path}`);
    return signal.changes;
  }

  it('counts microseconds, up to the end of the story', () => {
    expect(vcd.timescale).to.equal('1 us');
    expect(vcd.endUs).to.equal(30_000_000);
  });

  it('is plain ASCII whatever the story is called', () => {
    expect(text).to.match(/^[\n -~]*$/);
  });

  it('keeps blanks and escapes out of texts', () => {
    const deed = { atMs: 1, kind: 'deed', words: String.raw`Carla says \o/ – bye`, done: true } as const;
    const { signals } = readVcd(vcdReport(title, [deed]));
    expect(signals.get('story.deed')?.changes.at(-1)).to.deep.equal([1_000, 'Carla_says__o/_?_bye']);
  });

  it('names its signals in scopes', () => {
    const scopes = new Set([...vcd.signals.keys()].map((path) => path.split('.')[0]));
    expect([...scopes]).to.have.members(['lock', 'door', 'camera', 'story', 'alarm']);
  });

  it('gives every signal a value from the start', () => {
    for (const [path, { changes }] of vcd.signals) expect(changes[0]?.[0], path).to.equal(0);
  });

  it('shows a braked motor by both its bits', () => {
    const { signals } = readVcd(vcdReport(title, [{ atMs: 1, kind: 'motor', drive: 'both' }]));
    const last = ['motor', 'motor_extend', 'motor_retract'].map((name) => signals.get(`lock.${name}`)?.changes.at(-1));
    expect(last).to.deep.equal([
      [1_000, 'both'],
      [1_000, '1'],
      [1_000, '1'],
    ]);
  });

  it('shows the motor in words and in bits', () => {
    expect(changesOf('lock.motor')).to.deep.equal([
      [0, '-'],
      [20_080_000, 'retract'],
      [21_340_000, 'off'],
      [21_400_000, 'extend'],
      [21_550_000, 'off'],
      [22_050_125, 'retract'],
      [22_800_500, 'off'],
    ]);
    expect(changesOf('lock.motor_retract').at(-1)).to.deep.equal([22_800_500, '0']);
    expect(changesOf('lock.motor_stalled')).to.deep.equal([
      [0, 'x'],
      [21_210_000, '1'],
      [21_340_000, '0'],
    ]);
  });

  it('shows current and travel in numbers', () => {
    expect(changesOf('lock.current_ma')).to.deep.equal([
      [0, '0'],
      [20_080_000, '900'],
      [21_210_000, '1500'],
      [21_340_000, '0'],
    ]);
    expect(changesOf('lock.bolt_travel_um')).to.deep.include([21_210_000, '14200']);
  });

  it('shows the truth of the bolt, apart from what the lock reports', () => {
    expect(changesOf('lock.bolt_extended')).to.deep.include([20_080_000, '0']);
    expect(changesOf('lock.bolt_retracted').at(-1)).to.deep.equal([22_800_333, '1']);
    expect(changesOf('lock.position').map(([, value]) => value)).to.deep.equal(['-', 'locked', 'unlocked']);
    expect(changesOf('lock.activity').map(([, value]) => value)).to.deep.equal(['-', 'idle', 'unlocking', 'idle']);
  });

  it('shows door, camera and story', () => {
    expect(changesOf('door.closed')).to.deep.equal([
      [0, 'x'],
      [0, '1'],
      [23_000_000, '0'],
    ]);
    expect(changesOf('camera.powered').at(-1)).to.deep.equal([1_000_000, '1']);
    expect(changesOf('camera.fresh')).to.deep.equal([
      [0, 'x'],
      [4_000_000, '1'],
      [22_500_000, '0'],
    ]);
    expect(changesOf('camera.light_recording').at(-1)).to.deep.equal([20_070_000, '1']);
    expect(changesOf('alarm.CameraStale').at(-1)).to.deep.equal([25_000_000, '1']);
    expect(changesOf('alarm.DoorAjar')).to.deep.equal([[0, 'x']]);
    expect(changesOf('story.deed')).to.deep.include([20_050_000, 'Carla_asks_to_enter']);
    expect(changesOf('story.fault').at(-1)).to.deep.equal([24_000_000, 'camera_frozen']);
    expect(changesOf('story.network').at(-1)).to.deep.equal([0, '1']);
  });
});
