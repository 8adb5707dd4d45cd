import type { EventEmitter } from 'node:events';
import five from 'johnny-five';
import {
  BACK_OFF_MS,
  DEFAULT_SETTINGS,
  DOOR_SETTLING_MS,
  DRIVE_LIMIT_MS,
  PURPOSE_RULES,
  RECORDING_WAIT_MS,
} from '../firmware/settings.js';
import { CONFIRMATION_FRESH_MS, FRAME_FRESH_MS } from '../firmware/sense/camera-sense.js';

export const PIN = {
  doorContact: 2,
  motorSpeed: 3,
  extended: 4,
  retracted: 5,
  camera: 7,
  recorder: 8,
  motorWay: 12,
} as const;

const FULL_SPEED = 255;
const FOREVER_MS = 2 ** 31 - 1;

/** Counts of the current sensor above which the motor stands still; so many readings in a row are believed. */
const STALL_COUNTS = 340;
const PERSISTENCE = 3;

type Phase =
  | 'locked'
  | 'atDoor'
  | 'rang'
  | 'unanswered'
  | 'accepted'
  | 'unlocking'
  | 'waitingForEntry'
  | 'entered'
  | 'settling'
  | 'relocking'
  | 'backingOff'
  | 'inside';

/**
 * A visit as a johnny-five sketch: components for the hardware, timers of JavaScript, events for the rest. The current
 * sensor runs as johnny-five's do: always, at the 25 ms that it defaults to (`enable()` after `disable()` is for good).
 */
export class Sketch {
  completed = 0;
  phase: Phase = 'locked';
  private readonly motor: InstanceType<typeof five.Motor>;
  private readonly camera: InstanceType<typeof five.Relay>;
  private readonly recorder: InstanceType<typeof five.Relay>;
  private phaseTimer: NodeJS.Timeout | undefined;
  private frameTimer: NodeJS.Timeout | undefined;
  private confirmationTimer: NodeJS.Timeout | undefined;
  private visitId = '';
  private live = false;
  private confirmed = false;
  private sequence = 0;
  private digest = 0;
  private stallingSamples = 0;

  /** `people` emits what they ask, `video` frames and confirmations. */
  constructor(board: InstanceType<typeof five.Board>, people: EventEmitter, video: EventEmitter) {
    this.motor = new five.Motor({
      board,
      pins: [PIN.motorSpeed, PIN.motorWay],
      current: { pin: 'A0' },
    });
    this.camera = new five.Relay({ board, pin: PIN.camera });
    this.recorder = new five.Relay({ board, pin: PIN.recorder });
    this.listenToHardware(board);
    people.on('arrive', (visitId: string) => this.arrive(visitId));
    people.on('ring', (visitId: string) => this.ring(visitId));
    people.on('enter', (visitId: string) => this.accept(visitId));
    people.on('depart', (visitId: string) => this.depart(visitId));
    video.on('frame', (sequence: number, digest: number) => this.see(sequence, digest));
    video.on('confirmed', () => this.confirm());
  }

  private listenToHardware(board: InstanceType<typeof five.Board>): void {
    const doorContact = new five.Switch({ board, pin: PIN.doorContact, type: 'NC' });
    const extended = new five.Switch({ board, pin: PIN.extended, type: 'NC' });
    const retracted = new five.Switch({ board, pin: PIN.retracted, type: 'NC' });
    doorContact.on('open', () => {
      if (this.phase === 'waitingForEntry' || this.phase === 'settling') this.enterPhase('entered');
    });
    doorContact.on('close', () => {
      if (this.phase === 'entered') this.enterPhase('settling', DOOR_SETTLING_MS, () => this.relock());
    });
    extended.on('close', () => {
      if (this.phase === 'relocking') this.stayInside();
    });
    retracted.on('close', () => {
      if (this.phase === 'unlocking') this.waitForEntry();
    });
    this.motor.current.on('data', (counts: number) => this.feel(counts));
  }

  private arrive(visitId: string): void {
    if (this.phase !== 'locked') return;
    this.visitId = visitId;
    this.camera.close();
    this.enterPhase('atDoor');
  }

  private ring(visitId: string): void {
    if (this.phase !== 'atDoor' || visitId !== this.visitId) return;
    this.enterPhase('rang', DEFAULT_SETTINGS.answerWaitMs, () => this.enterPhase('unanswered'));
  }

  private accept(visitId: string): void {
    if (this.phase !== 'unanswered' || visitId !== this.visitId) return;
    this.recorder.close();
    this.enterPhase('accepted', RECORDING_WAIT_MS, () => {
      this.recorder.open();
      this.enterPhase('unanswered');
    });
    this.unlockIfWatched();
  }

  private depart(visitId: string): void {
    if (this.phase !== 'inside' || visitId !== this.visitId) return;
    this.completed += 1;
    this.end();
  }

  private unlockIfWatched(): void {
    if (this.phase !== 'accepted' || !this.live || !this.confirmed) return;
    this.enterPhase('unlocking', DRIVE_LIMIT_MS, () => this.backOff());
    this.motor.reverse(FULL_SPEED);
  }

  private waitForEntry(): void {
    this.motor.stop();
    this.enterPhase('waitingForEntry', DEFAULT_SETTINGS.entryWaitMs, () => this.relock());
  }

  private relock(): void {
    this.motor.stop();
    this.enterPhase('relocking', DRIVE_LIMIT_MS, () => this.backOff());
    this.motor.forward(FULL_SPEED);
  }

  private backOff(): void {
    this.motor.stop();
    this.enterPhase('backingOff', BACK_OFF_MS[0], () => this.relock());
  }

  private stayInside(): void {
    this.motor.stop();
    this.enterPhase('inside', PURPOSE_RULES.delivery.stayMs ?? FOREVER_MS, () => this.end());
  }

  private end(): void {
    this.recorder.open();
    this.camera.open();
    clearTimeout(this.frameTimer);
    clearTimeout(this.confirmationTimer);
    this.live = false;
    this.confirmed = false;
    this.sequence = 0;
    this.digest = 0;
    this.enterPhase('locked');
  }

  private feel(counts: number): void {
    this.stallingSamples = counts > STALL_COUNTS ? this.stallingSamples + 1 : 0;
    const isDriving = this.phase === 'unlocking' || this.phase === 'relocking';
    if (isDriving && this.stallingSamples >= PERSISTENCE) this.backOff();
  }

  private see(sequence: number, digest: number): void {
    if (sequence <= this.sequence || digest === this.digest) return;
    this.sequence = sequence;
    this.digest = digest;
    this.live = true;
    clearTimeout(this.frameTimer);
    this.frameTimer = setTimeout(() => this.loseWatch(), FRAME_FRESH_MS);
    this.unlockIfWatched();
  }

  private confirm(): void {
    this.confirmed = true;
    clearTimeout(this.confirmationTimer);
    this.confirmationTimer = setTimeout(() => this.loseWatch(), CONFIRMATION_FRESH_MS);
    this.unlockIfWatched();
  }

  private loseWatch(): void {
    this.live = false;
    this.confirmed = false;
    if (this.phase === 'unlocking') this.relock();
  }

  private enterPhase(phase: Phase, forMs = 0, then: (() => void) | null = null): void {
    clearTimeout(this.phaseTimer);
    this.phase = phase;
    if (then !== null) this.phaseTimer = setTimeout(then, forMs);
  }
}
