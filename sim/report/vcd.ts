import type { AlarmName } from '../../hal/contracts/report.js';
import { alarmNames } from './alarm-texts.js';
import type { RunTitle } from './jsonl.js';
import type { TraceEvent } from './trace.js';

/** A wire is one bit; text is GTKWave's extension for named states. */
type SignalType = 'wire' | 'real' | 'text';
type Value = boolean | number | string;

interface Signal {
  readonly scope: string;
  readonly name: string;
  readonly type: SignalType;
  /** The identifier code in the file. */
  readonly code: string;
}

const signalTypes = {
  'lock.motor': 'text',
  'lock.motor_extend': 'wire',
  'lock.motor_retract': 'wire',
  'lock.motor_stalled': 'wire',
  'lock.current_ma': 'real',
  'lock.bolt_travel_um': 'real',
  'lock.bolt': 'text',
  'lock.bolt_extended': 'wire',
  'lock.bolt_retracted': 'wire',
  'lock.position': 'text',
  'lock.activity': 'text',
  'lock.last_result': 'text',
  'lock.mode': 'text',
  'lock.power': 'wire',
  'lock.running': 'wire',
  'lock.board_link': 'wire',
  'lock.light_jam': 'wire',
  'lock.light_fault': 'wire',
  'door.closed': 'wire',
  'door.hand': 'text',
  'camera.powered': 'wire',
  'camera.fresh': 'wire',
  'camera.light_recording': 'wire',
  'story.deed': 'text',
  'story.request': 'text',
  'story.fault': 'text',
  'story.journal': 'text',
  'story.notice': 'text',
  'story.network': 'wire',
} as const satisfies Record<string, SignalType>;

type SignalPath = keyof typeof signalTypes | `alarm.${AlarmName}`;

const signals = new Map<string, Signal>(
  [...Object.entries(signalTypes), ...alarmNames.map((alarm): [string, SignalType] => [`alarm.${alarm}`, 'wire'])].map(
    ([path, type], index) => {
      const [scope = '', name = ''] = path.split('.');
      return [path, { scope, name, type, code: `v${index}` }];
    },
  ),
);

/** Called with each signal that an event may have changed. */
type Change = (path: SignalPath, value: Value) => void;

/**
 * A value change dump (IEEE 1364) for GTKWave, in microseconds of virtual time. What was not yet observed is `x`, or a
 * text of `-`.
 */
export function vcdReport(title: RunTitle, events: readonly TraceEvent[]): string {
  const lines = header(title);
  const shown = new Map<SignalPath, Value>();
  let shownUs = 0;
  for (const event of events) {
    const atUs = Math.round(event.atMs * 1000);
    const changed: string[] = [];
    applyEvent(event, (path, value) => {
      if (shown.get(path) === value) return;
      shown.set(path, value);
      changed.push(valueLine(path, value));
    });
    const isEnd = event.kind === 'finish';
    if (atUs > shownUs && (changed.length > 0 || isEnd)) {
      lines.push(`#${atUs}`);
      shownUs = atUs;
    }
    lines.push(...changed);
  }
  return `${lines.join('\n')}\n`;
}

function header(title: RunTitle): string[] {
  const point = title.sweepPoint === null ? '' : `, ${title.sweepPoint}`;
  const lines = [
    `$comment ${printable(title.story)} (${printable(title.file)}, seed ${title.seed}${printable(point)}) $end`,
    '$version Latchkey $end',
    '$timescale 1 us $end',
  ];
  for (const [scope, members] of byScope()) {
    lines.push(`$scope module ${scope} $end`, ...members.map(declaration), '$upscope $end');
  }
  lines.push('$enddefinitions $end', '#0', '$dumpvars');
  for (const signal of signals.values()) lines.push(unknownLine(signal));
  lines.push('$end');
  return lines;
}

function byScope(): Map<string, Signal[]> {
  const scopes = new Map<string, Signal[]>();
  for (const signal of signals.values()) {
    const members = scopes.get(signal.scope);
    if (members === undefined) scopes.set(signal.scope, [signal]);
    else members.push(signal);
  }
  return scopes;
}

function declaration({ type, code, name }: Signal): string {
  switch (type) {
    case 'wire':
      return `$var wire 1 ${code} ${name} $end`;
    case 'real':
      return `$var real 64 ${code} ${name} $end`;
    case 'text':
      return `$var string 1 ${code} ${name} $end`;
  }
}

function unknownLine({ type, code }: Signal): string {
  switch (type) {
    case 'wire':
      return `x${code}`;
    case 'real':
      return `r0 ${code}`;
    case 'text':
      return `s- ${code}`;
  }
}

function valueLine(path: SignalPath, value: Value): string {
  const code = signals.get(path)?.code ?? '';
  switch (typeof value) {
    case 'boolean':
      return `${value ? '1' : '0'}${code}`;
    case 'number':
      return `r${value} ${code}`;
    default:
      return `s${word(value)} ${code}`;
  }
}

function applyEvent(event: TraceEvent, change: Change): void {
  switch (event.kind) {
    case 'motor':
      change('lock.motor', event.drive);
      change('lock.motor_extend', event.drive === 'extend' || event.drive === 'both');
      return change('lock.motor_retract', event.drive === 'retract' || event.drive === 'both');
    case 'motorCurrent':
      return change('lock.current_ma', event.currentMa);
    case 'motorStalled':
      return change('lock.motor_stalled', event.stalled);
    case 'bolt':
      change('lock.bolt_travel_um', event.travelUm);
      change('lock.bolt', event.place);
      change('lock.bolt_extended', event.place === 'extended');
      return change('lock.bolt_retracted', event.place === 'retracted');
    case 'report':
      change('lock.position', event.report.position);
      change('lock.activity', event.report.activity);
      change('lock.last_result', event.report.lastResult);
      return change('lock.mode', event.report.mode);
    case 'indicator':
      if (event.name === 'recording') return change('camera.light_recording', event.lit);
      return change(`lock.light_${event.name}`, event.lit);
    case 'alarm':
      return change(`alarm.${event.alarm}`, event.raised);
    case 'cameraPower':
      return change('camera.powered', event.on);
    case 'cameraFresh':
      return change('camera.fresh', event.fresh);
    default:
      return applyStoryEvent(event, change);
  }
}

function applyStoryEvent(event: TraceEvent, change: Change): void {
  switch (event.kind) {
    case 'door':
      return change('door.closed', event.closed);
    case 'hand':
      return change('door.hand', event.turns);
    case 'lockPower':
      return change('lock.power', event.on);
    case 'host':
      return change('lock.running', event.running);
    case 'boardLink':
      return change('lock.board_link', event.up);
    case 'network':
      return change('story.network', event.up);
    case 'fault':
      return change('story.fault', `${event.component} ${event.fault}${event.present ? '' : ' over'}`);
    case 'deed':
      return change('story.deed', event.words);
    case 'request':
      return change('story.request', event.request.kind);
    case 'record':
      return change('story.journal', event.record.event.kind);
    case 'notice':
      return change('story.notice', `${event.notice.to} ${event.notice.kind}`);
    default:
  }
}

/** Texts end at a blank, and GTKWave reads ASCII. */
function word(text: string): string {
  return text === '' ? '-' : printable(text).replaceAll(/[ \\]/g, '_');
}

function printable(text: string): string {
  return text.replaceAll(/[^ -#%-~]/g, '?');
}
