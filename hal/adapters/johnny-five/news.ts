import type { BoardStatus, Trip } from '../../board-protocol.js';
import type { ImageVersion } from './firmata-answers.js';

/** What people are told of a board. */
export type BoardNews = BoardUp | BoardDown | BoardTripped;

export interface BoardUp {
  readonly kind: 'up';
  readonly image: ImageVersion;
  /** As the board was found; `null` from an image that is not ours. */
  readonly status: BoardStatus | null;
  /** Which properties cannot be kept with it, and the mend. */
  readonly warnings: readonly string[];
}

/** Told once for as long as the reason stays the same. */
export interface BoardDown {
  readonly kind: 'down';
  /** One clause. */
  readonly reason: string;
}

/** The board ended a drive by itself. */
export interface BoardTripped {
  readonly kind: 'tripped';
  readonly trip: Trip;
}

export const NO_DEAD_MAN =
  'without the dead-man of the Latchkey image the motor runs on when this computer fails, so S4 cannot be kept; ' +
  '`latchkey flash` writes that image';
