import { expect } from 'chai';
import {
  avrdudeVersion,
  flashProgress,
  foundChip,
  hasVerified,
  lastWords,
  problemKind,
} from '../../../hal/tools/avrdude-output.js';
import type { ProblemKind } from '../../../hal/tools/problem.js';
import * as recordings from './avrdude-recordings.js';

const { of63, of82 } = recordings;

describe('what avrdude prints', () => {
  it('names its version', () => {
    expect(avrdudeVersion(recordings.version)).to.equal('7.1');
    expect(avrdudeVersion(of63.version)).to.equal('6.3');
    expect(avrdudeVersion(of82.version)).to.equal('8.2');
    expect(avrdudeVersion('avrdude: command not found')).to.equal(null);
  });

  it('counts as verified only when it says so', () => {
    for (const output of [recordings.verified, of63.verified, of82.verified])
      expect(hasVerified(output)).to.equal(true);
    for (const output of [recordings.mismatch, of63.mismatch, of82.mismatch])
      expect(hasVerified(output)).to.equal(false);
    expect(hasVerified('avrdude: 3650 bytes of flash written')).to.equal(false);
    expect(hasVerified('avrdude: 0 bytes of flash verified')).to.equal(false);
  });

  const cases: [name: string, output: string, kind: ProblemKind | null][] = [
    ['no port', recordings.noPort, 'portMissing'],
    ['no port, 6.3', of63.noPort, 'portMissing'],
    ['no permission', recordings.noPermission, 'portForbidden'],
    ['no permission, 6.3', of63.noPermission, 'portForbidden'],
    ['no permission, 8.2', of82.noPermission, 'portForbidden'],
    ['a busy port', recordings.busy, 'portBusy'],
    ['a busy port, 6.3', of63.busy, 'portBusy'],
    ['silence', recordings.silent, 'noAnswer'],
    ['silence, 6.3', of63.silent, 'noAnswer'],
    ['a garbled answer', recordings.garbled, 'noAnswer'],
    ['silence in mid-write', recordings.lostInMidWrite, 'noAnswer'],
    ['another chip', recordings.wrongChip, 'wrongChip'],
    ['another chip, 6.3', of63.wrongChip, 'wrongChip'],
    ['another chip, 8.2', of82.wrongChip, 'wrongChip'],
    ['a mismatch', recordings.mismatch, 'verifyMismatch'],
    ['a mismatch, 6.3', of63.mismatch, 'verifyMismatch'],
    ['a mismatch, 8.2', of82.mismatch, 'verifyMismatch'],
    ['what is unknown', recordings.unknownFault, null],
    ['success, with its complaints about modem lines', recordings.verified, null],
  ];
  for (const [name, output, kind] of cases) {
    it(`tells ${name}`, () => expect(problemKind(output)).to.equal(kind));
  }

  it('names the chip that answers', () => {
    expect(foundChip(recordings.wrongChip)).to.equal('0x1e9514 (probably m328)');
    expect(foundChip(of63.wrongChip)).to.equal('0x1e9514 (probably m328)');
    expect(foundChip(of82.wrongChip)).to.equal('1E 95 14 (ATmega328)');
    expect(foundChip(recordings.silent)).to.equal(null);
  });

  it('shows how far it is at any moment', () => {
    expect(flashProgress(recordings.silent)).to.equal(null);
    expect(flashProgress(recordings.half.writing)).to.deep.equal({ phase: 'writing', percent: 30 });
    expect(flashProgress(recordings.half.verifying)).to.deep.equal({ phase: 'verifying', percent: 18 });
    expect(flashProgress(recordings.lostInMidWrite)).to.deep.equal({ phase: 'writing', percent: 68 });
    for (const output of [recordings.verified, of63.verified, of82.verified]) {
      expect(flashProgress(output)).to.deep.equal({ phase: 'verifying', percent: 100 });
    }
  });

  it('takes no reading for verification before something is written', () => {
    expect(flashProgress(of63.wrongChip)).to.equal(null);
  });

  it('keeps the words that matter of what is unknown', () => {
    expect(lastWords(recordings.unknownFault)).to.match(/avrdude error: the sky is falling$/);
    expect(lastWords(recordings.unknownFault)).to.not.match(/TIOCM|Thank you/);
    expect(lastWords('\n')).to.equal('');
  });
});
