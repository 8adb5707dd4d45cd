import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { SerialPort } from 'serialport';
import { BAUD_RATE } from '../board-protocol.js';
import type { DeviceFile, Ended, Machine, RunOptions, RunningProgram, SerialPortEntry, User } from './machine.js';

/** Chosen: what a program may take to end in good order. */
const GRACE_MS = 2_000;

/** Chosen: fits a line of a terminal. */
const COMMAND_LENGTH_MAX = 70;

export const thisMachine: Machine = {
  platform: process.platform,
  nodeVersion: process.versions.node,
  findProgram,
  run,
  deviceFile,
  user,
  serialPorts,
  holders,
  tryOpen,
};

async function findProgram(name: string): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, file);
    if (folder !== '' && (await isProgram(path))) return path;
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  return (await succeeds(access(path, constants.X_OK))) && (await stat(path)).isFile();
}

function run(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // What it says is read by us: not in the user's language.
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let because: Ended['because'] = 'itself';
    const kill = (): void => void child.kill('SIGKILL');
    const timers: NodeJS.Timeout[] = [];
    const end = (reason: Ended['because']): void => {
      because = reason;
      child.kill('SIGINT');
      timers.push(setTimeout(kill, GRACE_MS));
    };
    const abort = (): void => end('aborted');
    const leave = (): void => {
      for (const timer of timers) clearTimeout(timer);
      process.off('exit', kill);
      options.signal?.removeEventListener('abort', abort);
    };
    process.once('exit', kill);
    timers.push(setTimeout(() => end('timeOut'), options.timeoutMs));
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted === true) abort();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => options.onOutput?.(text));
    }
    child.once('error', (error) => {
      leave();
      reject(error);
    });
    child.once('close', (exitCode, signal) => {
      leave();
      resolve({ exitCode, signal, because });
    });
  });
}

async function deviceFile(path: string): Promise<DeviceFile | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return null;
  return {
    isCharacterDevice: facts.isCharacterDevice(),
    mayUse: await succeeds(access(path, constants.R_OK | constants.W_OK)),
    group: (await groupFile()).find(({ id }) => id === facts.gid)?.name ?? null,
    groupMayUse: (facts.mode & 0o060) === 0o060,
  };
}

async function user(): Promise<User> {
  const groups = await groupFile();
  const ids = process.getgroups?.() ?? [];
  const { username } = userInfo();
  return {
    isRoot: process.getuid?.() === 0,
    groups: groups.filter(({ id }) => ids.includes(id)).map(({ name }) => name),
    enrolledIn: groups.filter(({ members }) => members.includes(username)).map(({ name }) => name),
  };
}

/** Empty on a system without. */
async function groupFile(): Promise<{ name: string; id: number; members: string[] }[]> {
  const text = await readFile('/etc/group', 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const [name = '', , id = '', members = ''] = line.split(':');
      return { name, id: Number(id), members: members.split(',') };
    });
}

async function serialPorts(): Promise<SerialPortEntry[]> {
  try {
    const ports = await SerialPort.list();
    // Of the sixteen-odd ttyS of a PC, hardly any is there.
    return ports
      .filter(({ path, vendorId }) => vendorId !== undefined || !/\/ttyS\d+$/.test(path))
      .map(({ path, manufacturer }) => ({ path, name: manufacturer ?? null }));
  } catch {
    // On Linux the list comes from udevadm, which small systems and containers lack.
    return listDeviceFiles();
  }
}

async function listDeviceFiles(): Promise<SerialPortEntry[]> {
  const names = new Map<string, string>();
  const linksFolder = '/dev/serial/by-id';
  for (const link of await namesIn(linksFolder)) {
    const target = await realpath(join(linksFolder, link)).catch(() => null);
    if (target !== null) names.set(target, link);
  }
  return (await namesIn('/dev'))
    .filter((name) => /^tty(USB|ACM)\d+$/.test(name))
    .map((name) => join('/dev', name))
    .map((path) => ({ path, name: names.get(path) ?? null }));
}

async function holders(port: string): Promise<RunningProgram[]> {
  const target = await realpath(port).catch(() => null);
  // Whoever made a pseudo-terminal may hold both of its halves.
  if (target === null || target.startsWith('/dev/pts/')) return [];
  const found: RunningProgram[] = [];
  for (const pid of await namesIn('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const folder = join('/proc', pid, 'fd');
    for (const descriptor of await namesIn(folder)) {
      if ((await readlink(join(folder, descriptor)).catch(() => null)) !== target) continue;
      found.push({ pid: Number(pid), command: await commandOf(pid) });
      break;
    }
  }
  return found;
}

async function commandOf(pid: string): Promise<string> {
  const text = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
  const command = text.split('\0').join(' ').trim();
  return command.length > COMMAND_LENGTH_MAX ? `${command.slice(0, COMMAND_LENGTH_MAX - 1)}…` : command;
}

function tryOpen(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const port = new SerialPort({ path, baudRate: BAUD_RATE, autoOpen: false });
    port.open((error) => {
      if (error === null) port.close(() => resolve(null));
      else resolve(error.message);
    });
  });
}

/** None of a folder that cannot be read. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function succeeds(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}
