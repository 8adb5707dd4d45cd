import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { WiredBoard } from '../../../hal/boards.js';
import { loadBoards } from '../../../hal/boards.js';
import { wiringDiagram } from '../../../hal/wiring/diagram.js';
import type { Drawing, Segment, Spot } from './drawing.js';
import { overlap, readDrawing, segmentBox, touches } from './drawing.js';

const root = join(import.meta.dirname, '../../../..');
const shippedText = readFileSync(join(root, 'boards.json'), 'utf8');
const wiredBoards = loadBoards(shippedText, 'boards.json').boards.filter(
  (board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five',
);

function uno(change: (board: WiredBoard) => unknown): WiredBoard {
  const board = structuredClone(wiredBoards[0]);
  if (board === undefined) throw new Error('no wired board');
  change(board);
  // What cannot be loaded need not be drawn.
  loadBoards(JSON.stringify({ boards: [board] }), 'changed board');
  return board;
}

const changedBoards: Readonly<Record<string, WiredBoard>> = {
  'with switches that pull to 5 V': uno(({ pins }) => {
    const other = { polarity: 'activeHigh', pull: 'externalDown' } as const;
    Object.assign(pins.boltExtended ?? {}, other);
    Object.assign(pins.doorContact, other);
    Object.assign(pins.cameraPower, { polarity: 'activeLow', pull: 'externalUp' });
    Object.assign(pins.boltRetracted ?? {}, { pull: 'externalUp' });
  }),
  'with everything on the far side that fits there': uno(({ pins }) => {
    pins.doorContact.pin = 'A2';
    pins.cameraPower.pin = 'A3';
    pins.motorIn1.pin = 'A4';
    pins.jamIndicator.pin = 'A5';
  }),
  'with pins in another order': uno(({ pins }) => {
    const order = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].toReversed();
    for (const setting of Object.values(pins)) {
      if (typeof setting.pin === 'number' && setting.pin < 12) setting.pin = order[setting.pin - 2] ?? 12;
    }
    [pins.motorCurrent.pin, pins.supplyVoltage.pin] = ['A5', 'A2'];
  }),
  'with an LED of its own for faults': uno(({ pins }) => {
    Object.assign(pins.faultIndicator, { pin: 12, led: { colour: 'blue', seriesOhm: 470 } });
  }),
  'without end switches': uno(({ pins }) => {
    delete pins.boltExtended;
    delete pins.boltRetracted;
  }),
};

/** What each net of the drawing joins: terminals, and the resistors named by their ends' value. */
function netlist(drawing: Drawing): Record<string, string[]> {
  const resistors = drawing.bodies.flatMap((body): Spot[] => {
    const name = drawing.texts.find((text) => / k?Ω$/.test(text.name) && overlap(text, body))?.name;
    const y = (body.top + body.bottom) / 2;
    return name === undefined ? [] : [body.left, body.right].map((x) => ({ name, x, y }));
  });
  const nets: Record<string, string[]> = {};
  for (const net of new Set(drawing.segments.map((segment) => segment.net))) {
    const segments = drawing.segments.filter((segment) => segment.net === net);
    nets[net] = [...drawing.terminals, ...resistors]
      .filter((end) => segments.some((segment) => touches(segment, end)))
      .map(({ name }) => name)
      .toSorted();
  }
  return nets;
}

/** The segments of one net that hang together with its first. */
function connected(segments: readonly Segment[]): number {
  const reached = new Set(segments.slice(0, 1));
  for (const segment of reached) {
    for (const other of segments) {
      const ends = [segment.from, segment.to].map(([x, y]) => touches(other, { x, y }));
      const otherEnds = [other.from, other.to].map(([x, y]) => touches(segment, { x, y }));
      if ([...ends, ...otherEnds].includes(true)) reached.add(other);
    }
  }
  return reached.size;
}

