import type { BoardHal } from '../../hal/contracts/hal.js';
import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { AlarmName, LockReport } from '../../hal/contracts/report.js';
import type { Signal } from '../../firmware/signals.js';
import type { BoltPlace, Drive } from '../../sim/observation.js';

/** How things stand at the rig, as far as they are measured; `null` is not known yet. */
export class Standing {
  /** When the latest signal came, on the clock. */
  heardAtMs = 0;
  boardUp: boolean | null = null;
  networkUp: boolean | null = null;
  bolt: BoltPlace | null = null;
  /** Both end switches at once. */
  boltContradicts = false;
  doorClosed: boolean | null = null;
  cameraPowered: boolean | null = null;
  cameraSwitchedOn = false;
  /** As ordered. */
  drive: Drive = 'off';
  report: LockReport | null = null;
  readonly alarms = new Set<AlarmName>();
  readonly lit = new Set<IndicatorName>();

  take(atMs: number, signal: Signal): void {
    this.heardAtMs = atMs;
    if ('in' in signal) this.takeIn(signal);
    else this.takeOut(signal);
  }

  private takeIn(signal: Extract<Signal, { in: string }>): void {
    switch (signal.in) {
      case 'boardLink':
        this.boardUp = signal.up;
        if (!signal.up) this.loseBoard();
        return;
      case 'networkLink':
        this.networkUp = signal.up;
        return;
      case 'boltSwitches':
        this.bolt = placeOf(signal.extended, signal.retracted);
        this.boltContradicts = signal.extended && signal.retracted;
        return;
      case 'doorContact':
        this.doorClosed = signal.closed;
        return;
      case 'cameraPower':
        this.cameraPowered = signal.powered;
        return;
      default:
    }
  }

  /** The board drops its outputs, and what its inputs read is not known until it is back and tells. */
  private loseBoard(): void {
    this.drive = 'off';
    this.bolt = null;
    this.boltContradicts = false;
    this.doorClosed = null;
    this.cameraPowered = null;
    this.cameraSwitchedOn = false;
  }

  private takeOut(signal: Extract<Signal, { out: string }>): void {
    switch (signal.out) {
      case 'motor':
        if (signal.fault === null) this.drive = signal.order === 'stop' ? 'off' : signal.order;
        return;
      case 'cameraPower':
        if (signal.fault === null) this.cameraSwitchedOn = signal.on;
        return;
      case 'indicator':
        if (signal.fault === null) setMember(this.lit, signal.name, signal.lit);
        return;
      case 'alarm':
        setMember(this.alarms, signal.alarm, signal.raised);
        return;
      case 'report':
        this.report = signal.report;
        return;
      default:
    }
  }
}

/** For `latchkey rig status`. */
export function statusOf({ report, doorClosed, drive, cameraPowered, alarms, boardUp, networkUp }: Standing) {
  return {
    boardLink: oneOf(boardUp, 'up', 'down'),
    network: oneOf(networkUp, 'up', 'down'),
    position: report?.position ?? 'unknown',
    assumed: report?.assumed ?? null,
    lastResult: report?.lastResult ?? 'none',
    door: oneOf(doorClosed, 'closed', 'open'),
    motor: drive,
    camera: oneOf(cameraPowered, 'powered', 'unpowered'),
    alarms: [...alarms],
  };
}

function oneOf<Yes extends string, No extends string>(is: boolean | null, yes: Yes, no: No): Yes | No | 'unknown' {
  if (is === null) return 'unknown';
  return is ? yes : no;
}

/** What the board reads, told as signals, while no lock runs that could tell of them. A lock takes the wires over. */
export function watchBoard(board: BoardHal, tell: (signal: Signal) => void): void {
  board.boardLink.watch((up) => tell({ in: 'boardLink', up }));
  board.boltSwitches?.watch((extended, retracted) => tell({ in: 'boltSwitches', extended, retracted }));
  board.doorContact.watch((closed) => tell({ in: 'doorContact', closed }));
  board.cameraPower.watch((powered) => tell({ in: 'cameraPower', powered }));
  board.motorCurrent.watch((currentMa, supplyMv) => tell({ in: 'motorCurrent', currentMa, supplyMv }));
}

/** A contradiction is no end. */
export function placeOf(extended: boolean, retracted: boolean): BoltPlace {
  if (extended === retracted) return 'between';
  return extended ? 'extended' : 'retracted';
}

function setMember<Member>(set: Set<Member>, member: Member, isIn: boolean): void {
  if (isIn) set.add(member);
  else set.delete(member);
}
