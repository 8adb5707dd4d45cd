import type { IndicatorName } from '../../hal/contracts/indicators.js';
import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, Position } from '../../hal/contracts/report.js';
import type { Outcome, RefusalReason } from '../../firmware/journal/records.js';
import type { BoltPlace, Drive } from '../observation.js';
import type { Happening, State } from './conditions.js';
import { inWords } from './words.js';

/** How things stand at the door, as a story can ask about them. It begins as every world does. */
export class Scene {
  place: BoltPlace = 'extended';
  doorClosed = true;
  drive: Drive = 'off';
  cameraPowered = false;
  /** `null`: nothing was reported yet. */
  position: Position | null = null;
  /** How often a driven bolt stuck short of where it was driven to. */
  jams = 0;
  /** Spent ones, of all visits. */
  entries = 0;
  readonly lit = new Set<IndicatorName>();
  readonly raised = new Set<AlarmName>();
  readonly refusals: RefusalReason[] = [];
  readonly outcomes: Outcome[] = [];
  readonly told: Notice[] = [];
}

/** Whether it is so, in the scene as it stands. */
export function isSo(scene: Scene, state: State): boolean {
  switch (state.kind) {
    case 'bolt':
      return scene.place === state.place;
    case 'door':
      return scene.doorClosed === state.closed;
    case 'motor':
      return scene.drive === state.drive;
    case 'camera':
      return scene.cameraPowered === state.powered;
    case 'light':
      return scene.lit.has(state.light) === state.lit;
    case 'reported':
      return scene.position === state.position;
    case 'alarm':
      return (state.alarm === 'any' ? scene.raised.size > 0 : scene.raised.has(state.alarm)) === state.raised;
    case 'count':
      return (state.what === 'jams' ? scene.jams : scene.entries) === state.count;
  }
}

const driveWords: Readonly<Record<Drive, string>> = {
  extend: 'extending',
  retract: 'retracting',
  off: 'off',
  both: 'driven both ways',
};

/** How it is instead of what was expected, for a person. */
export function describeThing(scene: Scene, thing: State | Happening): string {
  switch (thing.kind) {
    case 'bolt':
      return `the bolt is ${scene.place}`;
    case 'door':
      return `the door is ${scene.doorClosed ? 'closed' : 'open'}`;
    case 'motor':
      return `the motor is ${driveWords[scene.drive]}`;
    case 'camera':
      return `the camera is ${scene.cameraPowered ? 'on' : 'off'}`;
    case 'light':
      return `the ${thing.light} light is ${scene.lit.has(thing.light) ? 'on' : 'off'}`;
    case 'reported':
      return scene.position === null ? 'nothing was reported' : `the lock reported ${inWords(scene.position)}`;
    case 'alarm':
      return `alarms raised: ${list([...scene.raised])}`;
    case 'count':
      return thing.what === 'jams' ? `jams: ${scene.jams}` : `entries: ${scene.entries}`;
    case 'notice': {
      const notices = scene.told
        .filter(({ to }) => to === thing.to)
        .map(({ kind, detail }) => `${kind} ${detail}`.trim());
      return `${recipientText(thing.to)} was told: ${list(notices)}`;
    }
    case 'refused':
      return `refused: ${list(scene.refusals)}`;
    case 'outcome':
      return `outcomes: ${list(scene.outcomes)}`;
    case 'recorded':
    case 'numbering':
      return 'there was none';
  }
}

function recipientText(to: Notice['to']): string {
  return to === 'owner' || to === 'worker' ? `the ${to}` : to.slice('provider:'.length);
}

/** Chosen: what a person takes in. */
const listedMax = 6;

function list(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const latest = names.slice(-listedMax).map(inWords).join(', ');
  return names.length > listedMax ? `… ${latest}` : latest;
}
