import { expect } from 'chai';
import { analogMessage, digitalMessage, firmwareMessage } from '../../../../sim/wired/board-messages.js';
import { ASKED, HANDSHAKE, SAYS, ScriptedBoard } from './scripted-board.js';
import { wiredBoard } from './wired-bench.js';

/** A stock image obeys at once, so that what is written is what the bridge does. */
const STOCK = {
  ...HANDSHAKE,
  [ASKED.image]: [SAYS.version, firmwareMessage('StandardFirmata.ino', 2, 5)],
  d001: [digitalMessage(0, 0)],
};

const IN1 = 1 << 7;
const IN2 = 1 << 8;
const ENABLE = 1 << 9;
const NAMES = { 0: 'off', [IN1]: 'in1', [IN2]: 'in2', [ENABLE]: 'enable' } as const;

describe('the motor on johnny-five', () => {
  let board: ScriptedBoard;

  afterEach(() => board.close());

  function connect(id: string): void {
    board = new ScriptedBoard(STOCK, wiredBoard(id));
    board.pass(300);
    expect(board.links).to.deep.equal([true]);
  }

  /** Which of the bridge's pins are HIGH after each write of an order; they are all off before. */
  function levels(...orders: ('extend' | 'retract' | 'stop')[]): string[] {
    board.hal.boltMotor.stop();
    const from = board.heard.length;
    for (const order of orders) expect(board.hal.boltMotor[order]()).to.equal(null);
    const seen: string[] = [];
    let bits = 0;
    for (const message of board.heard.slice(from)) {
      const [first = 0, low = 0, high = 0] = Buffer.from(message, 'hex');
      if (first >> 4 !== 9) continue;
      const port = first & 0x0f;
      bits = (bits & ~(0xff << (port * 8))) | ((low | (high << 7)) << (port * 8));
      const names = [IN1, IN2, ENABLE].filter((bit) => (bits & bit) !== 0).map((bit) => NAMES[bit]);
      const words = names.length === 0 ? 'off' : names.join(' ');
      if (words !== seen.at(-1)) seen.push(words);
    }
    return seen;
  }

  it('sets the direction before it enables, and disables first', () => {
    connect('arduino-uno');
    expect(levels('extend')).to.deep.equal(['off', 'in1', 'in1 enable']);
    const reversal = ['off', 'in1', 'in1 enable', 'in1', 'off', 'in2', 'in2 enable'];
    expect(levels('extend', 'retract')).to.deep.equal(reversal);
    expect(levels('retract', 'stop')).to.deep.equal(['off', 'in2', 'in2 enable', 'in2', 'off']);
  });

  it('lets one direction fall before the other rises, without an enable too', () => {
    connect('arduino-uno-drv8833');
    expect(levels('extend')).to.deep.equal(['off', 'in1']);
    expect(levels('extend', 'retract')).to.deep.equal(['off', 'in1', 'off', 'in2']);
    expect(levels('retract', 'stop')).to.deep.equal(['off', 'in2', 'off']);
  });

  it('makes a sample of two channels that belong together, and none of half a one', () => {
    connect('arduino-uno');
    const samples: string[] = [];
    board.hal.motorCurrent.watch((currentMa, supplyMv) =>
      samples.push(`${Math.round(currentMa)} ${Math.round(supplyMv)}`),
    );
    const tell = (...messages: Uint8Array[]): void => {
      for (const message of messages) board.line.disturbHost(message);
      board.pass(1);
    };
    tell(analogMessage(0, 100), analogMessage(1, 600));
    expect(samples).to.deep.equal([]);
    board.hal.boltMotor.extend();
    tell(analogMessage(1, 600), analogMessage(0, 100), analogMessage(0, 20));
    expect(samples).to.deep.equal([]);
    tell(analogMessage(1, 613), analogMessage(1, 600), analogMessage(2, 5));
    expect(samples).to.deep.equal(['98 5992']);
  });
});
