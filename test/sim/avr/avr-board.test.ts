import { expect } from 'chai';
import { AvrBoard } from '../../../sim/avr/avr-board.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { IoSurroundings, PinLevel } from '../../../sim/wired/io-device.js';
import { flashWith, OPEN_SERIAL, SUBROUTINES } from './assembly.js';

/** Sends each received byte back, plus one. */
const ECHO = `${OPEN_SERIAL}
waiting:
  lds r18, 0xc0
  sbrs r18, 7
  rjmp waiting
  lds r20, 0xc6
  inc r20
  sts 0xc6, r20
  rjmp waiting`;

/** D8 toggles every 2 ms. */
const TOGGLE = `
  sbi 0x04, 0
toggling:
  sbi 0x05, 0
  call pause
  cbi 0x05, 0
  call pause
  rjmp toggling
  ${SUBROUTINES}`;

/** Sends MCUSR, a byte of RAM and a byte of EEPROM, adds one to both, and clears MCUSR. */
const COUNT_BOOTS = `${OPEN_SERIAL}
  in r20, 0x34
  ldi r18, 0
  out 0x34, r18
  call send
  lds r20, 0x0200
  call send
  inc r20
  sts 0x0200, r20
  out 0x21, r18
  out 0x22, r18
  sbi 0x1f, 0
  in r20, 0x20
  call send
  inc r20
  out 0x20, r20
  sbi 0x1f, 2
  sbi 0x1f, 1
end:
  rjmp end
  ${SUBROUTINES}`;

/** D2 with pull-up; sleeps, and at each change of the pin sends what it reads at port D. */
const WATCH_D2 = `
  jmp begin
  _loc 0x14
  jmp changed
  _loc 0x70
begin:
  ${OPEN_SERIAL}
  sbi 0x0b, 2
  ldi r16, 4
  sts 0x6d, r16
  sts 0x68, r16
  ldi r16, 1
  out 0x33, r16
  sei
sleeping:
  sleep
  rjmp sleeping
changed:
  in r20, 0x09
  andi r20, 4
  call send
  reti
  ${SUBROUTINES}`;

/** Sends the high byte of A3, left-adjusted. */
const MEASURE_A3 = `${OPEN_SERIAL}
  ldi r16, 0x63
  sts 0x7c, r16
measuring:
  ldi r16, 0xc7
  sts 0x7a, r16
converting:
  lds r18, 0x7a
  sbrc r18, 6
  rjmp converting
  lds r20, 0x79
  call send
  call pause
  rjmp measuring
  ${SUBROUTINES}`;

class Surroundings implements IoSurroundings {
  readonly sent: string[] = [];
  readonly changes: string[] = [];
  readonly highPins = new Set<number>();
  readonly pulledDownPins = new Set<number>();
  mv = 0;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  send(bytes: Uint8Array): void {
    this.sent.push(`${this.clock.nowMs()}: ${[...bytes].join(' ')}`);
  }

  pinChanged(pin: number, level: PinLevel): void {
    this.changes.push(`${this.clock.nowMs()}: ${pin} ${level}`);
  }

  isHigh(pin: number, pulledUp: boolean): boolean {
    return this.highPins.has(pin) || (pulledUp && !this.pulledDownPins.has(pin));
  }

  analogMv(channel: number): number {
    return channel === 3 ? this.mv : 0;
  }
}

