import type { PinName, PinRole } from '../board-pins.js';
import type { Hole, Holes } from './board-drawing.js';
import { BOARD_LEFT, BOARD_RIGHT } from './board-drawing.js';
import { assignTracks } from './channel.js';
import type { Net, Point, WiringSheet } from './sheet.js';

/** What stands between board and parts: rails for ground and 5 V on both sides, and the wires that cross them. */

export const ground: Net = { name: 'GND', colour: '#1c1c1c' };
export const fiveVolts: Net = { name: '5 V', colour: '#d42020' };

/** Colours that tell neighbours apart. */
const roleColours: Readonly<Record<PinRole, string>> = {
  motorIn1: '#1f5fd0',
  motorIn2: '#128a9c',
  motorEnable: '#5b3fc4',
  motorCurrent: '#8a5a2b',
  supplyVoltage: '#3d5a80',
  boltExtended: '#2f8f2f',
  boltRetracted: '#7a8f00',
  doorContact: '#0f7a5a',
  cameraPower: '#c2258f',
  cameraPowerSense: '#7d2fb0',
  recordingIndicator: '#a33b4e',
  jamIndicator: '#a07c00',
  faultIndicator: '#777777',
};

export function netOf(role: PinRole): Net {
  return { name: role, colour: roleColours[role] };
}

const FIVE_VOLT_LANE_Y = 110;
const GROUND_LANE_Y = 934;

/** A vertical rail, as long as what is joined to it asks for. */
class Rail {
  readonly net: Net;
  readonly x: number;
  private readonly ys: number[];

  constructor(net: Net, x: number, laneY: number) {
    this.net = net;
    this.x = x;
    this.ys = [laneY];
  }

  /** Joins a part's terminal, or a hole, that is level with this point of the rail. */
  join(sheet: WiringSheet, [x, y]: Point): void {
    this.ys.push(y);
    sheet.wire(this.net, `M${x} ${y} H${this.x}`);
    sheet.joint(this.net, [this.x, y]);
  }

  draw(sheet: WiringSheet): void {
    sheet.rail(this.net, `M${this.x} ${Math.min(...this.ys)} V${Math.max(...this.ys)}`);
  }
}

export class Rails {
  readonly leftGround = new Rail(ground, 388, GROUND_LANE_Y);
  readonly rightGround = new Rail(ground, 1068, GROUND_LANE_Y);
  readonly leftFiveVolts = new Rail(fiveVolts, 360, FIVE_VOLT_LANE_Y);
  readonly rightFiveVolts = new Rail(fiveVolts, 1092, FIVE_VOLT_LANE_Y);

  /** Over everything that was joined to them before. */
  draw(sheet: WiringSheet): void {
    const lanes = [
      [this.leftGround, this.rightGround, GROUND_LANE_Y],
      [this.leftFiveVolts, this.rightFiveVolts, FIVE_VOLT_LANE_Y],
    ] as const;
    for (const [left, right, y] of lanes) {
      left.draw(sheet);
      right.draw(sheet);
      sheet.rail(left.net, `M${left.x} ${y} H${right.x}`);
    }
  }
}

/** Where a pin's wire goes: a part, or the first of a row of parts. */
export interface Row {
  readonly role: PinRole;
  readonly pin: PinName;
  readonly side: Hole['side'];
  readonly end: Point;
}

const FIRST_FREE_LANE_Y = 122;
const LANE_PITCH = 7;

function trackX(side: Hole['side'], track: number): number {
  return side === 'left' ? BOARD_LEFT - 18 - 8 * track : BOARD_RIGHT + 14 + 11 * track;
}

/** From each hole to its row. A hole on the far side is left over the top of the board. */
export function wireRows(sheet: WiringSheet, holes: Holes, rows: readonly Row[]): void {
  const wires = rows.flatMap((row) => {
    const hole = holes.get(row.pin);
    return hole === undefined ? [] : [{ row, hole }];
  });
  const strays = wires.filter(({ row, hole }) => row.side !== hole.side);
  for (const side of ['left', 'right'] as const) {
    const arriving = wires.filter(({ row }) => row.side === side);
    const departures = arriving.map((wire) => {
      const [x, y] = wire.hole.point;
      const lane = strays.indexOf(wire);
      if (lane === -1) return { path: `M${x} ${y}`, y };
      const escapeTrack = wires.filter(({ row }) => row.side === wire.hole.side).length + lane;
      const laneY = FIRST_FREE_LANE_Y + LANE_PITCH * lane;
      return { path: `M${x} ${y} H${trackX(wire.hole.side, escapeTrack)} V${laneY}`, y: laneY };
    });
    const tracks = assignTracks(arriving.map(({ row }, index) => [departures[index]?.y ?? 0, row.end[1]]));
    for (const [index, { row }] of arriving.entries()) {
      const [endX, endY] = row.end;
      sheet.wire(netOf(row.role), `${departures[index]?.path} H${trackX(side, tracks[index] ?? 0)} V${endY} H${endX}`);
    }
  }
}
