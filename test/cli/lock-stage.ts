import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LockSurroundings } from '../../cli/lock-errand.js';
import { DOOR_SOCKET_NAME, OWNER_KEY_NAME } from '../../cli/lock-folder.js';
import { DoorServer } from '../../hal/adapters/http/door-server.js';
import { SOCKET_LIMITS } from '../../hal/adapters/http/limits.js';
import { unpainted } from '../../sim/report/tone.js';
import { StagedDoor } from '../firmware/interface/staged-door.js';

/** A data folder in which a lock runs, and a terminal that keeps what is written. */
export class LockStage {
  readonly states = mkdtempSync(join(tmpdir(), 'latchkey-client-'));
  readonly folder = mkdtempSync(join(this.states, 'lock-'));
  readonly door = new StagedDoor();
  readonly written = { out: '', error: '' };
  readonly around: LockSurroundings = {
    stateFolder: this.states,
    terminal: {
      out: (text) => void (this.written.out += text),
      error: (text) => void (this.written.error += text),
      paint: unpainted,
      showsProgress: false,
      nowMs: () => 0,
    },
  };
  private server: DoorServer | null = null;

  async start(): Promise<void> {
    this.server = await DoorServer.open({
      place: { kind: 'socket', path: join(this.folder, DOOR_SOCKET_NAME) },
      limits: SOCKET_LIMITS,
      handler: (request) => this.door.fetch(request),
      onTrouble: (trouble) => {
        throw new Error(trouble);
      },
    });
    this.file(OWNER_KEY_NAME, `${this.door.accessKeys.owner ?? ''}\n`);
  }

  async stop(): Promise<void> {
    await this.server?.close();
    rmSync(this.states, { recursive: true });
  }

  /** In the data folder, for its owner's eyes only. */
  file(name: string, text: string, mode = 0o600): string {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode });
    return path;
  }

  /** Runs a command and returns its exit code with what it has written. */
  async run(command: (around: LockSurroundings) => Promise<number>) {
    this.written.out = '';
    this.written.error = '';
    const exitCode = await command(this.around);
    return { exitCode, ...this.written };
  }
}
