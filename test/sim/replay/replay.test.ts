import { expect } from 'chai';
import type { Recording } from '../../../firmware/recording.js';
import { RecordingError } from '../../../firmware/recording.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import type { Signal } from '../../../firmware/signals.js';
import type { Decision } from '../../../sim/replay/decisions.js';
import { differences } from '../../../sim/replay/decisions.js';
import { ReplayedParts } from '../../../sim/replay/replayed-parts.js';
import { replay } from '../../../sim/replay/replay.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

function recordingOf(timed: readonly (readonly [number, Signal])[], hasBoltSwitches = true): Recording {
  return {
    header: {
      version: '0.0.0',
      board: 'arduino-uno',
      hasBoltSwitches,
      settings: DEFAULT_SETTINGS,
      residents: [{ id: 'Olga', role: 'owner' }],
      motorLimits: { nominalMv: 6_000, stallMa: 330, idleMa: 15, lowMv: 4_900, tooLowMv: 3_600 },
    },
    signals: timed.map(([atMs, signal]) => ({ atMs, signal })),
  };
}

const boot: readonly (readonly [number, Signal])[] = [
  [100, { in: 'calendar', utcMs: Date.UTC(2026, 5, 1) }],
  [110, { in: 'boardLink', up: true }],
  [110, { in: 'boltSwitches', extended: true, retracted: false }],
  [110, { in: 'doorContact', closed: true }],
  [110, { in: 'cameraPower', powered: false }],
];

/** The lock orders a stop as it boots, and again as it hears of the board. */
const stops = [100, 110].map((atMs): readonly [number, Signal] => [atMs, { out: 'motor', order: 'stop', fault: null }]);

const inOrder = [...stops, ...boot].toSorted(([a], [b]) => a - b);

const unlock: Signal = { in: 'request', request: { kind: 'unlock', personId: 'Olga', by: 'app' } };

/** What the firmware decides on that, by its words. */
function decided(recording: Recording): string[] {
  return replay(recording, 'rig.jsonl').differences.map(({ about, replayed }) => `${about}: ${replayed?.words ?? ''}`);
}

describe('replaying', () => {
  it('lets the firmware decide anew on what was recorded', () => {
    const found = decided(recordingOf([...inOrder, [500, unlock], [2_000, { in: 'networkLink', up: true }]]));
    expect(found).to.include('motor: retract');
  });

  it('refuses what was refused, in the order in which it was', () => {
    const refused: readonly (readonly [number, Signal])[] = [
      [200, { out: 'motor', order: 'retract', fault: 'the link is down' }],
      [200, { out: 'motor', order: 'stop', fault: null }],
      [200, { out: 'recorder', on: true, fault: 'the disk is full' }],
      [200, { out: 'recorder', on: true, fault: null }],
    ];
    const { header, signals } = recordingOf([...boot, ...refused]);
    const { boltMotor, recorder } = new ReplayedParts(header, signals, new VirtualClock()).parts.hal;
    expect([boltMotor.retract(), boltMotor.stop(), boltMotor.stop()]).to.deep.equal([
      { part: 'boltMotor', detail: 'the link is down' },
      null,
      null,
    ]);
    expect([recorder.start(), recorder.start()]).to.deep.equal([
      { part: 'recorder', detail: 'the disk is full' },
      null,
    ]);
  });

  it('lets the firmware do without the link', () => {
    const down: Signal = { in: 'boardLink', up: false };
    const found = decided(
      recordingOf([...inOrder, [400, down], [500, unlock], [3_000, { in: 'networkLink', up: true }]]),
    );
    expect(found).to.not.include('motor: retract');
  });

  it('knows a lock without end switches', () => {
    const found = decided(recordingOf([...boot, [3_000, { in: 'networkLink', up: true }]], false));
    expect(found.join('\n')).to.contain('unknown');
  });

  it('says at which line the firmware cannot go on', () => {
    const nonsense = { in: 'request', request: { kind: 'announceVisit' } } as unknown as Signal;
    expect(() => replay(recordingOf([...boot, [500, nonsense]]), 'rig.jsonl')).to.throw(
      RecordingError,
      /^rig\.jsonl:7: the firmware cannot go on from here: /,
    );
  });
});

describe('decisions', () => {
  const at = (atMs: number, words: string, about = 'motor'): Decision => ({ atMs, about, words });

  it('are the same within a tenth of a second', () => {
    expect(differences([at(1_000, 'extend')], [at(1_100, 'extend')], 5_000)).to.deep.equal([]);
    expect(differences([at(1_000, 'extend')], [at(1_101, 'extend')], 5_000)).to.have.length(1);
  });

  it('differ in their words, and in their number', () => {
    expect(differences([at(1_000, 'extend')], [at(1_000, 'retract')], 5_000)).to.deep.equal([
      { about: 'motor', recorded: at(1_000, 'extend'), replayed: at(1_000, 'retract') },
    ]);
    expect(differences([], [at(1_000, 'extend')], 5_000)).to.deep.equal([
      { about: 'motor', recorded: null, replayed: at(1_000, 'extend') },
    ]);
    expect(differences([at(1_000, 'extend')], [], 5_000)).to.have.length(1);
  });

  it('are shown by what they are about, the earliest difference first, and no later one about the same', () => {
    const recorded = [at(1_000, 'on', 'camera power'), at(500, 'extend'), at(900, 'stop')];
    const found = differences(recorded, [at(2_000, 'on', 'camera power')], 5_000);
    expect(found.map(({ about }) => about)).to.deep.equal(['motor', 'camera power']);
  });

  it('do not count that were under way when the recording ended', () => {
    expect(differences([], [at(4_950, 'extend')], 5_000)).to.deep.equal([]);
    expect(differences([at(4_950, 'extend')], [], 5_000)).to.deep.equal([]);
  });
});
