import type { ImageVersion } from '../adapters/johnny-five/firmata-answers.js';
import type { BoardStatus } from '../board-protocol.js';
import { BAUD_RATE, IMAGE } from '../board-protocol.js';
import type { BoardAnswer } from './board-query.js';
import type { Finding } from './finding.js';
import { bad, good, notChecked } from './finding.js';
import type { Machine, SerialPortEntry } from './machine.js';
import { checkPort, joinGroup, portsToGive } from './port.js';

/** As package.json has it under `engines`. */
const NODE_MIN = [20, 19] as const;

export function checkNode({ nodeVersion }: Machine): Finding {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const [majorMin, minorMin] = NODE_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return good('node', `Node.js is ${nodeVersion}.`);
  return bad('node', {
    kind: 'nodeTooOld',
    what: `Node.js is ${nodeVersion}, and ${majorMin}.${minorMin} is the oldest that will do.`,
    mend: 'Install a newer one, for example from https://nodejs.org.',
  });
}

/** All ports that there are. One in use is no fault: the lock may be running on it. */
export async function checkPorts(machine: Machine): Promise<Finding[]> {
  const ports = await machine.serialPorts();
  if (ports.length === 0) {
    const mend = `${portsToGive(ports)}${await groupHint(machine)}`;
    return [notChecked('port', 'There is no serial port to check.', mend)];
  }
  const findings: Finding[] = [];
  for (const port of ports) {
    const finding = await checkOnePort(machine, port);
    findings.push(finding.kind === 'portBusy' ? notChecked('port', finding.what, finding.mend) : finding);
  }
  return findings;
}

export async function checkOnePort(machine: Machine, { path, name }: SerialPortEntry): Promise<Finding> {
  const problem = await checkPort(machine, path);
  if (problem !== null) return bad('port', problem);
  return good('port', `${path}${name === null ? '' : ` (${name})`} may be used, and nobody is seen to use it.`);
}

/** Without a port nothing tells for sure who may use it. */
async function groupHint(machine: Machine): Promise<string> {
  const { isRoot, groups } = await machine.user();
  if (machine.platform !== 'linux' || isRoot || groups.some((group) => serialGroups.has(group))) return '';
  return ` Then, on Debian: ${await joinGroup(machine, 'dialout')}`;
}

/** Who owns serial ports: on Debian and Fedora, and on Arch. */
const serialGroups: ReadonlySet<string> = new Set(['dialout', 'uucp']);

/** What the answer of the board at `port` means. `boardId` is `null` if the user did not say which board it is. */
export function judgeBoard(
  answer: BoardAnswer,
  { port, boardId }: { readonly port: string; readonly boardId: string | null },
): Finding[] {
  if ('closed' in answer) {
    const kind = answer.closed.includes('busy') ? 'portBusy' : 'noAnswer';
    const what = `The board could not be asked: ${answer.closed}.`;
    return [bad('board', { kind, what, mend: 'When that is mended, run this again.' })];
  }
  const flash = `latchkey flash --board ${boardId ?? 'ID'} --port ${port}`;
  if ('silent' in answer) {
    const how = answer.heardGarbage ? 'answers, but not in Firmata' : 'does not answer';
    const what = `The board at ${port} ${how} at ${BAUD_RATE} baud.`;
    const mend = `If it is the right port, write the image: ${flash}`;
    return [bad('board', { kind: 'noAnswer', what, mend })];
  }
  const fault = imageFault(answer.image);
  if (fault !== null) return [bad('board', { kind: 'imageUnfit', what: fault, mend: `Write the image: ${flash}` })];
  if (answer.status === null) {
    const what = 'The board names its image, and then says no more.';
    return [
      bad('board', { kind: 'noAnswer', what, mend: `See to the cable. If it stays so, write the image: ${flash}` }),
    ];
  }
  const { name, major, minor } = answer.image;
  return [
    good('board', `The board runs ${name} ${major}.${minor}. Its port was opened to ask, which resets most boards.`),
    good('reset', `${resetWords(answer.status)}.`),
    good('counters', `${counterWords(answer.status)}.`),
  ];
}

/** Why the lock should not be run on that image, as a sentence; `null` if it should. */
function imageFault({ name, major, minor }: ImageVersion): string | null {
  const runs = `The board runs ${name} ${major}.${minor}`;
  if (name !== IMAGE.name) {
    return `${runs}, which has no dead-man: if this computer fails during a drive, the motor stays on.`;
  }
  if (major === IMAGE.major && minor >= IMAGE.minor) return null;
  return `${runs}, and ${IMAGE.major}.${IMAGE.minor} is needed.`;
}

const resetCauses = ['power-on', 'the reset line', 'low supply voltage', 'its watchdog'] as const;

function resetWords({ resetCause, uptimeS, malformedMessages }: BoardStatus): string {
  const causes = resetCauses.filter((_, bit) => (resetCause & (1 << bit)) !== 0);
  const cause = causes.length === 0 ? 'a cause that the bootloader keeps to itself' : causes.join(' and ');
  return `Last reset ${uptimeS} s ago, by ${cause}; since then ${malformedMessages} malformed messages`;
}

function counterWords(status: BoardStatus): string {
  const { drives, deadManTrips, driveLimitTrips, overCurrentTrips, bothDirectionsTrips, watchdogResets } = status;
  const trips = [
    `${deadManTrips} by the dead-man`,
    `${driveLimitTrips} by the drive limit`,
    `${overCurrentTrips} by over-current`,
    `${bothDirectionsTrips} by both directions at once`,
  ];
  return `In its life: ${drives} drives; trips: ${trips.join(', ')}; ${watchdogResets} resets by the watchdog`;
}
