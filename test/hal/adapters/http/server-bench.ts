import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchHandler } from '../../../../hal/adapters/http/fetch-handler.js';
import { DoorServer } from '../../../../hal/adapters/http/door-server.js';
import type { Place } from '../../../../hal/adapters/http/front-messages.js';
import type { Limits } from '../../../../hal/adapters/http/limits.js';
import { SOCKET_LIMITS } from '../../../../hal/adapters/http/limits.js';

const unlimited = { perS: 1e6, burst: 1e6 };

/** Servers in a folder of their own; unless it is said, nobody asks too often. */
export class ServerBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-http-'));
  readonly path = join(this.folder, 'door.sock');
  readonly troubles: string[] = [];
  private readonly servers: DoorServer[] = [];

  async serve(
    handler: FetchHandler,
    changed: Partial<Limits> = {},
    place: Place = { kind: 'socket', path: this.path },
  ): Promise<DoorServer> {
    const server = await DoorServer.open({
      place,
      limits: { ...SOCKET_LIMITS, perPeer: unlimited, overall: unlimited, ...changed },
      handler,
      onTrouble: (trouble) => this.troubles.push(trouble),
    });
    this.servers.push(server);
    return server;
  }

  async clear(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
    rmSync(this.folder, { recursive: true });
  }
}
