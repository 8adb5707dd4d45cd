import type { DeviceFile, Machine, SerialPortEntry } from './machine.js';
import type { Problem } from './problem.js';

/** How many of the programs at a port are named (chosen). */
const HOLDERS_MAX = 3;

/**
 * Whether a serial port is there, is a port, may be used by this user and is free, as far as can be told without
 * opening it. `null` if nothing is wrong.
 */
export async function checkPort(machine: Machine, port: string): Promise<Problem | null> {
  // Windows has no device files; there the list of ports must do.
  if (machine.platform === 'win32') {
    const ports = await machine.serialPorts();
    return ports.some(({ path }) => path === port) ? null : missing(port, ports);
  }
  const file = await machine.deviceFile(port);
  if (file === null) return missing(port, await machine.serialPorts());
  if (!file.isCharacterDevice) {
    return {
      kind: 'portNotSerial',
      what: `${port} is no serial port.`,
      mend: portsToGive(await machine.serialPorts()),
    };
  }
  if (!file.mayUse) return forbidden(machine, port, file);
  const holders = await machine.holders(port);
  if (holders.length === 0) return null;
  const names = holders.slice(0, HOLDERS_MAX).map(({ pid, command }) => `${command} (process ${pid})`);
  const others = holders.length > names.length ? `, and ${holders.length - names.length} more` : '';
  return busy(port, `in use by ${names.join(', ')}${others}`);
}

/** As `checkPort`, and opens the port. That resets most boards: only where the board is about to be reset anyway. */
export async function checkPortByOpening(machine: Machine, port: string): Promise<Problem | null> {
  const problem = await checkPort(machine, port);
  if (problem !== null) return problem;
  const reason = await machine.tryOpen(port);
  return reason === null ? null : cannotOpen(machine, port, reason);
}

/** `reason` is the operating system's, in its own words. */
export async function cannotOpen(machine: Machine, port: string, reason: string): Promise<Problem> {
  // Windows denies access where others say that the port is busy.
  if (/lock port|busy|access(?: is)? denied/i.test(reason)) return busy(port, 'in use by another program');
  if (/permission denied/i.test(reason)) {
    const file = await machine.deviceFile(port);
    if (file !== null) return forbidden(machine, port, file);
  }
  if (/no such file|cannot find|file not found/i.test(reason)) return missing(port, await machine.serialPorts());
  return {
    kind: 'portNotSerial',
    what: `${port} cannot be opened as a serial port: ${reason}.`,
    mend: `Unplug the board and plug it in again. ${portsToGive(await machine.serialPorts())}`,
  };
}

function busy(port: string, how: string): Problem {
  return {
    kind: 'portBusy',
    what: `${port} is ${how}.`,
    mend: 'Close it first: a serial monitor, an IDE or a running `latchkey rig` keeps the port to itself.',
  };
}

function missing(port: string, ports: readonly SerialPortEntry[]): Problem {
  return { kind: 'portMissing', what: `There is no ${port}.`, mend: portsToGive(ports) };
}

/** What to give with `--port`. */
export function portsToGive(ports: readonly SerialPortEntry[]): string {
  const names = ports.map(({ path, name }) => (name === null ? path : `${path} (${name})`));
  const [first] = ports;
  if (first === undefined) {
    return 'No board is to be seen: plug it in, with a USB cable that carries data and not only power.';
  }
  if (names.length > 1) return `There are ${names.join(', ')}: give one with --port.`;
  return `There is ${names.join('')}: give it with --port ${first.path}.`;
}

async function forbidden(machine: Machine, port: string, file: DeviceFile): Promise<Problem> {
  const { group, groupMayUse } = file;
  const kind = 'portForbidden';
  if (group === null || group === 'root' || !groupMayUse) {
    return {
      kind,
      what: `You may not use ${port}: only root may${group === null ? ', and a group without a name' : ''}.`,
      mend: `That is unusual for a serial port. See \`ls -l ${port}\`, and ask who looks after this computer.`,
    };
  }
  return {
    kind,
    what: `You may not use ${port}: it belongs to the group ${group}.`,
    mend: await joinGroup(machine, group),
  };
}

/** How to get into a group that owns serial ports. */
export async function joinGroup(machine: Machine, group: string): Promise<string> {
  const { enrolledIn } = await machine.user();
  const login = 'log out and in again';
  if (enrolledIn.includes(group)) return `You have been put into ${group} since you logged in: ${login}.`;
  return `Run \`sudo usermod -aG ${group} $USER\`, then ${login}.`;
}
