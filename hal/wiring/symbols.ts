import type { Point, WiringSheet } from './sheet.js';

/** Parts as they look in a circuit diagram, and breakouts as boxes with the names printed on them. */

export const RESISTOR_WIDTH = 64;
const RESISTOR_HEIGHT = 18;

export function ohms(resistance: number): string {
  return resistance >= 1000 ? `${resistance / 1000} kΩ` : `${resistance} Ω`;
}

/** A resistor in a horizontal wire; the point is its left end. */
export function drawResistor(sheet: WiringSheet, [x, y]: Point, resistance: number): void {
  sheet.body(x, y - RESISTOR_HEIGHT / 2, RESISTOR_WIDTH, RESISTOR_HEIGHT, '#f6e7c8', 2);
  sheet.text([x + RESISTOR_WIDTH / 2, y + 4.5], ohms(resistance), { anchor: 'middle' });
}

export const LED_WIDTH = 24;

/** Anode on the left. */
export function drawLed(sheet: WiringSheet, [x, y]: Point, colour: string): void {
  const right = x + LED_WIDTH;
  sheet.shape(`M${x} ${y - 11} L${right} ${y} L${x} ${y + 11} V${y - 11}`, colour);
  sheet.shape(`M${right} ${y - 11} V${y + 11}`);
}

export const CONTACT_WIDTH = 60;

/** A micro switch between its normally open or closed contact and the common one, or a reed switch in its glass. */
export type ContactKind = 'NO' | 'NC' | 'reed';

/** In a horizontal wire; the point is its left end. */
export function drawContact(sheet: WiringSheet, role: string, [x, y]: Point, kind: ContactKind): void {
  const right = x + CONTACT_WIDTH;
  const isReed = kind === 'reed';
  if (isReed) sheet.shape(`M${x} ${y - 17} H${right} a17 17 0 0 1 0 34 H${x} a17 17 0 0 1 0 -34`, '#eef6fb');
  sheet.shape(`M${x} ${y} L${right - 4} ${kind === 'NC' ? y - 5 : y - 12}`);
  sheet.terminal(`${role} ${isReed ? 'a' : kind}`, [x, y]);
  sheet.terminal(`${role} ${isReed ? 'b' : 'C'}`, [right, y]);
  if (isReed) return;
  sheet.text([x - 8, y - 7], kind, { anchor: 'end' });
  sheet.text([right + 8, y - 7], 'C');
}

/** A terminal of a box: the name printed beside it, and how far down the sheet it is. */
export interface BoxTerminal {
  readonly name: string;
  readonly y: number;
}

/** What comes as a small board of its own. */
export const MODULE_FILL = '#e8def5';

export interface Box {
  readonly part: string;
  /** The words, and how far down the sheet they are. */
  readonly title?: readonly [words: string, y: number];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly leftTerminals: readonly BoxTerminal[];
  readonly rightTerminals: readonly BoxTerminal[];
}

export function drawBox(sheet: WiringSheet, box: Box): void {
  const { part, title, left, top, width, height, fill } = box;
  sheet.body(left, top, width, height, fill);
  if (title !== undefined)
    sheet.text([left + width / 2, title[1]], title[0], { size: 14, anchor: 'middle', bold: true });
  for (const { name, y } of box.leftTerminals) {
    sheet.terminal(`${part} ${name}`, [left, y]);
    sheet.text([left + 11, y + 4.5], name);
  }
  for (const { name, y } of box.rightTerminals) {
    sheet.terminal(`${part} ${name}`, [left + width, y]);
    sheet.text([left + width - 11, y + 4.5], name, { anchor: 'end' });
  }
}

export function drawMotor(sheet: WiringSheet, [x, y]: Point): void {
  sheet.disc([x, y], 27, '#e9e9e9');
  sheet.text([x, y + 8], 'M', { size: 22, anchor: 'middle', bold: true });
}
