import type {
  DeviceFile,
  Ended,
  Machine,
  RunningProgram,
  RunOptions,
  SerialPortEntry,
  User,
} from '../../../hal/tools/machine.js';
import { thisMachine } from '../../../hal/tools/this-machine.js';

export const PORT = '/dev/ttyUSB0';

const freePort: DeviceFile = { isCharacterDevice: true, mayUse: true, group: 'dialout', groupMayUse: true };

/** A Debian machine with a board that nobody uses. Programs are really run; the rest is made up. */
export class FakeMachine implements Machine {
  platform: NodeJS.Platform = 'linux';
  nodeVersion = '20.20.2';
  avrdude: string | null = null;
  devices: Record<string, DeviceFile> = { [PORT]: freePort };
  people: User = { isRoot: false, groups: ['sam', 'dialout'], enrolledIn: ['dialout'] };
  ports: SerialPortEntry[] = [{ path: PORT, name: null }];
  holding: RunningProgram[] = [];
  openingError: string | null = null;
  readonly opened: string[] = [];

  run(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
    return thisMachine.run(program, args, options);
  }

  async findProgram(): Promise<string | null> {
    return Promise.resolve(this.avrdude);
  }

  async deviceFile(path: string): Promise<DeviceFile | null> {
    return Promise.resolve(this.devices[path] ?? null);
  }

  async user(): Promise<User> {
    return Promise.resolve(this.people);
  }

  async serialPorts(): Promise<SerialPortEntry[]> {
    return Promise.resolve(this.ports);
  }

  async holders(): Promise<RunningProgram[]> {
    return Promise.resolve(this.holding);
  }

  async tryOpen(port: string): Promise<string | null> {
    this.opened.push(port);
    return Promise.resolve(this.openingError);
  }

  /** The port, with what is different about it. */
  setPort(change: Partial<DeviceFile>): void {
    this.devices = { [PORT]: { ...freePort, ...change } };
  }
}
