import { type Arming, type BoardStatus, decodeStatus, encodeArm } from '../../../hal/board-protocol.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { IoDevice, MakeIoDevice } from '../../../sim/wired/io-device.js';
import { type FirmataImage, VirtualFirmataBoard } from '../../../sim/wired/virtual-firmata-board.js';
import { ScriptedSurroundings } from './scripted-surroundings.js';

export const IN1 = 7;
export const IN2 = 8;
export const ENABLE = 9;
export const LAMP = 10;
export const OTHER_OUTPUT = 5;

export const CURRENT_CHANNEL = 0;
export const SUPPLY_CHANNEL = 1;

/** As the Uno of boards.json is armed: a stall of 330 mA at 6 V, 1 V per A, the supply halved. */
export const ARMING: Arming = {
  deadManTimeoutMs: 500,
  driveLimitMs: 2800,
  coastMs: 50,
  stallCounts: 67,
  supplyCounts: 614,
  stallMs: 200,
  in1Pin: IN1,
  in2Pin: IN2,
  enablePin: ENABLE,
  currentChannel: CURRENT_CHANNEL,
  supplyChannel: SUPPLY_CHANNEL,
  lampPins: [LAMP],
};

export const STATUS_QUERY = [0xf0, 0x02, 0xf7];

/** A board on its own, powered, its greeting taken. */
export class BoardUnderTest {
  readonly clock = new VirtualClock();
  readonly surroundings = new ScriptedSurroundings(this.clock);
  readonly device: IoDevice;

  constructor(makeDevice: FirmataImage | ((clock: VirtualClock) => MakeIoDevice) = 'latchkey') {
    this.device =
      typeof makeDevice === 'string'
        ? new VirtualFirmataBoard(this.clock, this.surroundings, makeDevice)
        : makeDevice(this.clock)(this.surroundings);
    this.surroundings.voltagesMv[SUPPLY_CHANNEL] = 3000;
    this.device.setPower(true);
    this.pass(20);
    this.surroundings.takeHeard();
    this.surroundings.takeChanges();
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  pass(durationMs: number): void {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
  }

  /** For so long, with a sign of life every 100 ms. */
  passAlive(durationMs: number): void {
    const endMs = this.nowMs() + durationMs;
    while (this.nowMs() < endMs) {
      this.host(0xf9);
      this.pass(Math.min(100, endMs - this.nowMs()));
    }
  }

  host(...bytes: number[]): void {
    this.device.receive(Uint8Array.from(bytes));
  }

  /** Sends, and returns what is heard within 50 ms. */
  ask(...bytes: number[]): string[] {
    this.surroundings.takeHeard();
    this.host(...bytes);
    this.pass(50);
    return this.surroundings.takeHeard();
  }

  arm(arming: Partial<Arming> = {}): BoardStatus {
    return statusIn(this.ask(...encodeArm({ ...ARMING, ...arming })));
  }

  status(): BoardStatus {
    return statusIn(this.ask(...STATUS_QUERY));
  }

  /** Writes pins one by one. */
  write(levels: Readonly<Record<number, 0 | 1>>): void {
    for (const [pin, level] of Object.entries(levels)) this.host(0xf5, Number(pin), level);
  }

  /** Armed, coasted, and the drive begun; returns when. */
  drive(pin: number): number {
    this.arm();
    this.pass(50);
    this.write({ [ENABLE]: 1, [pin]: 1 });
    this.pass(3);
    return (
      this.surroundings.changes.splice(0).find((change) => change.pin === pin && change.level === 'high')?.atMs ?? NaN
    );
  }

  isDriven(pin: number): boolean {
    return this.surroundings.levels[pin] === 'high';
  }

  /** What motor and supply show at their pins. */
  load(currentMv: number, supplyMv = 3000): void {
    this.surroundings.voltagesMv[CURRENT_CHANNEL] = currentMv;
    this.surroundings.voltagesMv[SUPPLY_CHANNEL] = supplyMv;
    this.device.inputsChanged();
  }
}

/** The status among some messages; fails if there is not exactly one. */
export function statusIn(heard: readonly string[]): BoardStatus {
  const found = heard.filter((bytes) => bytes.startsWith('f0 02 '));
  const bytes = (found[0] ?? '').split(' ').map((byte) => Number.parseInt(byte, 16));
  const status = decodeStatus(Uint8Array.from(bytes.slice(2, -1)));
  if (found.length !== 1 || status === null) throw new Error(`no single status in ${JSON.stringify(heard)}`);
  return status;
}