describe('AvrBoard', () => {
  let clock: VirtualClock;
  let surroundings: Surroundings;

  beforeEach(() => {
    clock = new VirtualClock();
    surroundings = new Surroundings(clock);
  });

  function boardWith(source: string): AvrBoard {
    return new AvrBoard(clock, flashWith(source), surroundings);
  }

  function run(ms: number): void {
    clock.advanceTo(clock.nowMs() + ms);
  }

  it('takes bytes in at 57,600 baud and gives them out in the ms of their last bit, those of one ms together', () => {
    const board = boardWith(ECHO);
    board.setPower(true);
    run(10);
    board.receive(Uint8Array.from({ length: 12 }, (_, index) => index));
    run(10);
    // In after 174 µs each, out 170 µs later: six bytes a ms.
    expect(surroundings.sent).to.deep.equal(['11: 1 2 3 4', '12: 5 6 7 8 9 10', '13: 11 12']);
  });

  it('puts bytes that are received later behind those on the line', () => {
    const board = boardWith(ECHO);
    board.setPower(true);
    run(10);
    board.receive(Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80));
    run(1);
    board.receive(Uint8Array.of(90));
    run(5);
    board.receive(Uint8Array.of(100));
    run(5);
    expect(surroundings.sent).to.deep.equal(['11: 11 21 31 41', '12: 51 61 71 81 91', '17: 101']);
  });

  it('tells a change of a pin in the next whole ms, and its cycle to who listens', () => {
    const board = boardWith(TOGGLE);
    const exact: string[] = [];
    board.onPin = (cycle, pin, level) => exact.push(`${cycle} ${pin} ${level}`);
    board.setPower(true);
    run(5);
    expect(surroundings.changes).to.deep.equal(['1: 8 low', '1: 8 high', '3: 8 low', '5: 8 high']);
    expect(exact).to.deep.equal(['0 8 low', '2 8 high', '32781 8 low', '65562 8 high']);
  });

  it('lets go of every pin without power and at a reset', () => {
    const board = boardWith(TOGGLE);
    board.setPower(true);
    run(1);
    surroundings.changes.length = 0;
    board.reset();
    expect(surroundings.changes).to.deep.equal(Array.from({ length: 20 }, (_, pin) => `1: ${pin} input`));
    run(1);
    surroundings.changes.length = 0;
    board.setPower(false);
    run(10);
    expect(surroundings.changes).to.deep.equal(Array.from({ length: 20 }, (_, pin) => `2: ${pin} input`));
  });

  it('keeps RAM over a reset, EEPROM over a loss of power, and says what the cause was', () => {
    const board = boardWith(COUNT_BOOTS);
    board.setPower(true);
    run(20);
    board.reset();
    run(20);
    board.setPower(false);
    run(20);
    board.setPower(true);
    run(20);
    const boots = surroundings.sent.join(' ').replaceAll(/\d+: /g, '').split(' ').map(Number);
    const ram = boots[1] ?? 0;
    expect(boots).to.deep.equal([1, ram, 0xff, 2, ram + 1, 0x00, 1, ram, 0x01]);
  });

  it('is silent and deaf without power', () => {
    const board = boardWith(ECHO);
    board.receive(Uint8Array.of(1));
    run(5);
    board.setPower(true);
    run(1);
    board.receive(Uint8Array.of(2, 3, 4));
    board.setPower(false);
    board.receive(Uint8Array.of(5));
    board.inputsChanged();
    board.reset();
    run(5);
    board.setPower(true);
    run(5);
    expect(surroundings.sent).to.deep.equal([]);
    board.receive(Uint8Array.of(6));
    run(5);
    expect(surroundings.sent).to.deep.equal([`${clock.nowMs() - 4}: 7`]);
  });

  it('takes bytes that come in pieces as if they had come at once', () => {
    const hashes = [[9], [4, 5], [1, 0, 8]].map((pieces) => {
      clock = new VirtualClock();
      const board = boardWith(ECHO);
      board.setPower(true);
      run(1);
      for (const length of pieces) board.receive(Uint8Array.from({ length }, () => 1));
      run(10);
      return board.traceHash();
    });
    expect(new Set(hashes).size).to.equal(1);
  });

  it('loses what is on the line with the power', () => {
    const board = boardWith(ECHO);
    board.setPower(true);
    run(1);
    board.receive(Uint8Array.from({ length: 100 }));
    board.setPower(false);
    board.setPower(true);
    run(5);
    board.receive(Uint8Array.of(7));
    run(5);
    expect(surroundings.sent).to.deep.equal(['7: 8']);
  });

  it('lets what is on the line arrive after a reset', () => {
    const board = boardWith(ECHO);
    board.setPower(true);
    run(1);
    board.receive(Uint8Array.of(2, 3, 4));
    board.reset();
    run(5);
    expect(surroundings.sent).to.deep.equal(['2: 3 4 5']);
  });

  it('reads its inputs when their mode changes and when told, and wakes by them', () => {
    const board = boardWith(WATCH_D2);
    board.setPower(true);
    run(5);
    surroundings.pulledDownPins.add(2);
    board.inputsChanged();
    run(5);
    surroundings.pulledDownPins.delete(2);
    board.inputsChanged();
    run(5);
    expect(surroundings.sent).to.deep.equal(['6: 0', '11: 4']);
  });

  it('measures voltages against 5 V when a conversion begins', () => {
    const board = boardWith(MEASURE_A3);
    board.setPower(true);
    run(2);
    surroundings.mv = 2_500;
    run(2);
    surroundings.mv = 9_000;
    run(2);
    expect(surroundings.sent.map((line) => line.split(' ')[1])).to.deep.equal(['0', '128', '255']);
  });

  it('stands a reset from whoever hears of its bytes or pins', () => {
    const board = boardWith(COUNT_BOOTS);
    const causes: string[] = [];
    surroundings.send = (bytes) => {
      causes.push(String(bytes[0]));
      if (causes.length < 3) board.reset();
    };
    board.setPower(true);
    run(10);
    expect(causes.slice(0, 3)).to.deep.equal(['1', '2', '2']);
  });

  it('tells each change once, and in order, to who answers it by a reset', () => {
    const board = boardWith(TOGGLE);
    const tell = surroundings.pinChanged.bind(surroundings);
    let resets = 0;
    surroundings.pinChanged = (pin, level) => {
      tell(pin, level);
      if (level !== 'high' || resets > 0) return;
      resets += 1;
      board.reset();
    };
    board.setPower(true);
    run(2);
    const released = Array.from({ length: 20 }, (_, pin) => `1: ${pin} input`);
    expect(surroundings.changes).to.deep.equal(['1: 8 low', '1: 8 high', ...released, '2: 8 low', '2: 8 high']);
  });

  it('gives another hash for each change of a pin', () => {
    const board = boardWith(TOGGLE);
    board.setPower(true);
    run(2);
    const hash = board.traceHash();
    run(1);
    expect(board.traceHash()).not.to.equal(hash);
    const hashLater = board.traceHash();
    run(1);
    expect(board.traceHash()).to.equal(hashLater);
  });

  it('gives equal hashes for equal runs, and others for a byte a ms later', () => {
    const hashes = [5, 5, 6].map((startMs) => {
      clock = new VirtualClock();
      const board = boardWith(ECHO);
      board.setPower(true);
      run(startMs);
      board.receive(Uint8Array.of(1, 2, 3));
      run(20 - startMs);
      return board.traceHash();
    });
    expect(hashes[1]).to.equal(hashes[0]);
    expect(hashes[2]).not.to.equal(hashes[0]);
  });

  it('runs the same however the clock is advanced', () => {
    const hashes = [1, 7, 100].map((strideMs) => {
      clock = new VirtualClock();
      const board = boardWith(TOGGLE);
      board.setPower(true);
      for (let ms = 0; ms < 700; ms += strideMs) run(Math.min(strideMs, 700 - ms));
      return board.traceHash();
    });
    expect(new Set(hashes).size).to.equal(1);
  });
});
