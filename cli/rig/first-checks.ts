import type { WiredBoard } from '../../hal/boards.js';
import type { Clock } from '../../hal/contracts/clock.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import type { PinRole } from '../../hal/board-pins.js';
import { HardwareFault } from './hardware-fault.js';
import type { Prompts } from './prompts.js';
import type { Standing } from './standing.js';
import type { Waiter } from './waiter.js';

/** A sense line that has not followed its switch by then will not. Chosen. */
const FOLLOWS_MS = 1_000;

/** Samples at rest come within this, unless the host is busy. */
const SAMPLES_MS = 100;
/** A busy host is given this many times as long. Chosen. */
const SAMPLES_TRIES = 20;

/** What the contract calls soon, with room for a busy host. */
const READINGS_MS = 500;

export interface FirstChecksParts {
  readonly wiring: WiredBoard;
  readonly board: BoardHal;
  readonly clock: Clock;
  readonly waiter: Waiter;
  readonly prompts: Prompts;
  readonly standing: Standing;
  /** Has current and supply sampled although the motor is off. */
  readonly sampleAtRest: () => void;
  /** The newest sample of current and supply, or `null`. */
  readonly sample: () => { readonly currentMa: number; readonly supplyMv: number } | null;
  /** Whether somebody is there to open and close the door. */
  readonly asksPerson: boolean;
}

/**
 * Looks for inputs that are wired or described the wrong way round, with the motor off, before it is driven for the first
 * time. Throws `HardwareFault`, naming the pin and the key of boards.json.
 */
export class FirstChecks {
  private readonly parts: FirstChecksParts;

  constructor(parts: FirstChecksParts) {
    this.parts = parts;
  }

  async run(): Promise<void> {
    const { waiter, clock, standing } = this.parts;
    await waiter.until(
      () => standing.doorClosed !== null && standing.cameraPowered !== null,
      clock.nowMs() + READINGS_MS,
    );
    this.checkSwitches();
    await this.checkCamera();
    await this.checkMotor();
    if (this.parts.asksPerson) await this.checkDoor();
    // A hand may have moved the bolt meanwhile.
    this.checkSwitches();
  }

  private checkSwitches(): void {
    if (!this.parts.standing.boltContradicts) return;
    throw this.fault(
      'both end switches say that the bolt is there, which cannot be',
      ['boltExtended', 'boltRetracted'],
      'turn the "polarity" of the one that is wrong, or look for a switch that sticks',
    );
  }

  private async checkCamera(): Promise<void> {
    const { board, standing, waiter, clock } = this.parts;
    const follows = (on: boolean): Promise<boolean> =>
      waiter.until(() => standing.cameraPowered === on, clock.nowMs() + FOLLOWS_MS);
    const mend = 'turn the "polarity" of the one that is wrong, or look for a loose wire';
    board.cameraPower.switchOff();
    if (!(await follows(false))) {
      throw this.fault('the camera is switched off and senses power', ['cameraPowerSense', 'cameraPower'], mend);
    }
    board.cameraPower.switchOn();
    const hasPower = await follows(true);
    board.cameraPower.switchOff();
    if (!hasPower) {
      throw this.fault('the camera is switched on and senses no power', ['cameraPowerSense', 'cameraPower'], mend);
    }
    if (!(await follows(false))) {
      throw this.fault('the camera is switched off again and still senses power', ['cameraPower'], mend);
    }
  }

  private async checkMotor(): Promise<void> {
    const { board, waiter, sampleAtRest, sample, wiring } = this.parts;
    const { idleCurrentMa, supplyMinMv, supplyMaxMv } = wiring.drive;
    board.boltMotor.stop();
    for (let tries = 0; tries < SAMPLES_TRIES && sample() === null; tries += 1) {
      sampleAtRest();
      await waiter.pause(SAMPLES_MS);
    }
    const found = sample();
    if (found === null) {
      throw this.fault(
        'the board does not measure current and supply',
        ['motorCurrent', 'supplyVoltage'],
        'write the Latchkey image with latchkey flash',
      );
    }
    if (found.currentMa > idleCurrentMa) {
      const { scaleMvPerA } = wiring.pins.motorCurrent;
      throw this.fault(
        `the motor is off and draws ${Math.round(found.currentMa)} mA`,
        ['motorCurrent'],
        `mend the wiring; "scaleMvPerA" is ${scaleMvPerA}`,
      );
    }
    if (found.supplyMv < supplyMinMv || found.supplyMv > supplyMaxMv) {
      throw this.fault(
        `the supply of the motor reads ${Math.round(found.supplyMv)} mV, not ${supplyMinMv} to ${supplyMaxMv}`,
        ['supplyVoltage'],
        'switch the supply on, put fresh batteries in, or mend "dividerRatio"',
      );
    }
  }

  private async checkDoor(): Promise<void> {
    const { standing } = this.parts;
    const byHand = standing.bolt === 'retracted' ? '' : ', unlocking it by hand or by key first,';
    await this.seeDoor(`open the door${byHand} or take the magnet away from its contact`, false);
    await this.seeDoor('close the door again, the bolt drawn in, or put the magnet back', true);
  }

  private async seeDoor(words: string, closed: boolean): Promise<void> {
    const { prompts, standing } = this.parts;
    const isSeen = (): boolean => standing.doorClosed === closed;
    await prompts.ask(`${words}; if nothing follows, press Enter`, () => isSeen() || standing.boardUp === false);
    if (isSeen()) return;
    throw this.fault(
      `the door is ${closed ? 'closed' : 'open'} and the contact says ${closed ? 'open' : 'closed'}`,
      ['doorContact'],
      'turn its "polarity", or look for a loose wire',
    );
  }

  private fault(what: string, roles: readonly PinRole[], mend: string): HardwareFault {
    const { id, pins } = this.parts.wiring;
    if (this.parts.standing.boardUp !== true)
      return new HardwareFault('latchkey: the link to the board is down again.');
    const places = roles.map((role) => `pins.${role} (pin ${pins[role]?.pin ?? 'none'})`).join(' and ');
    return new HardwareFault(`latchkey: ${what}: ${places} of ${id} in boards.json; ${mend}.`);
  }
}
