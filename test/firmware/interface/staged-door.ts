import { Desk } from '../../../firmware/desk.js';
import { type Channel, doorApp } from '../../../firmware/interface/app.js';
import type { Door } from '../../../firmware/interface/door.js';
import { DoorEvents } from '../../../firmware/interface/door-events.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import type { LockReport } from '../../../hal/contracts/report.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { AgreeingLock, CHARLIE, enrolment, OLGA, PAWS, WALK } from '../credentials/plain-door.js';

export const LOCKED: LockReport = {
  position: 'locked',
  assumed: null,
  activity: 'idle',
  lastResult: 'ok',
  door: 'closed',
  mode: 'normal',
};

class ShownLock extends AgreeingLock {
  override report(): LockReport {
    return LOCKED;
  }
}

/** Who asks, by the access key that they show. */
export type Caller = 'nobody' | 'stranger' | 'household' | 'owner';

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly by?: Caller;
  readonly over?: Channel;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The interface of a door with a real desk, before a lock that agrees and remembers what it was asked. */
export class StagedDoor {
  readonly clock = new VirtualClock();
  readonly lock = new ShownLock(this.clock);
  readonly events = new DoorEvents('boot');
  readonly desk: Desk;
  readonly door: Door;
  readonly faults: unknown[] = [];
  readonly accessKeys: Readonly<Record<Caller, string | null>>;
  private readonly apps: Readonly<Record<Channel, { fetch(request: Request): Promise<Response> }>>;

  constructor() {
    const { clock, lock, events } = this;
    const common = { lock, clock, residents: [OLGA, CHARLIE], settings: DEFAULT_SETTINGS };
    this.desk = new Desk({ ...common, entropy: new SimulatedEntropy(1) });
    this.door = { ...common, desk: this.desk, events };
    lock.record({ kind: 'providerEnrolled', provider: enrolment(PAWS), personId: OLGA.id });
    this.accessKeys = {
      nobody: null,
      stranger: `latchkey_${'A'.repeat(43)}`,
      household: this.desk.issueAccessKey(OLGA.id, CHARLIE.id).accessKey,
      owner: this.desk.issueAccessKey(OLGA.id, OLGA.id).accessKey,
    };
    lock.requests.length = 0;
    const app = (channel: Channel) =>
      doorApp({
        door: this.door,
        channel,
        description: '{"openapi":"3.1.1"}',
        onFault: (error) => this.faults.push(error),
      });
    this.apps = { door: app('door'), network: app('network') };
  }

  /** Rosa's walk, announced by her firm's token. */
  async announceWalk(): Promise<string> {
    const { visitId } = await this.desk.presentToken(await PAWS.token(WALK));
    this.lock.requests.length = 0;
    return visitId ?? '';
  }

  /** As nobody has made it: over the socket at the door. */
  async fetch(request: Request): Promise<Response> {
    return this.apps.door.fetch(request);
  }

  async ask({ method, path, by = 'nobody', over = 'door', body, text, headers = {} }: Question): Promise<Response> {
    const accessKey = this.accessKeys[by];
    const sent = text ?? (body === undefined ? null : JSON.stringify(body));
    return this.apps[over].fetch(
      new Request(`http://door${path}`, {
        method,
        headers: {
          ...(sent !== null && { 'content-type': 'application/json' }),
          ...(accessKey !== null && { authorization: `Bearer ${accessKey}` }),
          ...headers,
        },
        body: sent,
      }),
    );
  }
}