function isAt(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

describe('wiringDiagram', () => {
  it('joins the parts of an Uno as boards.json says', () => {
    const [board] = wiredBoards;
    expect(board?.id).to.equal('arduino-uno');
    if (board === undefined) return;
    expect(netlist(readDrawing(wiringDiagram(board)))).to.deep.equal({
      motorIn1: ['10 kΩ', 'TB6612FNG AIN1', 'board 7'],
      motorIn2: ['10 kΩ', 'TB6612FNG AIN2', 'board 8'],
      motorEnable: ['10 kΩ', 'TB6612FNG PWMA', 'TB6612FNG STBY', 'board ~9'],
      motorCurrent: ['INA169 OUT', 'board A0'],
      supplyVoltage: ['10 kΩ', '10 kΩ', 'board A1'],
      boltExtended: ['board 2', 'boltExtended NO'],
      boltRetracted: ['board ~3', 'boltRetracted NO'],
      doorContact: ['board 4', 'doorContact a'],
      cameraPower: ['10 kΩ', 'board ~5', 'high-side switch ON'],
      cameraPowerSense: ['1 kΩ', '10 kΩ', 'board ~6'],
      recordingIndicator: ['470 Ω', 'board ~10'],
      'recordingIndicator LED': ['470 Ω'],
      jamIndicator: ['470 Ω', 'board ~11'],
      'jamIndicator LED': ['470 Ω'],
      'camera +': ['1 kΩ', 'camera +', 'high-side switch VOUT'],
      'camera supply +': ['camera supply +', 'high-side switch VIN'],
      'battery +': ['10 kΩ', 'INA169 VIN+', 'battery +'],
      VM: ['INA169 VIN−', 'TB6612FNG VM'],
      'motor lead 1': ['TB6612FNG AO1'],
      'motor lead 2': ['TB6612FNG AO2'],
      '5 V': ['INA169 V+', 'TB6612FNG VCC', 'board 5V'],
      GND: [
        ...Array.from({ length: 6 }, () => '10 kΩ'),
        'INA169 GND',
        'TB6612FNG GND',
        'battery −',
        'board GND',
        'boltExtended C',
        'boltRetracted C',
        'camera supply −',
        'camera −',
        'doorContact b',
        'high-side switch GND',
      ],
    });
  });

  it('draws a DRV8833 with its two inputs, awake for good', () => {
    const board = wiredBoards.find(({ id }) => id === 'arduino-nano-drv8833');
    if (board === undefined) throw new Error('not shipped');
    const nets = netlist(readDrawing(wiringDiagram(board)));
    expect(nets['motorIn1']).to.deep.equal(['10 kΩ', 'DRV8833 IN1', 'board D7']);
    expect(nets['motorIn2']).to.deep.equal(['10 kΩ', 'DRV8833 IN2', 'board D8']);
    expect(nets['5 V']).to.deep.equal(['DRV8833 SLP', 'INA169 V+', 'board 5V']);
    expect(nets).not.to.have.property('motorEnable');
  });

  it('takes a switch that pulls up to 5 V, and names the contact that is closed when it should be', () => {
    const board = changedBoards['with switches that pull to 5 V'];
    if (board === undefined) return;
    const nets = netlist(readDrawing(wiringDiagram(board)));
    expect(nets['5 V']).to.include.members(['boltExtended C', 'doorContact b']);
    expect(nets['boltExtended']).to.deep.equal(['10 kΩ', 'board 2', 'boltExtended NO']);
    expect(nets['boltRetracted']).to.deep.equal(['10 kΩ', 'board ~3', 'boltRetracted NO']);
    expect(nets['cameraPower']).to.deep.equal(['10 kΩ', 'board ~5', 'high-side switch /ON']);
    const closedWhileBetween = uno(({ pins }) => Object.assign(pins.boltExtended ?? {}, { polarity: 'activeHigh' }));
    expect(netlist(readDrawing(wiringDiagram(closedWhileBetween)))['boltExtended']).to.include('boltExtended NC');
  });

  const boards = [...wiredBoards.map((board) => [board.id, board] as const), ...Object.entries(changedBoards)];
  for (const [name, board] of boards) {
    describe(name, () => {
      const svg = wiringDiagram(board);
      const drawing = readDrawing(svg);
      const { segments, bodies, texts, terminals, joints } = drawing;

      it('is well-formed XML', () => {
        const open: string[] = [];
        const rest = svg.replaceAll(
          /<(\/?)(\w+)((?: [\w-]+="[^"<&]*(?:&(?:lt|gt|amp|quot);[^"<&]*)*")*)(\/?)>/g,
          (...found) => {
            const [, closes, element, , closed] = found as string[];
            if (closes === '/') expect(open.pop()).to.equal(element);
            else if (closed !== '/') open.push(element ?? '');
            return '';
          },
        );
        expect(open).to.deep.equal([]);
        expect(rest).not.to.match(/[<>]|&(?!lt;|gt;|amp;|quot;)/);
      });

      it('connects every pin that is wired', () => {
        const nets = netlist(drawing);
        for (const [role, { pin, ...setting }] of Object.entries(board.pins)) {
          if (pin === board.microcontroller.ledPin) continue;
          const ends = nets[role] ?? [];
          const holes = ends.filter((end) => new RegExp(`^board (?:D|~|)${pin}$`).test(end));
          expect(holes, `${role} at ${pin}`).to.have.length(1);
          expect(ends.length, `${role} at ${pin}`).to.be.at.least(2);
          if ('pull' in setting && setting.pull !== 'internalUp') expect(ends, role).to.include('10 kΩ');
        }
      });

      it('has every net in one piece, with a dot wherever wires meet', () => {
        for (const net of new Set(segments.map((segment) => segment.net))) {
          const own = segments.filter((segment) => segment.net === net);
          expect(connected(own), net).to.equal(own.length);
          for (const [x, y] of own.flatMap(({ from, to }) => [from, to])) {
            const meeting = own.filter((segment) => touches(segment, { x, y })).length;
            const isInside = own.some(
              (segment) => touches(segment, { x, y }) && !isAt(segment.from, [x, y]) && !isAt(segment.to, [x, y]),
            );
            if (meeting < 3 && !isInside) continue;
            expect(
              joints.some((joint) => joint.name === net && joint.x === x && joint.y === y),
              `${net} at ${x},${y}`,
            ).to.equal(true);
          }
        }
      });

      it('keeps different nets apart', () => {
        const spots = [...joints, ...terminals];
        for (const segment of segments) {
          const along = segmentBox(segment, 3);
          for (const other of segments) {
            const isParallel = (segment.from[0] === segment.to[0]) === (other.from[0] === other.to[0]);
            if (other.net === segment.net || !isParallel) continue;
            expect(overlap(along, segmentBox(other, 0)), `${along.name} and ${segmentBox(other, 0).name}`).to.equal(
              false,
            );
          }
          for (const spot of spots) {
            if (!touches(segment, spot)) continue;
            const owners = segments.filter((other) => other.net !== segment.net && touches(other, spot));
            expect(owners, `${along.name} touches ${spot.name}`).to.deep.equal([]);
          }
        }
      });

      it('runs no wire through a part or a text', () => {
        for (const segment of segments) {
          const line = segmentBox(segment, 1.5);
          for (const body of bodies) {
            const inside = {
              ...body,
              left: body.left + 2,
              right: body.right - 2,
              top: body.top + 2,
              bottom: body.bottom - 2,
            };
            expect(overlap(line, inside), `${line.name} through ${body.name}`).to.equal(false);
          }
          for (const text of texts) expect(overlap(line, text), `${line.name} through "${text.name}"`).to.equal(false);
        }
      });

      it('keeps its texts apart, on the page, and clear of the rims of parts', () => {
        for (const [index, text] of texts.entries()) {
          expect(text.left, text.name).to.be.at.least(10);
          expect(text.right, text.name).to.be.at.most(1475);
          expect(text.top, text.name).to.be.at.least(10);
          expect(text.bottom, text.name).to.be.at.most(1045);
          for (const other of texts.slice(index + 1)) {
            expect(overlap(text, other), `"${text.name}" over "${other.name}"`).to.equal(false);
          }
          for (const body of bodies) {
            const isInside =
              text.left >= body.left && text.right <= body.right && text.top >= body.top && text.bottom <= body.bottom;
            expect(overlap(text, body) && !isInside, `"${text.name}" over a rim of ${body.name}`).to.equal(false);
          }
          for (const { name: terminal, x, y } of terminals) {
            const circle = { name: terminal, left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
            expect(overlap(text, circle), `"${text.name}" over ${terminal}`).to.equal(false);
          }
        }
      });
    });
  }
});
