import { assign, createActor, sendParent, sendTo, setup } from 'xstate';
import {
  BACK_OFF_MS,
  DEFAULT_SETTINGS,
  DOOR_SETTLING_MS,
  DRIVE_LIMIT_MS,
  PURPOSE_RULES,
  RECORDING_WAIT_MS,
} from '../firmware/settings.js';
import { CONFIRMATION_FRESH_MS, FRAME_FRESH_MS } from '../firmware/sense/camera-sense.js';
import { PeerClock } from './peer-clock.js';
import { PeerDoor } from './peer-door.js';
import type { Site, VisitResult } from './visit.js';

type PictureEvent =
  { readonly type: 'frame'; readonly sequence: number; readonly digest: number } | { readonly type: 'switchedOff' };

/** Live while every frame is another than the one before and none is late. The lock is told of changes only. */
const pictureMachine = setup({
  types: {
    context: {} as { readonly sequence: number; readonly digest: number },
    events: {} as PictureEvent,
  },
  actions: {
    keep: assign(({ event }) => (event.type === 'frame' ? { sequence: event.sequence, digest: event.digest } : {})),
    forget: assign({ sequence: 0, digest: 0 }),
    tellLive: sendParent({ type: 'pictureLive' }),
    tellLost: sendParent({ type: 'pictureLost' }),
  },
  guards: {
    isNew: ({ context, event }) =>
      event.type === 'frame' && event.sequence > context.sequence && event.digest !== context.digest,
  },
  delays: { tooOld: FRAME_FRESH_MS },
}).createMachine({
  id: 'picture',
  context: { sequence: 0, digest: 0 },
  initial: 'lost',
  states: {
    lost: {
      on: {
        frame: { guard: 'isNew', target: 'live', actions: ['keep', 'tellLive'] },
        switchedOff: { actions: 'forget' },
      },
    },
    live: {
      on: {
        frame: { guard: 'isNew', target: 'live', reenter: true, actions: 'keep' },
        switchedOff: { target: 'lost', actions: ['forget', 'tellLost'] },
      },
      after: { tooOld: { target: 'lost', actions: 'tellLost' } },
    },
  },
});

/** Confirmed while the recorder confirms often enough. */
const recordingMachine = setup({
  types: { events: {} as { readonly type: 'confirmed' } | { readonly type: 'stopped' } },
  actions: {
    tellConfirmed: sendParent({ type: 'recordingConfirmed' }),
    tellLost: sendParent({ type: 'recordingLost' }),
  },
  delays: { tooOld: CONFIRMATION_FRESH_MS },
}).createMachine({
  id: 'recording',
  initial: 'unconfirmed',
  states: {
    unconfirmed: { on: { confirmed: { target: 'confirmed', actions: 'tellConfirmed' } } },
    confirmed: {
      on: {
        confirmed: { target: 'confirmed', reenter: true },
        stopped: { target: 'unconfirmed', actions: 'tellLost' },
      },
      after: { tooOld: { target: 'unconfirmed', actions: 'tellLost' } },
    },
  },
});

/** Above this the motor stands still; so many readings in a row are believed. */
const STALL_MA = 340;
const PERSISTENCE = 3;

const motorMachine = setup({
  types: {
    context: {} as { readonly stallingSamples: number },
    events: {} as { readonly type: 'draws'; readonly currentMa: number },
  },
  actions: {
    count: assign({ stallingSamples: ({ context }) => context.stallingSamples + 1 }),
    forget: assign({ stallingSamples: 0 }),
    tellStalled: sendParent({ type: 'motorStalled' }),
  },
  guards: {
    isStalling: ({ event }) => event.currentMa > STALL_MA,
    stallsForLong: ({ context, event }) => event.currentMa > STALL_MA && context.stallingSamples === PERSISTENCE - 1,
    runsAgain: ({ context }) => context.stallingSamples > 0,
  },
}).createMachine({
  id: 'motor',
  context: { stallingSamples: 0 },
  on: {
    draws: [
      { guard: 'stallsForLong', actions: ['forget', 'tellStalled'] },
      { guard: 'isStalling', actions: 'count' },
      { guard: 'runsAgain', actions: 'forget' },
    ],
  },
});

interface LockContext {
  readonly door: PeerDoor<unknown>;
  readonly visitId: string;
  readonly live: boolean;
  readonly confirmed: boolean;
  readonly completed: number;
}

type LockEvent =
  | { readonly type: 'arrive' | 'ring' | 'enter' | 'depart'; readonly visitId: string }
  | {
      readonly type:
        | 'boltExtended'
        | 'boltRetracted'
        | 'doorOpened'
        | 'doorClosed'
        | 'motorStalled'
        | 'pictureLive'
        | 'pictureLost'
        | 'recordingConfirmed'
        | 'recordingLost';
    };

