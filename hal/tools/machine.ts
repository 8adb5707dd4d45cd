/** What the tools need of the computer they run on. Everything that reaches outside the process goes through here. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** As `process.versions.node`: `20.19.0`. */
  readonly nodeVersion: string;
  /** The full path of a program on PATH, or `null`. */
  findProgram(name: string): Promise<string | null>;
  /** Runs a program, without a shell, to its end. Rejects only if it cannot be started. */
  run(program: string, args: readonly string[], options: RunOptions): Promise<Ended>;
  /** `null` if there is no such file. */
  deviceFile(path: string): Promise<DeviceFile | null>;
  user(): Promise<User>;
  /** The serial ports a board may be at. */
  serialPorts(): Promise<SerialPortEntry[]>;
  /** The other programs that have the port open, as far as this user may know; none for the half of a pseudo-terminal. */
  holders(port: string): Promise<RunningProgram[]>;
  /** Opens the port alone and closes it, which resets most boards. Why that failed, or `null`. */
  tryOpen(port: string): Promise<string | null>;
}

export interface RunOptions {
  /** Standard output and standard error, as they come. */
  readonly onOutput?: (text: string) => void;
  /** After this the program is ended. */
  readonly timeoutMs: number;
  /** Ends the program too. */
  readonly signal?: AbortSignal;
}

export interface Ended {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly because: 'itself' | 'timeOut' | 'aborted';
}

export interface DeviceFile {
  readonly isCharacterDevice: boolean;
  /** Whether this user, in this session, may read and write it. */
  readonly mayUse: boolean;
  /** The group that owns it; `null` if nobody knows its name. */
  readonly group: string | null;
  readonly groupMayUse: boolean;
}

export interface User {
  readonly isRoot: boolean;
  /** The groups of this session. */
  readonly groups: readonly string[];
  /** The groups of the next login. */
  readonly enrolledIn: readonly string[];
}

export interface SerialPortEntry {
  readonly path: string;
  /** What the port says of itself, for example its maker. */
  readonly name: string | null;
}

export interface RunningProgram {
  readonly pid: number;
  readonly command: string;
}
