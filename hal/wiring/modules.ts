import { wrappedLines } from '../wrapped-lines.js';
import type { Row } from './frame.js';
import { netOf } from './frame.js';
import type { Drawing } from './rows.js';
import { drawInput, PART_X } from './rows.js';
import type { Net, WiringSheet } from './sheet.js';
import { drawBox, drawMotor, drawResistor, MODULE_FILL, RESISTOR_WIDTH } from './symbols.js';

/** What is right of the board and its rails: the bridge with its motor, the camera with its switch. */

export const BOX = { left: 1140, width: 120, right: 1260 } as const;
export const BRIDGE_SUPPLY_Y = 342;

/** What the bridges print beside terminals that do the same. */
const bridgeTerminals = {
  TB6612FNG: { logic: 'VCC', in1: 'AIN1', in2: 'AIN2', enables: ['PWMA', 'STBY'], outputs: ['AO1', 'AO2'] },
  DRV8833: { logic: 'SLP', in1: 'IN1', in2: 'IN2', enables: [], outputs: ['OUT1', 'OUT2'] },
} as const;

export function drawBridge(drawing: Drawing): Row[] {
  const { sheet, rails, board } = drawing;
  const { bridge, motor } = board.drive;
  const { logic, in1, in2, enables, outputs } = bridgeTerminals[bridge];
  const enableY = 378;
  drawBox(sheet, {
    part: bridge,
    title: [bridge, 325],
    left: BOX.left,
    top: 306,
    width: BOX.width,
    height: 234,
    fill: MODULE_FILL,
    leftTerminals: [
      { name: logic, y: BRIDGE_SUPPLY_Y },
      ...enables.map((name, index) => ({ name, y: enableY + 18 * index })),
      { name: in2, y: 432 },
      { name: in1, y: 486 },
      { name: 'GND', y: 522 },
    ],
    rightTerminals: [
      { name: 'VM', y: BRIDGE_SUPPLY_Y },
      { name: outputs[0], y: 396 },
      { name: outputs[1], y: 486 },
    ],
  });
  rails.rightFiveVolts.join(sheet, [BOX.left, BRIDGE_SUPPLY_Y]);
  rails.rightGround.join(sheet, [BOX.left, 522]);
  drawMotorWithLeads(sheet, motor);
  if (enables.length > 1) {
    sheet.joint(netOf('motorEnable'), [1118, enableY]);
    sheet.wire(netOf('motorEnable'), `M1118 ${enableY} V${enableY + 18} H${BOX.left}`);
  }
  return [
    ...drawInput(drawing, 'motorEnable', [BOX.left, enableY]),
    ...drawInput(drawing, 'motorIn2', [BOX.left, 432]),
    ...drawInput(drawing, 'motorIn1', [BOX.left, 486]),
  ];
}

function drawMotorWithLeads(sheet: WiringSheet, motor: string): void {
  const x = 1400;
  sheet.wire({ name: 'motor lead 1', colour: '#6b6b6b' }, `M${BOX.right} 396 H${x} V414`);
  sheet.wire({ name: 'motor lead 2', colour: '#9a5a9a' }, `M${BOX.right} 486 H${x} V468`);
  drawMotor(sheet, [x, 441]);
  for (const [index, line] of wrappedLines(motor, 15).entries()) {
    sheet.text([x, 508 + 15 * index], line, { anchor: 'middle' });
  }
}

const cameraPlus: Net = { name: 'camera +', colour: '#e0559a' };
const PLUS_Y = 630;
const SWITCH_SUPPLY_Y = 666;

/** The switch in the camera's plus, and the wire that tells whether it carries 5 V. */
export function drawCameraSwitch(drawing: Drawing): Row[] {
  const { sheet, rails, board } = drawing;
  const { cameraPower, cameraPowerSense } = board.pins;
  drawBox(sheet, {
    part: 'high-side switch',
    title: ['5 V switch', 608],
    left: BOX.left,
    top: 588,
    width: BOX.width,
    height: 96,
    fill: MODULE_FILL,
    leftTerminals: [
      { name: cameraPower.polarity === 'activeHigh' ? 'ON' : '/ON', y: PLUS_Y },
      { name: 'GND', y: SWITCH_SUPPLY_Y },
    ],
    rightTerminals: [
      { name: 'VOUT', y: PLUS_Y },
      { name: 'VIN', y: SWITCH_SUPPLY_Y },
    ],
  });
  rails.rightGround.join(sheet, [BOX.left, SWITCH_SUPPLY_Y]);
  const senseY = 576;
  drawResistor(sheet, [PART_X, senseY], cameraPowerSense.seriesOhm);
  sheet.wire(cameraPlus, `M${PART_X + RESISTOR_WIDTH} ${senseY} H1290 V${PLUS_Y}`);
  sheet.joint(cameraPlus, [1290, PLUS_Y]);
  return [
    ...drawInput(drawing, 'cameraPowerSense', [PART_X, senseY]),
    ...drawInput(drawing, 'cameraPower', [BOX.left, PLUS_Y]),
  ];
}

/** The camera and what feeds it. */
export function drawCamera({ sheet, rails }: Drawing): void {
  const left = 1345;
  const minusY = 654;
  const supplyMinusY = 702;
  const supplyPlusY = 726;
  const frame = { left, width: 115, fill: '#e3efe3', rightTerminals: [] } as const;
  drawBox(sheet, {
    ...frame,
    part: 'camera',
    title: ['Camera', 608],
    top: 588,
    height: 82,
    leftTerminals: [
      { name: '+', y: PLUS_Y },
      { name: '−', y: minusY },
    ],
  });
  drawBox(sheet, {
    ...frame,
    part: 'camera supply',
    title: ['5 V supply', 755],
    top: 686,
    height: 82,
    leftTerminals: [
      { name: '−', y: supplyMinusY },
      { name: '+', y: supplyPlusY },
    ],
  });
  rails.rightGround.join(sheet, [left, supplyMinusY]);
  const { net: ground } = rails.rightGround;
  sheet.wire(ground, `M${left} ${minusY} H1322 V${supplyMinusY}`);
  sheet.joint(ground, [1322, supplyMinusY]);
  const supplyPlus = { name: 'camera supply +', colour: '#a0522d' };
  sheet.wire(supplyPlus, `M${BOX.right} ${SWITCH_SUPPLY_Y} H1300 V${supplyPlusY} H${left}`);
  sheet.wire(cameraPlus, `M${BOX.right} ${PLUS_Y} H${left}`);
}
