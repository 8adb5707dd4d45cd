import { expect } from 'chai';
import Board from 'johnny-five/lib/board.js';
import { encodeStatus } from '../../../../hal/board-protocol.js';
import type { BoardStatus } from '../../../../hal/board-protocol.js';
import { firmwareMessage } from '../../../../sim/wired/board-messages.js';
import type { Script } from './scripted-board.js';
import { ASKED, HANDSHAKE, SAYS, ScriptedBoard } from './scripted-board.js';
import { wiredBoard } from './wired-bench.js';

const STATUS: BoardStatus = {
  state: 'armed',
  lastTrip: 'none',
  armRefusal: 'none',
  resetCause: 1,
  uptimeS: 0,
  deadManTrips: 0,
  driveLimitTrips: 0,
  overCurrentTrips: 0,
  bothDirectionsTrips: 0,
  watchdogResets: 0,
  drives: 0,
  malformedMessages: 0,
};

/** ARM is 26 bytes, so it is known by its beginning. */
const isArm = (message: string): boolean => message.startsWith('f001');

describe('the handshake with a board', () => {
  let boards: ScriptedBoard[];
  let cachedBefore: number;

  beforeEach(() => {
    boards = [];
    cachedBefore = Board.cache.length;
  });

  afterEach(() => {
    for (const { hal } of boards) void hal.close();
    expect(Board.cache).to.have.length(cachedBefore);
  });

  function meet(script: Script, ...rest: [] | [ReturnType<typeof wiredBoard>]): ScriptedBoard {
    const board = new ScriptedBoard(script, ...rest);
    boards.push(board);
    return board;
  }

  function meetImage(version: Uint8Array, image: Uint8Array): ScriptedBoard {
    const board = meet({ ...HANDSHAKE, [ASKED.image]: [version, image] });
    board.pass(1_000);
    return board;
  }

  it('asks until somebody answers, and then for the pins and to be armed', () => {
    const board = meet(HANDSHAKE);
    board.line.setConnected(false);
    board.pass(2_050);
    expect(board.heard).to.deep.equal([]);
    board.line.setConnected(true);
    board.pass(160);
    const questions = board.heard.filter((message) => message.startsWith('f9') || message.startsWith('f0'));
    expect(questions.slice(0, 4)).to.deep.equal([ASKED.image, ASKED.image, ASKED.capabilities, ASKED.analogMapping]);
    expect(questions.slice(4, 6).map((message) => message.slice(0, 4))).to.deep.equal(['f07a', 'f001']);
    expect(board.links).to.deep.equal([false]);
    expect(board.hal.boltMotor.extend()).to.not.equal(null);
  });

  it('makes no output of any pin before the board is armed', () => {
    const board = meet(HANDSHAKE);
    board.pass(1_000);
    expect(board.heard.some(isArm)).to.equal(true);
    expect(board.heard.filter((message) => message.startsWith('f4') && message.endsWith('01'))).to.deep.equal([]);
  });

  it('tells of a line on which nobody answers, once', () => {
    const board = meet({});
    board.pass(2_900);
    expect(board.news).to.deep.equal([]);
    board.pass(60_000);
    expect(board.news).to.have.length(1);
    expect(board.lastReason()).to.match(/^the board does not answer like one with Firmata; .*latchkey flash/);
    expect(board.links).to.deep.equal([false]);
  });

  it('refuses an image of ours that is too old or newer, and one that speaks another Firmata', () => {
    expect(meetImage(SAYS.version, firmwareMessage('Latchkey', 0, 9)).lastReason()).to.match(
      /^the board's image is Latchkey 0\.9, too old: 1\.0 is needed; `latchkey flash`/,
    );
    expect(meetImage(SAYS.version, firmwareMessage('Latchkey', 2, 0)).lastReason()).to.match(
      /^the board's image is Latchkey 2\.0, newer than this program: 1\.0 is needed/,
    );
    expect(meetImage(Uint8Array.of(0xf9, 3, 0), SAYS.image).lastReason()).to.match(
      /^the board speaks Firmata 3, not 2/,
    );
  });

  it('believes a new image when it has named itself twice the same', () => {
    const board = meet({ ...HANDSHAKE, [ASKED.image]: [] });
    const garbled = firmwareMessage('Latchkez', 1, 0);
    for (const image of [SAYS.image, garbled, SAYS.image, garbled]) {
      board.pass(20);
      board.line.disturbHost(Uint8Array.of(...SAYS.version, ...image));
    }
    board.pass(20);
    expect(board.heard).to.not.include(ASKED.capabilities);
    board.line.disturbHost(Uint8Array.of(...SAYS.version, ...garbled));
    board.pass(20);
    expect(board.heard).to.include(ASKED.capabilities);
  });

  it('takes no answer for one that is cut off', () => {
    for (const image of [Uint8Array.of(0xf0, 0x79, 0xf7), Uint8Array.of(0xf0, 0x79, 1, 0, 0x41, 0xf7)]) {
      expect(meetImage(SAYS.version, image).heard).to.not.include(ASKED.capabilities);
    }
  });

  it('never gives firmata-io a description of pins that it cannot bear', () => {
    for (const [asked, answer] of [
      [ASKED.capabilities, Uint8Array.of(0xf0, 0x6c, 0, 1, 0xf7)],
      [ASKED.capabilities, SAYS.analogMapping],
      [ASKED.analogMapping, Uint8Array.of(0xf0, 0x6a, ...new Uint8Array(21).fill(0x7f), 0xf7)],
      [ASKED.analogMapping, Uint8Array.of(0xf0, 0x6a, 0x7f, 0xf7)],
    ] as const) {
      const board = meet({ ...HANDSHAKE, [asked]: [answer] });
      board.pass(5_000);
      expect(board.heard.some(isArm)).to.equal(false);
      expect(board.heard.filter((message) => message === asked).length).to.be.greaterThan(10);
    }
  });

  it('hears no answer to a question that was not asked', () => {
    const unasked = [SAYS.analogMapping, SAYS.capabilities, Uint8Array.of(0xf0, 0x6e, 0x7e, 0, 0, 0xf7)];
    const board = meet({ ...HANDSHAKE, [ASKED.image]: [...unasked, SAYS.version, ...unasked, SAYS.image, ...unasked] });
    board.pass(300);
    expect(board.heard.some(isArm)).to.equal(true);
  });

  it('says which pin of boards.json the board has not', () => {
    const uno = wiredBoard('arduino-uno');
    const lampAtSerialPin = { ...uno.pins, jamIndicator: { ...uno.pins.jamIndicator, pin: 1 } };
    const board = meet(HANDSHAKE, { ...uno, pins: lampAtSerialPin });
    board.pass(1_000);
    expect(board.lastReason()).to.match(/: Firmata's pin 1 cannot be an output; /);
    board.pass(10_000);
    expect(board.news).to.have.length(1);
  });

  for (const [refusal, words] of [
    ['range', /^the board refuses to be armed: a time or a limit/],
    ['pins', /^the board refuses to be armed: a pin/],
    ['checksum', undefined],
  ] as const) {
    it(`does not come up while the board refuses to be armed, for its ${refusal}`, () => {
      const status = encodeStatus({ ...STATUS, armRefusal: refusal });
      const board = meet(HANDSHAKE);
      board.pass(100);
      for (let second = 0; second < 5; second += 1) {
        board.line.disturbHost(status);
        board.pass(1_000);
      }
      expect(board.links).to.deep.equal([false]);
      expect(board.heard.some((message) => message.startsWith('d0'))).to.equal(false);
      if (words === undefined) expect(board.lastReason()).to.match(/does not answer/);
      else expect(board.lastReason()).to.match(words);
    });
  }

  it('leaves no time-out of johnny-five behind when it is broken off', () => {
    const board = meet({ ...HANDSHAKE, [ASKED.capabilities]: [] });
    board.pass(50);
    expect(board.heard).to.include(ASKED.capabilities);
    board.close();
    board.pass(1);
    expect(board.clock.nextDueMs()).to.equal(Infinity);
  });

  it('takes no tripped board for an armed one', () => {
    const board = meet(HANDSHAKE);
    board.pass(100);
    board.line.disturbHost(encodeStatus({ ...STATUS, state: 'tripped' }));
    board.pass(50);
    expect(board.heard.some((message) => message.startsWith('d0'))).to.equal(false);
    board.line.disturbHost(encodeStatus(STATUS));
    board.pass(50);
    expect(board.heard.some((message) => message.startsWith('d0'))).to.equal(true);
  });
});
