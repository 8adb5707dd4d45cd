import type { Desk } from '../../firmware/desk.js';
import type { BoardNews } from '../../hal/adapters/johnny-five/news.js';
import type { Board } from '../../hal/boards.js';
import type { WiredBoard } from '../../hal/wired-board.js';
import { AvrBoard } from '../avr/avr-board.js';
import { LOCK_PROFILES } from '../plant/profiles.js';
import type { Observations } from '../observation.js';
import { VirtualClock } from '../virtual-clock.js';
import type { MakeIoDevice } from '../wired/io-device.js';
import { VirtualFirmataBoard } from '../wired/virtual-firmata-board.js';
import type { MakeWorld, World, WorldSettings } from '../world.js';
import { GlobalTimeouts } from './global-timeouts.js';
import { LockWorld } from './lock-world.js';
import { motorLimits } from './motor-limits.js';
import { WiredBoardSide } from './wired-board-side.js';

/** Stands in for the simulated board, which has no pins. */
const BOARD_OF_SIM = 'arduino-uno';

/** Which device is at the end of the line. */
type MakeDevice = (clock: VirtualClock) => MakeIoDevice;

interface WiredWorldsOptions {
  readonly boards: readonly Board[];
  readonly makeDevice: MakeDevice;
  readonly onNews: (news: BoardNews) => void;
}

/** The firmware on johnny-five, its bytes on a line to a virtual Firmata board of ours. */
export function firmataWorlds(boards: readonly Board[]): MakeWorld {
  const makeDevice: MakeDevice = (clock) => (surroundings) => new VirtualFirmataBoard(clock, surroundings, 'latchkey');
  return wiredWorlds({ boards, makeDevice, onNews: () => undefined });
}

/**
 * The same, but the board is an ATmega328P that executes a flash image, all of it, cycle by cycle. `onWarning` is told
 * what a person at a rig with this image would be warned of.
 */
export function avrWorlds(
  boards: readonly Board[],
  image: Uint8Array,
  onWarning: (warning: string) => void = () => undefined,
): MakeWorld {
  const makeDevice: MakeDevice = (clock) => (surroundings) => new AvrBoard(clock, image, surroundings);
  const onNews = (news: BoardNews): void => {
    if (news.kind === 'up') news.warnings.forEach(onWarning);
  };
  return wiredWorlds({ boards, makeDevice, onNews });
}

function wiredWorlds(options: WiredWorldsOptions): MakeWorld {
  return (settings, seed, observer) => new WiredWorld(options, settings, seed, observer);
}

function wiredBoard(boards: readonly Board[], id: string): WiredBoard {
  const wantedId = id === 'sim' ? BOARD_OF_SIM : id;
  const board = boards.find((candidate) => candidate.id === wantedId);
  if (board?.kind === 'ioBoard' && board.adapter === 'johnny-five') return board;
  throw new RangeError(`there is no I/O board "${wantedId}" with pins`);
}

/** A world in which johnny-five lives: its time-outs are part of virtual time. */
class WiredWorld implements World {
  private readonly timeouts: GlobalTimeouts;
  private readonly world: LockWorld;

  constructor(options: WiredWorldsOptions, settings: WorldSettings, seed: number, observer: Observations) {
    const clock = new VirtualClock();
    const side = {
      board: wiredBoard(options.boards, settings.board),
      motorLimits: motorLimits(LOCK_PROFILES[settings.lock]),
      makeDevice: options.makeDevice(clock),
      onNews: options.onNews,
    };
    this.timeouts = new GlobalTimeouts(clock);
    this.world = new LockWorld(settings, seed, observer, {
      clock,
      makeBoardSide: (surroundings) => new WiredBoardSide(surroundings, side),
      coalesce: false,
      journalBytes: true,
    });
  }

  nowMs(): number {
    return this.world.nowMs();
  }

  advanceTo(untilMs: number): void {
    this.timeouts.run(() => this.world.advanceTo(untilMs));
  }

  halt(): void {
    this.world.halt();
  }

  hand(...deed: Parameters<World['hand']>): ReturnType<World['hand']> {
    return this.world.hand(...deed);
  }

  request(...asked: Parameters<World['request']>): boolean {
    return this.world.request(...asked);
  }

  desk(via: 'network' | 'door'): Desk | null {
    return this.world.desk(via);
  }

  setFault(...fault: Parameters<World['setFault']>): void {
    this.world.setFault(...fault);
  }
}
