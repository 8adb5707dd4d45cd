import type { LampRole, PinRole, PinSetting } from '../board-pins.js';
import { wrappedLines } from '../wrapped-lines.js';
import type { WiredBoard } from '../wired-board.js';
import type { Rails, Row } from './frame.js';
import { netOf } from './frame.js';
import type { Net, Point, WiringSheet } from './sheet.js';
import { CONTACT_WIDTH, drawContact, drawLed, drawResistor, LED_WIDTH, RESISTOR_WIDTH } from './symbols.js';

/** Rows of small parts right of the board: what hangs on one pin, from its wire's end to a rail. */

export interface Drawing {
  readonly sheet: WiringSheet;
  readonly rails: Rails;
  readonly board: WiredBoard;
}

/** From left to right: where pull resistors branch off, parts that sit in the wire, and what is said of them. */
const PULL_X = 905;
export const PART_X = 925;
const LABEL_X = 1108;
const PULL_DROP = 26;

/** A lamp of its own; nothing where the board's own LED is the lamp. */
export function drawLamp({ sheet, rails, board }: Drawing, role: LampRole, y: number): Row[] {
  const { pin, led } = board.pins[role];
  if (led === undefined) return [];
  const ledX = PART_X + RESISTOR_WIDTH + 24;
  drawResistor(sheet, [PART_X, y], led.seriesOhm);
  sheet.wire({ name: `${role} LED`, colour: netOf(role).colour }, `M${PART_X + RESISTOR_WIDTH} ${y} H${ledX}`);
  rails.rightGround.join(sheet, [ledX + LED_WIDTH, y]);
  drawLed(sheet, [ledX, y], led.colour);
  drawLabel(sheet, y, role, [`${led.colour} LED`]);
  return [{ role, pin, side: 'right', end: [PART_X, y] }];
}

/** A switch or reed contact, its other side at the rail that the pull does not go to. */
export function drawSwitch(drawing: Drawing, role: SwitchRole, y: number): Row[] {
  const { sheet, rails, board } = drawing;
  const setting = board.pins[role];
  if (setting === undefined) return [];
  const { pin, pull, polarity, connectsTo } = setting;
  const isPulledUp = pull !== 'externalDown';
  const closesWhenActive = isPulledUp === (polarity === 'activeLow');
  const kind = closesWhenActive ? 'NO' : 'NC';
  drawContact(sheet, role, [PART_X + 15, y], role === 'doorContact' ? 'reed' : kind);
  const rail = isPulledUp ? rails.rightGround : rails.rightFiveVolts;
  rail.join(sheet, [PART_X + 15 + CONTACT_WIDTH, y]);
  drawPull(drawing, setting, netOf(role), y);
  drawLabel(sheet, y, role, wrappedLines(connectsTo, 30));
  return [{ role, pin, side: 'right', end: [PART_X + 15, y] }];
}

export type SwitchRole = 'boltExtended' | 'boltRetracted' | 'doorContact';

/** A wire that goes to a terminal of a box, with its pull resistor. */
export function drawInput(drawing: Drawing, role: PinRole, end: Point): Row[] {
  const setting = drawing.board.pins[role];
  if (setting === undefined) return [];
  drawPull(drawing, setting, netOf(role), end[1]);
  return [{ role, pin: setting.pin, side: 'right', end }];
}

function drawPull({ sheet, rails, board }: Drawing, setting: PinSetting, net: Net, y: number): void {
  if (!('pull' in setting) || setting.pull === 'internalUp') return;
  const lowerY = y + PULL_DROP;
  sheet.joint(net, [PULL_X, y]);
  sheet.wire(net, `M${PULL_X} ${y} V${lowerY} H${PART_X}`);
  drawResistor(sheet, [PART_X, lowerY], board.pullResistorOhm);
  const rail = setting.pull === 'externalDown' ? rails.rightGround : rails.rightFiveVolts;
  rail.join(sheet, [PART_X + RESISTOR_WIDTH, lowerY]);
}

function drawLabel(sheet: WiringSheet, y: number, role: PinRole, lines: readonly string[]): void {
  const firstY = y - 7 * (lines.length - 1) - 3;
  sheet.text([LABEL_X, firstY], role, { bold: true });
  for (const [index, line] of lines.entries()) sheet.text([LABEL_X, firstY + 15 * (index + 1)], line);
}
