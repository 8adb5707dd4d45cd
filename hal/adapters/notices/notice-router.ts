import type { HalFault } from '../../contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeStream, NoticeTransport } from '../../contracts/notices.js';
import { streamOf } from '../../contracts/notices.js';

/** Which transports carry which stream. */
export type NoticeRoutes = ReadonlyMap<NoticeStream, readonly NoticeTransport[]>;

/**
 * Sends each notice wherever its stream goes, and nowhere else: a stream that nobody is enrolled for is acknowledged, and
 * stays at home. Where a stream goes to several, all must have acknowledged a notice before the next one is sent; who has
 * it already is not sent it again. Heartbeats go where the home stream goes.
 */
export class NoticeRouter implements NoticeTransport {
  private readonly routes: ReadonlyMap<NoticeStream, readonly Route[]>;
  private readonly onArrival: (notice: Notice) => void;

  /** `onArrival` hears of each notice that all its receivers have, before it is acknowledged. */
  constructor(routes: NoticeRoutes, onArrival: (notice: Notice) => void) {
    this.routes = new Map(
      Array.from(routes, ([stream, transports]) => [stream, transports.map((transport) => new Route(transport))]),
    );
    this.onArrival = onArrival;
  }

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    const routes = this.routes.get(streamOf(notice.to)) ?? [];
    if (routes.length === 0) {
      setImmediate(done, null);
      return;
    }
    void this.bring(notice, routes, done);
  }

  beat(heartbeat: Heartbeat): void {
    for (const { transport } of this.routes.get('home') ?? []) transport.beat(heartbeat);
  }

  private async bring(notice: Notice, routes: readonly Route[], done: (fault: HalFault | null) => void): Promise<void> {
    const answers = await Promise.all(routes.map((route) => route.bring(notice)));
    const fault = answers.find((answer) => answer !== null) ?? null;
    if (fault === null) this.onArrival(notice);
    done(fault);
  }
}

/** One transport of one stream, and the latest notice that it has brought. */
class Route {
  readonly transport: NoticeTransport;
  private brought = 0;

  constructor(transport: NoticeTransport) {
    this.transport = transport;
  }

  bring(notice: Notice): Promise<HalFault | null> {
    if (this.brought === notice.number) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.transport.send(notice, (fault) => {
        if (fault === null) this.brought = notice.number;
        resolve(fault);
      });
    });
  }
}
