import { wrappedLines } from '../wrapped-lines.js';
import type { WiredBoard } from '../wired-board.js';
import type { Holes } from './board-drawing.js';
import { drawBoard } from './board-drawing.js';
import { fiveVolts, ground, Rails, wireRows } from './frame.js';
import { drawBridge, drawCamera, drawCameraSwitch } from './modules.js';
import { batteryPlus, drawMotorSupply } from './motor-supply.js';
import { partsList } from './parts-list.js';
import type { Drawing } from './rows.js';
import { drawLamp, drawSwitch } from './rows.js';
import type { Net } from './sheet.js';
import { WiringSheet } from './sheet.js';
import { ohms } from './symbols.js';

/** The wiring of a board as a picture to build from: SVG, A4 across, from what boards.json says and nothing else. */

const PAGE = { width: 1485, height: 1050 } as const;
const NOTES_Y = 958;
const NOTE_CHARACTERS = 84;

const GENERAL_NOTES = [
  'Go by the names printed on your breakouts; their order differs. The long leg of an LED goes to its resistor.',
  'If the bolt runs the wrong way, swap the two wires of the motor.',
];

export function wiringDiagram(board: WiredBoard): string {
  const sheet = new WiringSheet();
  const rails = new Rails();
  const drawing = { sheet, rails, board };
  const holes = drawBoard(sheet, board);
  joinBoard(drawing, holes);
  const rows = [
    ...drawMotorSupply(drawing),
    ...drawLamp(drawing, 'faultIndicator', 162),
    ...drawLamp(drawing, 'jamIndicator', 216),
    ...drawLamp(drawing, 'recordingIndicator', 270),
    ...drawBridge(drawing),
    ...drawCameraSwitch(drawing),
    ...drawSwitch(drawing, 'doorContact', 756),
    ...drawSwitch(drawing, 'boltRetracted', 810),
    ...drawSwitch(drawing, 'boltExtended', 864),
  ];
  drawCamera(drawing);
  wireRows(sheet, holes, rows);
  rails.draw(sheet);
  sheet.text([60, 48], `Wiring: ${board.name}`, { size: 22, bold: true });
  sheet.text([60, 74], `latchkey boards ${board.id}`, { size: 14 });
  drawLegend(sheet);
  drawPartsList(drawing);
  drawNotes(drawing);
  return sheet.svg(PAGE.width, PAGE.height, `Latchkey wiring of ${board.id}`);
}

/** Its 5 V and its ground, level with the left rails. */
function joinBoard({ sheet, rails }: Drawing, holes: Holes): void {
  const fiveVoltHole = holes.get('5V');
  const groundHole = holes.get('GND');
  if (fiveVoltHole !== undefined) rails.leftFiveVolts.join(sheet, fiveVoltHole.point);
  if (groundHole !== undefined) rails.leftGround.join(sheet, groundHole.point);
}

function drawLegend(sheet: WiringSheet): void {
  const samples: readonly [Net, string][] = [
    [ground, 'ground'],
    [fiveVolts, '5 V of the board'],
    [batteryPlus, 'motor supply: short, thick wires'],
  ];
  let x = 790;
  for (const [net, meaning] of samples) {
    sheet.rail({ ...net, name: 'legend' }, `M${x} 43 H${x + 30}`);
    sheet.text([x + 38, 48], meaning);
    x += 70 + 7.5 * meaning.length;
  }
  sheet.text([790, 70], 'Other colours: one pin each. Lines are joined only where there is a dot.');
}

function drawPartsList({ sheet, board }: Drawing): void {
  sheet.text([92, 150], 'Parts', { size: 14, bold: true });
  let y = 170;
  for (const { count, part } of partsList(board)) {
    sheet.text([114, y], `${count} ×`, { anchor: 'end' });
    for (const line of wrappedLines(part, 30)) {
      sheet.text([122, y], line);
      y += 16;
    }
  }
}

function drawNotes({ sheet, board }: Drawing): void {
  const columns = [[pullDownNote(board), ...GENERAL_NOTES], board.notes ?? []];
  for (const [column, notes] of columns.entries()) {
    const lines = notes.flatMap((note) =>
      wrappedLines(note, NOTE_CHARACTERS).map((line, index) => [index, line] as const),
    );
    for (const [row, [index, line]] of lines.entries()) {
      const [x, y] = [60 + column * 705, NOTES_Y + 16 * row];
      if (index === 0) sheet.text([x, y], '•');
      sheet.text([x + 14, y], line);
    }
  }
}

/** The one thing that no name on the sheet says. */
function pullDownNote({ pullResistorOhm }: WiredBoard): string {
  return `Do not leave the ${ohms(pullResistorOhm)} resistors to GND out: they keep the bridge and the camera off while the bootloader runs.`;
}
