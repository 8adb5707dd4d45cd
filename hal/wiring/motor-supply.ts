import { wrappedLines } from '../wrapped-lines.js';
import type { Row } from './frame.js';
import { netOf } from './frame.js';
import { BOX, BRIDGE_SUPPLY_Y } from './modules.js';
import type { Drawing } from './rows.js';
import type { Net } from './sheet.js';
import { drawBox, drawResistor, MODULE_FILL, RESISTOR_WIDTH } from './symbols.js';

/** What is left of the board: the battery feeds the bridge through the current sensor; a divider measures it. */

export const batteryPlus: Net = { name: 'battery +', colour: '#e07b00' };
const bridgeSupply: Net = { name: 'VM', colour: batteryPlus.colour };

const BATTERY_X = 100;
const SENSOR_LEFT = 150;
const SENSOR_RIGHT = 280;
/** Above the board, and above the lane of the 5 V. */
const BRIDGE_SUPPLY_LANE_Y = 96;

export function drawMotorSupply(drawing: Drawing): Row[] {
  drawBattery(drawing);
  return [...drawCurrentSensor(drawing), ...drawDivider(drawing)];
}

function drawCurrentSensor({ sheet, rails, board }: Drawing): Row[] {
  drawBox(sheet, {
    part: 'INA169',
    title: ['INA169', 568],
    left: SENSOR_LEFT,
    top: 546,
    width: SENSOR_RIGHT - SENSOR_LEFT,
    height: 140,
    fill: MODULE_FILL,
    leftTerminals: [
      { name: 'VIN−', y: 594 },
      { name: 'VIN+', y: 648 },
    ],
    rightTerminals: [
      { name: 'V+', y: 594 },
      { name: 'OUT', y: 630 },
      { name: 'GND', y: 666 },
    ],
  });
  rails.leftFiveVolts.join(sheet, [SENSOR_RIGHT, 594]);
  rails.leftGround.join(sheet, [SENSOR_RIGHT, 666]);
  const overTheBoard = `V${BRIDGE_SUPPLY_LANE_Y} H1312 V${BRIDGE_SUPPLY_Y}`;
  sheet.rail(bridgeSupply, `M${SENSOR_LEFT} 594 H70 ${overTheBoard} H${BOX.right}`);
  sheet.rail(batteryPlus, `M130 882 H${BATTERY_X} V648 H${SENSOR_LEFT}`);
  return [{ role: 'motorCurrent', pin: board.pins.motorCurrent.pin, side: 'left', end: [SENSOR_RIGHT, 630] }];
}

function drawBattery({ sheet, rails, board }: Drawing): void {
  drawBox(sheet, {
    part: 'battery',
    left: 130,
    top: 850,
    width: 150,
    height: 64,
    fill: '#f3ddc0',
    leftTerminals: [{ name: '+', y: 882 }],
    rightTerminals: [{ name: '−', y: 882 }],
  });
  for (const [index, line] of wrappedLines(board.drive.supply, 13).entries()) {
    sheet.text([205, 879 + 16 * index], line, { anchor: 'middle' });
  }
  rails.leftGround.join(sheet, [280, 882]);
}

function drawDivider({ sheet, rails, board }: Drawing): Row[] {
  const { pin, dividerRatio, dividerLowerOhm } = board.pins.supplyVoltage;
  const net = netOf('supplyVoltage');
  const y = 774;
  sheet.joint(batteryPlus, [BATTERY_X, y]);
  sheet.wire(batteryPlus, `M${BATTERY_X} ${y} H140`);
  drawResistor(sheet, [140, y], dividerLowerOhm * (dividerRatio - 1));
  sheet.joint(net, [230, y]);
  sheet.wire(net, `M230 ${y} V${y + 30} H262`);
  drawResistor(sheet, [262, y + 30], dividerLowerOhm);
  rails.leftGround.join(sheet, [262 + RESISTOR_WIDTH, y + 30]);
  return [{ role: 'supplyVoltage', pin, side: 'left', end: [140 + RESISTOR_WIDTH, y] }];
}
