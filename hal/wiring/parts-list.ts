import type { WiredBoard } from '../wired-board.js';
import { fittedRoles, LAMP_ROLES } from '../board-pins.js';
import { ohms } from './symbols.js';

/** What to buy for one board, as boards.json has it wired. */

export interface PartCount {
  readonly count: number;
  readonly part: string;
}

/** The load on the usual INA169 breakout, in Ω. With it, 1 V per A takes a shunt of 0.1 Ω. */
const INA169_LOAD_OHM = 10_000;
/** Its transconductance turns the load's 1 kΩ into a gain of one (data sheet). */
const INA169_UNITY_LOAD_OHM = 1000;

export function partsList(board: WiredBoard): PartCount[] {
  const { product, drive, pins, usbConnector } = board;
  const shuntOhm = (pins.motorCurrent.scaleMvPerA / 1000) * (INA169_UNITY_LOAD_OHM / INA169_LOAD_OHM);
  const boltSwitches = [pins.boltExtended, pins.boltRetracted].filter((setting) => setting !== undefined).length;
  const parts = [
    { count: 1, part: `${product}, cable to ${usbConnector}` },
    { count: 1, part: `motor: ${drive.motor}` },
    { count: 1, part: `motor supply: ${drive.supply}` },
    { count: 1, part: `${drive.bridge} breakout` },
    { count: 1, part: `INA169 breakout, shunt ${shuntOhm} Ω, load ${ohms(INA169_LOAD_OHM)}` },
    { count: boltSwitches, part: 'micro switch' },
    { count: 1, part: 'reed switch with magnet' },
    { count: 1, part: 'high-side switch for 5 V' },
    { count: 1, part: 'camera with a 5 V supply of its own' },
    ...ledCounts(board),
    ...resistorCounts(board),
    { count: 1, part: 'breadboard and wires' },
  ];
  return parts.filter(({ count }) => count > 0);
}

function ledCounts({ pins }: WiredBoard): PartCount[] {
  const leds = LAMP_ROLES.map((role) => pins[role].led).filter((led) => led !== undefined);
  return counted(leds.map(({ colour }) => `LED, ${colour}`));
}

function resistorCounts({ pins, pullResistorOhm }: WiredBoard): PartCount[] {
  const { dividerRatio, dividerLowerOhm } = pins.supplyVoltage;
  const values = [dividerLowerOhm, dividerLowerOhm * (dividerRatio - 1)];
  for (const { setting } of fittedRoles(pins)) {
    if ('pull' in setting && setting.pull !== 'internalUp') values.push(pullResistorOhm);
    if ('seriesOhm' in setting) values.push(setting.seriesOhm);
    if ('led' in setting) values.push(setting.led.seriesOhm);
  }
  return counted(values.toSorted((a, b) => b - a).map((value) => `resistor ${ohms(value)}`));
}

function counted(parts: readonly string[]): PartCount[] {
  return [...new Set(parts)].map((part) => ({ count: parts.filter((other) => other === part).length, part }));
}
