import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Desk } from '../../firmware/desk.js';
import { type Channel, doorApp } from '../../firmware/interface/app.js';
import { DoorEvents } from '../../firmware/interface/door-events.js';
import type { Resident } from '../../firmware/requests.js';
import type { Settings } from '../../firmware/settings.js';
import type { Signal } from '../../firmware/signals.js';
import type { DataFolder } from '../../hal/adapters/files/data-folder.js';
import type { DoorServer, DoorServerOptions } from '../../hal/adapters/http/door-server.js';
import type { FetchHandler } from '../../hal/adapters/http/fetch-handler.js';
import type { Place } from '../../hal/adapters/http/front-messages.js';
import { LIMITS, SOCKET_LIMITS } from '../../hal/adapters/http/limits.js';
import type { Clock } from '../../hal/contracts/clock.js';
import { DOOR_SOCKET_NAME } from '../lock-folder.js';
import { shippedDescriptionFile } from '../shipped-description.js';
import { giveOwnerKey } from './owner-key.js';

/** A lock as its interface finds it. */
export interface Doorway {
  /** Who answers there now, or `null` while the lock has no power, or that way is cut. */
  desk(channel: Channel): Desk | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly residents: readonly Resident[];
  readonly settings: Settings;
}

export interface DoorInterfaceOptions {
  readonly folder: DataFolder;
  /** Where else than at the socket in the folder. */
  readonly places: readonly Place[];
  /** One clause for a person. */
  readonly onTrouble: (trouble: string) => void;
}

/** What is served at one place. */
export type Served = Pick<DoorServer, 'port' | 'close'>;

export type ServeDoor = (options: DoorServerOptions) => Promise<Served>;

/** The local interface of a running lock, at every place where the owner wants it. */
export class DoorInterface {
  /** To be told what happens at the door. */
  readonly events = new DoorEvents(randomBytes(8).toString('hex'));
  readonly socketPath: string;
  private readonly options: DoorInterfaceOptions;
  private readonly description = readFileSync(shippedDescriptionFile, 'utf8');
  private readonly served: Served[] = [];
  private doorway: Doorway | null = null;

  constructor(options: DoorInterfaceOptions) {
    this.options = options;
    this.socketPath = options.folder.file(DOOR_SOCKET_NAME);
  }

  /** Opens at every place; nobody answers there yet. Throws `ServerError`. */
  async open(serve: ServeDoor): Promise<void> {
    const { places, onTrouble } = this.options;
    for (const place of [{ kind: 'socket', path: this.socketPath } as const, ...places]) {
      const isAtDoor = place.kind === 'socket';
      const handler = this.handler(isAtDoor ? 'door' : 'network');
      const limits = isAtDoor ? SOCKET_LIMITS : LIMITS;
      this.served.push(await serve({ place, limits, handler, onTrouble }));
    }
  }

  /** From now on this lock answers. Its owner gets a key at the first time. */
  async attach(doorway: Doorway): Promise<void> {
    const { folder, onTrouble } = this.options;
    const desk = doorway.desk('door');
    if (desk !== null) await giveOwnerKey(desk, doorway.residents, folder, onTrouble);
    this.doorway = doorway;
  }

  /** Where the first TLS server listens; `null` without one. */
  get port(): number | null {
    return this.served.find(({ port }) => port !== null)?.port ?? null;
  }

  async close(): Promise<void> {
    await Promise.all(this.served.map((server) => server.close()));
  }

  /** A lock that boots again has another desk, and its interface begins anew with it. */
  private handler(channel: Channel): FetchHandler {
    let served: { readonly desk: Desk; readonly answer: FetchHandler } | null = null;
    return (request) => {
      const { doorway } = this;
      const desk = doorway?.desk(channel) ?? null;
      if (doorway === null || desk === null)
        return new Response(null, { status: 503, headers: { 'retry-after': '1' } });
      if (served?.desk !== desk) served = { desk, answer: this.appOf(desk, doorway, channel) };
      return served.answer(request);
    };
  }

  private appOf(desk: Desk, doorway: Doorway, channel: Channel): FetchHandler {
    const { description } = this;
    const { clock, residents, settings } = doorway;
    const door = { desk, lock: desk.lock, events: this.events, clock, residents, settings };
    const onFault = (error: unknown): void => this.options.onTrouble(`the interface has a fault: ${String(error)}`);
    const app = doorApp({ door, channel, description, onFault });
    return (request) => app.fetch(request);
  }
}

/** Tells whoever follows the door what the lock puts out. Notices are told as they are queued, network or not. */
export function tellEvents(events: DoorEvents, signal: Signal): void {
  if (!('out' in signal)) return;
  switch (signal.out) {
    case 'report':
      events.report(signal.report);
      return;
    case 'alarm':
      events.alarm(signal.alarm, signal.raised);
      return;
    case 'record':
      if (signal.record.event.kind === 'noticeQueued') events.notice(signal.record.event.notice);
      return;
    default:
  }
}
