import type { BoardNews } from '../../hal/adapters/johnny-five/news.js';
import type { Trip } from '../../hal/board-protocol.js';
import type { Paint } from '../../sim/report/tone.js';
import type { RigStatus } from './status-socket.js';

const tripWords: Readonly<Record<Trip, string>> = {
  none: 'the board has ended a drive',
  deadMan: 'the board heard nothing of this computer for too long, and switched the motor off',
  driveLimit: 'the board has ended a drive that took too long',
  overCurrent: 'the board has ended a drive whose current stayed too high',
  bothDirections: 'the board was asked for both directions at once, and switched the motor off',
};

/** What has been heard of the board, shown as it comes. */
export class BoardReport {
  image: string | null = null;
  /** Why there is no link; empty while there is one, or nothing was heard. */
  reason = '';
  readonly trips: { -readonly [Name in keyof RigStatus['trips']]: number } = {
    deadMan: 0,
    driveLimit: 0,
    overCurrent: 0,
    bothDirections: 0,
  };
  private readonly show: (text: string) => void;
  private readonly paint: Paint;

  constructor(show: (text: string) => void, paint: Paint) {
    this.show = show;
    this.paint = paint;
  }

  take(news: BoardNews): void {
    switch (news.kind) {
      case 'up': {
        const { name, major, minor } = news.image;
        this.image = `${name} ${major}.${minor}`;
        this.reason = '';
        this.tell(`board answers: ${this.image}`, 'plain');
        for (const warning of news.warnings) this.tell(`warning: ${warning}`, 'warning');
        return;
      }
      case 'down':
        this.reason = news.reason;
        this.tell(`no link to the board: ${news.reason}`, 'warning');
        return;
      case 'tripped':
        if (news.trip !== 'none') this.trips[news.trip] += 1;
        this.tell(tripWords[news.trip], 'warning');
    }
  }

  private tell(text: string, tone: 'plain' | 'warning'): void {
    this.show(` ${this.paint(tone, text)}\n`);
  }
}
