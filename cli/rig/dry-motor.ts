import type { BoardHal } from '../../hal/contracts/hal.js';
import type { OrderAnswer } from '../../hal/contracts/hal-fault.js';

/**
 * The same board with a motor that is only shown its orders. Whoever wants the bolt to move turns it by hand: to the lock
 * that is the motor's work.
 */
export function dryMotor(board: BoardHal, show: (order: string) => void): BoardHal {
  const order = (name: string) => (): OrderAnswer => {
    // Whether the board can be reached shows in the one order that changes nothing.
    const fault = board.boltMotor.stop();
    if (fault === null) show(name);
    return fault;
  };
  return {
    boardLink: board.boardLink,
    boltMotor: { extend: order('extend'), retract: order('retract'), stop: order('stop') },
    motorCurrent: board.motorCurrent,
    boltSwitches: board.boltSwitches,
    doorContact: board.doorContact,
    cameraPower: board.cameraPower,
    indicators: board.indicators,
  };
}
