import { expect } from 'chai';
import type { RecordingHeader } from '../../firmware/recording.js';
import { LINE_BYTES_MAX } from '../../firmware/journal/journal-line.js';
import { headerLine, readRecording, RecordingError, signalLine } from '../../firmware/recording.js';
import { DEFAULT_SETTINGS } from '../../firmware/settings.js';
import type { Signal } from '../../firmware/signals.js';

const header: RecordingHeader = {
  version: '1.2.3',
  board: 'arduino-uno',
  hasBoltSwitches: true,
  settings: DEFAULT_SETTINGS,
  residents: [{ id: 'Olga', role: 'owner' }],
  motorLimits: { nominalMv: 6_000, stallMa: 330, idleMa: 15, lowMv: 4_900, tooLowMv: 3_600 },
};

const record = { number: 7, atMs: 3, utcMs: null, event: { kind: 'booted' } } as const;

const signals: readonly Signal[] = [
  { in: 'journal', record },
  { in: 'calendar', utcMs: null },
  { in: 'boardLink', up: true },
  { in: 'networkLink', up: false },
  { in: 'boltSwitches', extended: true, retracted: false },
  { in: 'doorContact', closed: true },
  { in: 'cameraPower', powered: false },
  { in: 'cameraFrame', sequence: 0, captureMs: 12, digest: 4_294_967_295 },
  { in: 'recorder', captureMs: 12 },
  { in: 'motorCurrent', currentMa: 91.25, supplyMv: 5_990 },
  { in: 'request', request: { kind: 'lock', personId: 'Olga' } },
  { in: 'refusal', request: 'enter', personId: '', visitId: null, reason: 'badSignature' },
  { in: 'synced', upToNumber: 7, tookMs: 2, fault: null },
  { in: 'noticeSent', stream: 'home', number: 1, tookMs: 3, fault: 'the network is down' },
  { out: 'motor', order: 'extend', fault: null },
  { out: 'cameraPower', on: true, fault: 'the host-board link is down' },
  { out: 'recorder', on: false, fault: null },
  { out: 'indicator', name: 'jam', lit: true, fault: null },
  { out: 'record', record, fault: null },
  {
    out: 'report',
    report: {
      position: 'locked',
      assumed: null,
      activity: 'idle',
      lastResult: 'ok',
      door: 'closed',
      mode: 'normal',
    },
  },
  { out: 'alarm', alarm: 'DoorAjar', raised: true },
];

const text = headerLine(header) + signals.map((signal, index) => signalLine(index * 10, signal)).join('');

/** The message for the text with that line in the place of its second. */
function problemOf(line: string): string {
  return problemIn(text.split('\n').with(1, line).join('\n'));
}

function problemIn(recording: string): string {
  try {
    readRecording(recording, 'rig.jsonl');
  } catch (error) {
    if (error instanceof RecordingError) return error.message;
    throw error;
  }
  return 'none';
}

describe('a recording', () => {
  it('is read as it was written, every signal', () => {
    const read = readRecording(text, 'rig.jsonl');
    expect(read.header).to.deep.include(header);
    expect(read.signals).to.deep.equal(signals.map((signal, index) => ({ atMs: index * 10, signal })));
  });

  it('may end in the middle of a line, as a crash leaves it', () => {
    expect(readRecording(text.slice(0, -5), 'rig.jsonl').signals).to.have.length(signals.length - 1);
    expect(readRecording(headerLine(header), 'rig.jsonl').signals).to.deep.equal([]);
  });

  it('tells of what is wrong by file and line, with the mend', () => {
    const mend = 'record again with this version of Latchkey';
    expect(problemOf('rubbish')).to.equal(
      `rig.jsonl:2: this is no JSON object, of which a recording has one in each line; ${mend}`,
    );
    expect(problemOf('{"ms":0,"in":"doorContact","closed":1}')).to.match(/^rig\.jsonl:2: closed: .*; record again/);
    expect(problemOf('{"ms":0,"in":"weather"}')).to.match(/^rig\.jsonl:2: in: /);
    expect(problemOf('{"in":"boardLink","up":true}')).to.match(/^rig\.jsonl:2: ms: /);
    expect(problemOf('{"ms":11,"in":"boardLink","up":true}')).to.equal(
      `rig.jsonl:3: time goes back from 11 to 10 ms; ${mend}`,
    );
    expect(problemOf(`"${'x'.repeat(LINE_BYTES_MAX + 1_024)}"`)).to.equal(`rig.jsonl:2: the line is too long; ${mend}`);
  });

  it('is known by its header', () => {
    expect(problemIn('')).to.match(/^rig\.jsonl:1: this is no JSON object/);
    expect(problemIn('{}\n')).to.match(/^rig\.jsonl:1: latchkeyRecording: /);
    expect(problemIn(text.replace('"latchkeyRecording":1', '"latchkeyRecording":2'))).to.equal(
      'rig.jsonl:1: latchkeyRecording: must be 1, the version of the format that this program knows; record again with this version of Latchkey',
    );
  });
});