/** The visit from arrival to departure; a jam, a lost camera and a visitor who never comes all end it locked. */
const lockMachine = setup({
  types: { context: {} as LockContext, events: {} as LockEvent, input: {} as PeerDoor<unknown> },
  actors: { picture: pictureMachine, recording: recordingMachine, motor: motorMachine },
  actions: {
    begin: assign({ visitId: ({ event }) => ('visitId' in event ? event.visitId : '') }),
    complete: assign({ completed: ({ context }) => context.completed + 1 }),
    powerCamera: ({ context }) => context.door.powerCamera(true),
    cutCamera: ({ context }) => context.door.powerCamera(false),
    tellPicture: sendTo('picture', { type: 'switchedOff' }),
    tellRecording: sendTo('recording', { type: 'stopped' }),
    record: ({ context }) => context.door.record(true),
    stopRecording: ({ context }) => context.door.record(false),
    retract: ({ context }) => context.door.drive('retract'),
    extend: ({ context }) => context.door.drive('extend'),
    stop: ({ context }) => context.door.drive('off'),
    noteLive: assign({ live: true }),
    noteNotLive: assign({ live: false }),
    noteConfirmed: assign({ confirmed: true }),
    noteUnconfirmed: assign({ confirmed: false }),
  },
  guards: {
    isVisitor: ({ context, event }) => 'visitId' in event && event.visitId === context.visitId,
    isWatched: ({ context }) => context.live && context.confirmed,
    isUnwatched: ({ context }) => !context.live || !context.confirmed,
  },
  delays: {
    answerWait: DEFAULT_SETTINGS.answerWaitMs,
    entryWait: DEFAULT_SETTINGS.entryWaitMs,
    recordingWait: RECORDING_WAIT_MS,
    driveLimit: DRIVE_LIMIT_MS,
    doorSettling: DOOR_SETTLING_MS,
    backOff: BACK_OFF_MS[0],
    stay: PURPOSE_RULES.delivery.stayMs ?? Infinity,
  },
}).createMachine({
  id: 'lock',
  context: ({ input }) => ({ door: input, visitId: '', live: false, confirmed: false, completed: 0 }),
  invoke: [
    { id: 'picture', src: 'picture' },
    { id: 'recording', src: 'recording' },
    { id: 'motor', src: 'motor' },
  ],
  on: {
    pictureLive: { actions: 'noteLive' },
    pictureLost: { actions: 'noteNotLive' },
    recordingConfirmed: { actions: 'noteConfirmed' },
    recordingLost: { actions: 'noteUnconfirmed' },
  },
  initial: 'locked',
  states: {
    locked: { on: { arrive: { target: 'visit', actions: 'begin' } } },
    visit: {
      entry: 'powerCamera',
      exit: ['stopRecording', 'tellRecording', 'cutCamera', 'tellPicture'],
      initial: 'atDoor',
      states: {
        atDoor: { on: { ring: { guard: 'isVisitor', target: 'rang' } } },
        rang: { after: { answerWait: 'unanswered' } },
        unanswered: { on: { enter: { guard: 'isVisitor', target: 'accepted' } } },
        accepted: {
          entry: 'record',
          always: { guard: 'isWatched', target: 'unlocking' },
          after: { recordingWait: { target: 'unanswered', actions: 'stopRecording' } },
        },
        unlocking: {
          entry: 'retract',
          exit: 'stop',
          always: { guard: 'isUnwatched', target: 'relocking' },
          on: { boltRetracted: 'waitingForEntry', motorStalled: 'backingOff' },
          after: { driveLimit: 'backingOff' },
        },
        waitingForEntry: { on: { doorOpened: 'entered' }, after: { entryWait: 'relocking' } },
        entered: { on: { doorClosed: 'settling' } },
        settling: { on: { doorOpened: 'entered' }, after: { doorSettling: 'relocking' } },
        relocking: {
          entry: 'extend',
          exit: 'stop',
          on: { boltExtended: 'inside', motorStalled: 'backingOff' },
          after: { driveLimit: 'backingOff' },
        },
        backingOff: { after: { backOff: 'relocking' } },
        inside: {
          on: { depart: { guard: 'isVisitor', target: '#lock.locked', actions: 'complete' } },
          after: { stay: '#lock.locked' },
        },
      },
    },
  },
});

/** The lock as XState actors, on a clock that costs next to nothing. */
export class XStateSite implements Site {
  private readonly clock = new PeerClock();
  private readonly door = new PeerDoor(this.clock);
  private readonly lock = createActor(lockMachine, { clock: this.clock, input: this.door });

  constructor() {
    const { door, lock } = this;
    lock.start();
    const { picture, recording, motor } = lock.getSnapshot().children;
    door.listener = {
      boltReached: (place) => lock.send({ type: place === 'extended' ? 'boltExtended' : 'boltRetracted' }),
      doorMoved: (closed) => lock.send({ type: closed ? 'doorClosed' : 'doorOpened' }),
      motorDraws: (currentMa) => motor?.send({ type: 'draws', currentMa }),
      frame: (sequence, digest) => picture?.send({ type: 'frame', sequence, digest }),
      confirmed: () => recording?.send({ type: 'confirmed' }),
    };
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  advanceTo(atMs: number): void {
    this.clock.advanceTo(atMs);
  }

  arrive(visitId: string): void {
    this.lock.send({ type: 'arrive', visitId });
  }

  ring(visitId: string): void {
    this.lock.send({ type: 'ring', visitId });
  }

  enter(visitId: string): void {
    this.lock.send({ type: 'enter', visitId });
  }

  openDoor(): void {
    this.door.openDoor();
  }

  closeDoor(): void {
    this.door.closeDoor();
  }

  depart(visitId: string): void {
    this.lock.send({ type: 'depart', visitId });
  }

  result(): VisitResult {
    const snapshot = this.lock.getSnapshot();
    const isLocked = snapshot.matches('locked');
    return this.door.result(isLocked ? snapshot.context.completed : 0);
  }
}
