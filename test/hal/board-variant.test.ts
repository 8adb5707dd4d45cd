import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Board, WiredBoard } from '../../hal/boards.js';
import { loadBoards } from '../../hal/boards.js';
import { DocumentError } from '../../hal/document.js';

const shippedText = readFileSync(join(import.meta.dirname, '../../../boards.json'), 'utf8');
const shipped = loadBoards(shippedText, 'boards.json').boards;

function wired(boards: readonly Board[], id: string): WiredBoard {
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`${id} has no pins`);
  return board;
}

/** The problems without their places. */
function problems(boards: unknown): string[] {
  try {
    loadBoards(JSON.stringify({ boards }), 'b');
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^b:\d+:\d+: /, ''));
  }
}

describe('a board that is a variant', () => {
  /** The shipped Uno, and a variant of it with these differences. */
  function withVariant(differences: object) {
    const variant = { id: 'mine', name: 'Mine', kind: 'variant', of: 'arduino-uno', ...differences };
    return { boards: [structuredClone(wired(shipped, 'arduino-uno')), variant] };
  }

  function load(differences: object) {
    const { boards } = loadBoards(JSON.stringify(withVariant(differences)), 'b');
    return { base: wired(boards, 'arduino-uno'), variant: wired(boards, 'mine') };
  }

  it('is its board, with other id and name', () => {
    const { base, variant } = load({});
    expect(variant).to.deep.equal({ ...base, id: 'mine', name: 'Mine' });
  });

  it('replaces what it gives, key by key', () => {
    const door = { pin: 12, polarity: 'activeLow', pull: 'internalUp', debounceMs: 5, connectsTo: 'reed switch' };
    const { base, variant } = load({
      product: 'Clone',
      microcontroller: { adcReferenceMv: 4900 },
      pins: { doorContact: door },
      drive: { bridgeCurrentMaxMa: 1000 },
      timings: { heartbeatMs: 100 },
      sources: { timings: ['heartbeatMs: chosen'] },
      notes: ['Cheap.'],
    });
    expect(variant.product).to.equal('Clone');
    expect(variant.microcontroller).to.deep.equal({ ...base.microcontroller, adcReferenceMv: 4900 });
    expect(variant.pins).to.deep.equal({ ...base.pins, doorContact: door });
    expect(variant.drive).to.deep.equal({ ...base.drive, bridgeCurrentMaxMa: 1000 });
    expect(variant.timings).to.deep.equal({ ...base.timings, heartbeatMs: 100 });
    expect(variant.sources).to.deep.equal({ ...base.sources, timings: ['heartbeatMs: chosen'] });
    expect(variant.notes).to.deep.equal(['Cheap.']);
  });

  it('takes roles away with null', () => {
    const { variant } = load({ pins: { boltExtended: null, boltRetracted: null } });
    expect(variant.pins).not.to.have.any.keys('boltExtended', 'boltRetracted');
  });

  it('may be one of a variant', () => {
    const nano = wired(shipped, 'arduino-nano');
    const nanoDrv8833 = wired(shipped, 'arduino-nano-drv8833');
    expect(nanoDrv8833).to.deep.include({ headers: nano.headers, bootloaders: nano.bootloaders });
    expect(nanoDrv8833.drive.bridge).to.equal('DRV8833');
    expect(nanoDrv8833.pins).not.to.have.property('motorEnable');
  });

  const faults: readonly (readonly [object, readonly string[]])[] = [
    [
      { of: 'arduino-un' },
      ['boards[1].of: "arduino-un" is no board with pins further up; did you mean "arduino-uno"?'],
    ],
    [{ of: 'mine' }, ['boards[1].of: "mine" is no board with pins further up; there are arduino-uno']],
    [{ timings: { coastMs: 10 } }, ['boards[1].timings.coastMs: must be at least 50, not 10']],
    [{ pins: { doorContact: null } }, ['boards[1].pins.doorContact: must be an object, not nothing']],
    [{ pins: { motorEnable: null } }, ['boards[1].pins: a TB6612FNG needs motorEnable, for its PWMA and STBY; add it']],
    [{ drive: { colour: 'red' } }, ['boards[1].drive.colour: unknown key; the keys here are motor, gearRatio, ']],
    [
      { drive: { stallThresholdMa: 400 } },
      ['boards[1].drive.stallThresholdMa: must not be above stallCurrentMa, 360; lower it, or raise the other'],
    ],
  ];
  for (const [differences, expected] of faults) {
    it(`tells: ${expected.join()}`, () => {
      const found = problems(withVariant(differences).boards);
      expect(found.map((line, index) => line.slice(0, expected[index]?.length))).to.deep.equal(expected);
    });
  }

  it('is placed at what it says, or at itself where the fault is in what it leaves out', () => {
    const text = JSON.stringify(withVariant({ pins: { motorEnable: null } }), null, 1);
    const lines = text.split('\n');
    const pinsLine = lines.findLastIndex((line) => line.includes('"pins"')) + 1;
    expect(() => loadBoards(text, 'b')).to.throw(DocumentError, new RegExp(`^b:${pinsLine}:`));
    const supplyText = JSON.stringify(withVariant({ drive: { supplyMaxMv: 11_000 } }), null, 1);
    const supplyLine = supplyText.split('\n').findLastIndex((line) => line.includes('"mine"'));
    expect(() => loadBoards(supplyText, 'b')).to.throw(DocumentError, `b:${supplyLine}:`);
  });

  it('does not repeat the faults of its board', () => {
    const { boards } = withVariant({});
    Object.assign(boards[0] ?? {}, {
      timings: { ...structuredClone(wired(shipped, 'arduino-uno')).timings, heartbeatMs: 167 },
    });
    expect(problems(boards)).to.deep.equal([
      'boards[0].timings.heartbeatMs: must be at most 166: two may be lost before deadManTimeoutMs',
    ]);
  });
});
