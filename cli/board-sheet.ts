import type { PinRole, PinSetting } from '../hal/board-pins.js';
import { fittedRoles, pinRoles } from '../hal/board-pins.js';
import type { Board, Boards, Host, IoBoard, WiredBoard } from '../hal/boards.js';
import { INDICATOR_CODES, INDICATOR_NOTES } from '../hal/indicator-codes.js';
import { partsList } from '../hal/wiring/parts-list.js';
import { textTable } from './text-table.js';

/** What `latchkey boards` prints, as text. */

const directions = {
  digitalOutput: 'output',
  digitalInput: 'input',
  analogInput: 'analog input',
} as const;

export function boardList({ boards }: Boards): string {
  const rows = boards.map((board) => [
    board.id,
    board.kind === 'host' ? 'host' : 'I/O board',
    board.name,
    board.kind === 'host'
      ? `drives ${board.drives.join(', ')} over USB; own GPIO not yet supported`
      : `adapter ${board.adapter}`,
  ]);
  return `${textTable(['id', 'kind', 'name', 'use'], rows)}\n`;
}

export function boardSheet(board: Board, { boards }: Boards): string {
  return `${(board.kind === 'host' ? hostParts(board, boards) : ioBoardParts(board)).join('\n\n')}\n`;
}

function hostParts(host: Host, boards: readonly Board[]): string[] {
  const driven = boards.filter((board) => board.kind === 'ioBoard' && board.adapter === 'johnny-five');
  const cables = driven
    .filter(({ id }) => host.drives.includes(id))
    .map(({ id, name, usbConnector }) => [id, name, `from ${host.usbPort} to ${usbConnector}`]);
  return [
    `${host.name} (${host.id}): host`,
    "It runs the lock's firmware and drives an I/O board over USB.\nIts own GPIO is not yet supported: nothing is wired to its pins.",
    textTable(['board', 'name', 'USB cable'], cables),
    ...section(
      'Wiring',
      host.drives.map((id) => `latchkey boards ${id}`),
    ),
    ...section('Notes', host.notes ?? []),
  ];
}

function ioBoardParts(board: IoBoard): string[] {
  const isWired = board.adapter === 'johnny-five';
  return [
    `${board.name} (${board.id}): I/O board, adapter ${board.adapter}${isWired ? `, ${board.usbConnector}` : ''}`,
    ...(isWired ? wiredParts(board) : ['No pins and no wiring: door, bolt and camera are simulated.']),
    ...section('Notes', board.notes ?? []),
    `Drive\n${valueTable(board.drive)}`,
    `Timings\n${valueTable({ ...board.timings, ...(isWired && debouncing(board)) })}`,
    ...Object.entries(board.sources).flatMap(([group, sources]) => section(`Sources: ${group}`, sources)),
  ];
}

function wiredParts(board: WiredBoard): string[] {
  const parts = partsList(board).map(({ count, part }) => [`${count} ×`, part]);
  const bootloaders = board.bootloaders.map(({ id, name, baudRate, note }) => [
    id,
    `${baudRate} baud`,
    note === undefined ? name : `${name}. ${note}`,
  ]);
  return [
    wiring(board),
    `As a picture: latchkey boards ${board.id} --wiring ${board.id}.svg`,
    `Parts\n${textTable(undefined, parts)}`,
    `Lamps\n${lampTable(board)}`,
    ...section('What lamps cannot say', INDICATOR_NOTES),
    `Bootloaders\n${textTable(['id', 'speed', 'name'], bootloaders)}`,
  ];
}

function lampTable({ pins }: WiredBoard): string {
  const rows = Object.values(INDICATOR_CODES).map(({ role, lit, alarms }) => [
    role,
    pins[role].led?.colour ?? "the board's own",
    alarms.length < 2 ? lit : `${lit}: ${alarms.join(', ')}`,
  ]);
  return textTable(['lamp', 'LED', 'lit while'], rows);
}

function debouncing({ pins }: WiredBoard): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { role, setting } of fittedRoles(pins)) {
    if ('debounceMs' in setting) times[`${role} debounceMs`] = setting.debounceMs;
  }
  return times;
}

function wiring({ microcontroller, pins, pullResistorOhm }: WiredBoard): string {
  const head = ['pin', 'role', 'direction', 'polarity', 'pull', 'connects to'];
  const rows = fittedRoles(pins).map(({ role, setting }) => [
    String(setting.pin),
    role,
    directions[pinRoles[role].signal],
    meaning(role, setting),
    pull(setting, pullResistorOhm),
    setting.connectsTo,
  ]);
  return `Wiring of the ${microcontroller.chip}\n${textTable(head, rows)}`;
}

/** What a level at the pin says: of a digital pin its active one, of an analog pin the scale. */
function meaning(role: PinRole, setting: PinSetting): string {
  if ('scaleMvPerA' in setting) return `${setting.scaleMvPerA} mV per A`;
  if ('dividerRatio' in setting) return `1 mV per ${setting.dividerRatio} mV`;
  return `${setting.polarity === 'activeHigh' ? 'HIGH' : 'LOW'} = ${pinRoles[role].active}`;
}

function pull(setting: PinSetting, pullResistorOhm: number): string {
  if (!('pull' in setting)) return '';
  if (setting.pull === 'internalUp') return 'internal up';
  return `${pullResistorOhm / 1000} kΩ to ${setting.pull === 'externalUp' ? '5 V' : 'GND'}`;
}

/** The keys carry their units. */
function valueTable(values: Readonly<Record<string, string | number>>): string {
  return textTable(
    undefined,
    Object.entries(values).map(([key, value]) => [`  ${key}`, String(value)]),
  );
}

/** A heading with points below it, or nothing without points. */
function section(heading: string, points: readonly string[]): string[] {
  const rows = points.map((point) => ['-', point]);
  return rows.length === 0 ? [] : [`${heading}\n${textTable(undefined, rows)}`];
}
