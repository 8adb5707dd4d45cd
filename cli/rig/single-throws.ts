import type { Clock } from '../../hal/contracts/clock.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import { INITIAL_MOTOR_SENSE, senseCurrent, senseDrive } from '../../firmware/sense/motor-sense.js';
import type { MotorLimits, MotorSense } from '../../firmware/sense/motor-sense.js';
import { COAST_MS, DRIVE_LIMIT_MS } from '../../firmware/settings.js';
import type { Prompts } from './prompts.js';
import type { Standing } from './standing.js';
import type { Waiter } from './waiter.js';

export interface SingleThrowsParts {
  readonly board: BoardHal;
  readonly clock: Clock;
  readonly waiter: Waiter;
  readonly prompts: Prompts;
  readonly standing: Standing;
  readonly limits: MotorLimits;
  readonly show: (text: string) => void;
}

/**
 * Throws the bolt once for each key, with no lock and no visit behind it: for whoever tries a rig. Bounds and coast are
 * the lock's; an open door is no bar.
 */
export class SingleThrows {
  private readonly parts: SingleThrowsParts;
  private motor: MotorSense = INITIAL_MOTOR_SENSE;
  private peakMa = 0;
  private stoppedAtMs = -Infinity;

  constructor(parts: SingleThrowsParts) {
    this.parts = parts;
  }

  /** To be told of every sample. */
  sample(currentMa: number, supplyMv: number): void {
    const { clock, limits } = this.parts;
    this.motor = senseCurrent(this.motor, limits, currentMa, supplyMv, clock.nowMs());
    if (this.motor.driven) this.peakMa = Math.max(this.peakMa, currentMa);
  }

  /** Until there is nobody to press keys. */
  async run(): Promise<void> {
    const { prompts, show } = this.parts;
    show(' ▶ e + Enter extends, r retracts, s stops\n');
    for (let line = await prompts.line(); line !== null; line = await prompts.line()) {
      if (line === 'e') await this.throwBolt('extend');
      else if (line === 'r') await this.throwBolt('retract');
      else if (line === 's') this.stop();
      else show('   e, r or s\n');
    }
  }

  private async throwBolt(way: 'extend' | 'retract'): Promise<void> {
    const { board, clock, waiter, prompts, standing, show } = this.parts;
    const place = way === 'extend' ? 'extended' : 'retracted';
    if (standing.bolt === place) {
      show(`   the bolt is ${place} already\n`);
      return;
    }
    await waiter.until(() => false, this.stoppedAtMs + COAST_MS);
    const beganAtMs = clock.nowMs();
    this.peakMa = 0;
    const fault = way === 'extend' ? board.boltMotor.extend() : board.boltMotor.retract();
    if (fault !== null) {
      show(`   refused: ${fault.detail}\n`);
      return;
    }
    this.motor = senseDrive(this.motor, true, beganAtMs);
    let how: string = 'no end switch came';
    const isOver = (): boolean => {
      if (standing.bolt === place) how = place;
      else if (this.motor.load === 'stalled') how = 'stalled';
      else if (standing.boardUp === false) how = 'the link to the board is down';
      else if (prompts.takeLine() !== null) how = 'stopped by hand';
      else return false;
      return true;
    };
    try {
      await waiter.until(isOver, beganAtMs + DRIVE_LIMIT_MS);
    } finally {
      this.stop();
    }
    show(`   ${way}: ${how} after ${clock.nowMs() - beganAtMs} ms, up to ${Math.round(this.peakMa)} mA\n`);
  }

  private stop(): void {
    const { board, clock } = this.parts;
    board.boltMotor.stop();
    this.stoppedAtMs = clock.nowMs();
    this.motor = senseDrive(this.motor, false, this.stoppedAtMs);
  }
}
