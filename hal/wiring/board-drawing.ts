import { printedNames, printedPin } from '../board-headers.js';
import type { PinName, PinRole, PinSetting } from '../board-pins.js';
import { fittedRoles } from '../board-pins.js';
import type { WiredBoard } from '../wired-board.js';
import type { Point, WiringSheet } from './sheet.js';

/** The I/O board from above, its USB connector at the top, with every hole where it is and named as it is. */

const PITCH = 36;
/** No part's terminal lies in line with a hole: those are at multiples of 18. */
const FIRST_ROW_Y = 243;
const ROWS_MAX = 19;

export const BOARD_LEFT = 452;
export const BOARD_RIGHT = 762;

export interface Hole {
  readonly side: 'left' | 'right';
  readonly point: Point;
}

/** The holes that are wired: those of the pins, the 5 V and the ground. */
export type Holes = ReadonlyMap<PinName, Hole>;

export function drawBoard(sheet: WiringSheet, board: WiredBoard): Holes {
  const left = printedNames(board.headers.left);
  const right = printedNames(board.headers.right);
  const rows = Math.max(left.length, right.length);
  const firstY = FIRST_ROW_Y + PITCH * Math.floor((ROWS_MAX - rows) / 2);
  const lastY = firstY + PITCH * (rows - 1);
  const middle = (BOARD_LEFT + BOARD_RIGHT) / 2;
  sheet.body(BOARD_LEFT, firstY - 75, BOARD_RIGHT - BOARD_LEFT, lastY - firstY + 100, '#dcecf2', 10);
  sheet.body(middle - 60, firstY - 99, 120, 24, '#c9c9c9');
  sheet.text([middle, firstY - 82], 'USB to the host', { anchor: 'middle', bold: true });
  for (const [index, line] of [board.product, 'from above'].entries()) {
    sheet.text([middle, firstY - 38 + 17 * index], line, { size: 14, anchor: 'middle', bold: true });
  }
  const uses = new Map(fittedRoles(board.pins).map(({ role, setting }) => [setting.pin, useOf(role, setting)]));
  const rowsOf = (names: readonly string[]): readonly [string, number][] =>
    names.map((name, index) => [name, lastY - PITCH * (names.length - 1 - index)]);
  return new Map([
    ...drawSide(sheet, 'right', rowsOf(right), uses),
    // After the right side: 5 V and ground are taken from here.
    ...drawSide(sheet, 'left', rowsOf(left), uses),
  ]);
}

function useOf(role: PinRole, setting: PinSetting): string {
  const isOwnLed = 'polarity' in setting && !('pull' in setting) && !('led' in setting);
  return isOwnLed ? `${role} (own LED)` : role;
}

function drawSide(
  sheet: WiringSheet,
  side: Hole['side'],
  names: readonly (readonly [string, number])[],
  uses: ReadonlyMap<PinName, string>,
): [PinName, Hole][] {
  const x = side === 'left' ? BOARD_LEFT : BOARD_RIGHT;
  const inwards = side === 'left' ? 1 : -1;
  const anchor = side === 'left' ? 'start' : 'end';
  const holes: [PinName, Hole][] = [];
  for (const [printed, y] of names) {
    if (printed === '|') continue;
    const pin = printedPin(printed);
    sheet.terminal(`board ${printed}`, [x, y]);
    if (printed !== '-') sheet.text([x + 12 * inwards, y + 5], printed, { size: 14, anchor, bold: true });
    const use = pin === undefined ? undefined : uses.get(pin);
    if (use !== undefined) sheet.text([x + 51 * inwards, y + 4.5], use, { size: 12, anchor, colour: '#4a4a4a' });
    holes.push([pin ?? printed, { side, point: [x, y] }]);
  }
  return holes;
}
