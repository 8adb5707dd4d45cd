import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Door } from './door.js';
import { tellEvents } from './event-stream.js';
import { problem, problemResponse } from './problem.js';
import type { Following } from './route.js';

/** Workers cannot take the residents' places. Chosen. */
export const STREAMS_MAX: Readonly<Record<Following['of'], number>> = { resident: 8, visit: 4 };

const TOO_MANY_STREAMS = problem(503, 'Too many streams', 'As many streams of events are open as the lock serves.');

/** Keeps count of the streams of events, for there is an end to them. */
export class OpenStreams {
  private readonly door: Door;
  private readonly onFault: (error: unknown) => void;
  private readonly open: Record<Following['of'], number> = { resident: 0, visit: 0 };

  constructor(door: Door, onFault: (error: unknown) => void) {
    this.door = door;
    this.onFault = onFault;
  }

  tell(context: Context, following: Following): Response {
    if (this.open[following.of] >= STREAMS_MAX[following.of]) return problemResponse(TOO_MANY_STREAMS);
    this.open[following.of] += 1;
    return streamSSE(context, async (stream) => {
      try {
        await tellEvents(stream, following, this.door);
      } catch (error) {
        this.onFault(error);
      } finally {
        this.open[following.of] -= 1;
      }
    });
  }
}
