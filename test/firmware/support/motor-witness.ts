import { expect } from 'chai';
import { motorDrive } from '../../../firmware/core/bolt.js';
import { watches } from '../../../firmware/core/camera-guard.js';
import type { Effect } from '../../../firmware/core/effects.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Moment } from './core-driver.js';

type Intent = Extract<JournalEvent, { kind: 'driveIntended' }>;

const COAST_AT_LEAST_MS = 50;

/**
 * Watches the orders to the motor from outside, and knows only what DESIGN says of them. It judges what the core does
 * with what it was told, however implausible that is.
 */
export class MotorWitness {
  private readonly holdMs: number;
  private drive: 'extend' | 'retract' | 'off' = 'off';
  private lastDrive: 'extend' | 'retract' | 'off' = 'off';
  private offSinceMs = -Infinity;
  private intent: Intent | null = null;
  private intentIsSynced = false;
  private holdUntilMs = -Infinity;
  private openedInHold = false;

  constructor(holdMs: number) {
    this.holdMs = holdMs;
  }

  see(moment: Moment): void {
    const { event, effects, after, nowMs } = moment;
    this.followHand(moment);
    if (event.kind === 'intentSynced') this.intentIsSynced = true;
    for (const effect of effects) this.follow(effect, nowMs);
    expect(this.drive, 'the order given last').to.equal(motorDrive(after.bolt));
    if (this.drive === 'extend') {
      expect(after.door.closed, 'door known open while the bolt is driven out').to.not.equal(false);
      this.judgeHand(nowMs);
    }
    if (this.drive === 'retract' && after.bolt.goal === 'unlocked' && after.bolt.source === 'visit') {
      expect(watches(after.camera), 'watched while the bolt is drawn for a visitor').to.equal(true);
    }
  }

  private follow(effect: Effect, nowMs: number): void {
    if (effect.kind === 'record' || effect.kind === 'recordAndSync') this.followRecord(effect.event);
    if (effect.kind !== 'drive') return;
    if (effect.drive === 'off') {
      if (this.drive !== 'off') this.offSinceMs = nowMs;
    } else this.judgeStart(effect.drive, nowMs);
    this.drive = effect.drive;
  }

  private followRecord(event: JournalEvent): void {
    if (event.kind === 'driveIntended') {
      this.intent = event;
      this.intentIsSynced = false;
      if (event.goal === 'unlocked') this.holdUntilMs = -Infinity;
    }
    if (event.kind === 'driveEnded') this.intent = null;
  }

  private judgeStart(drive: 'extend' | 'retract', nowMs: number): void {
    expect(this.drive, 'both directions without a stop').to.equal('off');
    if (drive !== this.lastDrive) {
      expect(nowMs - this.offSinceMs, 'coast before a reversal').to.be.at.least(COAST_AT_LEAST_MS);
    }
    this.lastDrive = drive;
    expect(this.intent, 'intent of the drive').to.not.equal(null);
    if (this.intent?.goal === 'unlocked') expect(this.intentIsSynced, 'intent of the opening synced').to.equal(true);
  }

  /** The relief reversals of an opening undo nothing: the bolt is on its way in. */
  private judgeHand(nowMs: number): void {
    if (this.intent?.goal === 'unlocked') return;
    expect(nowMs, 'a hand undone').to.be.at.least(this.holdUntilMs);
  }

  /** DESIGN: a hand moves an undriven bolt off the extended switch, or any bolt onto the retracted one. */
  private followHand({ before, event, nowMs }: Moment): void {
    if (event.kind === 'doorSensed' && before.door.closed !== null) {
      if (!event.closed) this.openedInHold = true;
      else if (this.openedInHold) this.holdUntilMs = -Infinity;
    }
    if (event.kind !== 'boltSensed') return;
    // While it coasts, the drive that has just ended may carry the bolt on: that is no hand.
    if (before.bolt.phase === 'coasting' && before.bolt.goal === 'unlocked') return;
    const { place } = before.bolt;
    if (event.place === 'extended') this.holdUntilMs = -Infinity;
    if (place === 'unknown' || place === 'both' || place === event.place) return;
    const leavesHome = place === 'extended' && event.place === 'between' && this.drive === 'off';
    const taken = event.place === 'retracted' && !(before.bolt.goal === 'unlocked' && before.bolt.phase !== 'resting');
    if ((leavesHome || taken) && nowMs - this.offSinceMs > COAST_AT_LEAST_MS) {
      this.holdUntilMs = nowMs + this.holdMs;
      this.openedInHold = false;
    }
  }
}
