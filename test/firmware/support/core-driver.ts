import type { AlarmName, LockReport, Mode } from '../../../hal/contracts/report.js';
import { ALARM_NAMES, raisedAlarms } from '../../../firmware/core/alarms.js';
import { type MotorDrive, motorDrive } from '../../../firmware/core/bolt.js';
import type { Effect } from '../../../firmware/core/effects.js';
import type {
  Asked,
  Booted,
  BoltPlace,
  CoreEvent,
  MotorLoad,
  Picture,
  StopCause,
} from '../../../firmware/core/events.js';
import { reportOf } from '../../../firmware/core/report.js';
import { initialState, type LockState, wakeAt } from '../../../firmware/core/state.js';
import { step, WAKE } from '../../../firmware/core/step.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { WithdrawalReason } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../firmware/settings.js';

type Arrival = Extract<Asked, { kind: 'visitorArrived' }>;

/** One step: what was, what happened, and what became of it. */
export interface Moment {
  readonly before: LockState;
  readonly event: CoreEvent;
  readonly nowMs: number;
  readonly effects: readonly Effect[];
  readonly after: LockState;
}

/** Far enough away for every story that does not mention the window. */
const LONG_WINDOW_MS = 86_400_000;

export const VISIT = 'visit-1';

/** Makes every attempt to write to a state throw. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/**
 * The core with its state and its time: what happens goes in, deadlines are met on the way, effects are collected. It
 * answers a recorder order as the shell does: what was confirmed before it no longer counts.
 */
export class CoreDriver {
  state: LockState;
  nowMs = 0;
  readonly history: Moment[] = [];
  private asked = 0;

  constructor(settings: Partial<Settings> = {}, switchesFitted = true) {
    this.state = frozen(initialState({ ...DEFAULT_SETTINGS, ...settings }, switchesFitted));
  }

  /** A lock that was booted long ago: door closed, bolt extended, nothing under way, nothing left to tell. */
  static atRest(settings: Partial<Settings> = {}, switchesFitted = true): CoreDriver {
    const lock = new CoreDriver(settings, switchesFitted).boot().link('up').door('closed');
    if (switchesFitted) lock.bolt('extended');
    else lock.pass(300).motor('stalled');
    lock.pass(1_000);
    lock.effects();
    return lock;
  }

  happen(event: CoreEvent): this {
    const before = this.state;
    const { state: after, effects } = step(before, event, this.nowMs);
    this.state = frozen(after);
    this.history.push({ before, event, nowMs: this.nowMs, effects, after });
    const afresh = effects.some(({ kind }) => kind === 'recorder');
    return afresh && after.camera.recording ? this.recording('unconfirmed') : this;
  }

  /** Lets time go by; wakes the core exactly when it asked for it, as the shell's timer does. */
  pass(ms: number): this {
    const untilMs = this.nowMs + ms;
    for (let at = this.wakeAtMs(); at <= untilMs; at = this.wakeAtMs()) {
      this.nowMs = at;
      this.happen(WAKE);
    }
    this.nowMs = untilMs;
    return this;
  }

  wakeAtMs(): number {
    return wakeAt(this.state, this.nowMs);
  }

  boot(journal: Partial<Booted> = {}): this {
    const blank: Booted = {
      kind: 'booted',
      mode: 'normal',
      raisedAlarms: [],
      retractionIntended: false,
      openVisit: null,
    };
    return this.happen({ ...blank, ...journal });
  }

  bolt(place: BoltPlace): this {
    return this.happen({ kind: 'boltSensed', place });
  }

  door(leaf: 'open' | 'closed'): this {
    return this.happen({ kind: 'doorSensed', closed: leaf === 'closed' });
  }

  motor(load: MotorLoad): this {
    return this.happen({ kind: 'motorSensed', load });
  }

  picture(picture: Picture): this {
    return this.happen({ kind: 'pictureSensed', picture });
  }

  recording(state: 'confirmed' | 'unconfirmed'): this {
    return this.happen({ kind: 'recordingSensed', confirmed: state === 'confirmed' });
  }

  link(state: 'up' | 'down'): this {
    return this.happen({ kind: 'boardLinkSensed', up: state === 'up' });
  }

  synced(): this {
    return this.happen({ kind: 'intentSynced' });
  }

  store(state: 'works' | 'fails'): this {
    return this.happen({ kind: 'storeSensed', working: state === 'works' });
  }

  contradiction(): this {
    return this.happen({ kind: 'contradictionSensed' });
  }

  askLock(): this {
    return this.happen({ kind: 'lockAsked', personId: 'anyone' });
  }

  askUnlock(source: 'remote' | 'keypad' = 'remote'): this {
    return this.happen({ kind: 'unlockAllowed', personId: 'owner', source });
  }

  mode(mode: Mode): this {
    return this.happen({ kind: 'modeSet', mode, personId: 'owner' });
  }

  clear(alarm: AlarmName): this {
    return this.happen({ kind: 'alarmCleared', alarm, personId: 'owner' });
  }

  arrive(visit: Partial<Arrival> = {}): this {
    return this.happen({
      kind: 'visitorArrived',
      visitId: VISIT,
      personId: 'courier',
      purpose: 'delivery',
      entries: 1,
      entriesSpent: 0,
      windowUntilAtMs: this.nowMs + LONG_WINDOW_MS,
      ...visit,
    });
  }

  ring(): this {
    return this.happen({ kind: 'visitorRang', visitId: VISIT });
  }

  enter(entry = 1): this {
    return this.happen({ kind: 'entryAllowed', visitId: VISIT, personId: 'courier', entry });
  }

  withdraw(reason: WithdrawalReason = 'other'): this {
    return this.happen({ kind: 'visitorWithdrew', visitId: VISIT, reason });
  }

  depart(): this {
    return this.happen({ kind: 'departureStated', visitId: VISIT });
  }

  stopVisit(why: StopCause = 'endedByOwner'): this {
    return this.happen({ kind: 'visitStopped', visitId: VISIT, why });
  }

  /** What was ordered and told since this was last asked. */
  effects(): Effect[] {
    const effects = this.history.slice(this.asked).flatMap((moment) => moment.effects);
    this.asked = this.history.length;
    return effects;
  }

  /** The journal's part of `effects`. */
  records(): JournalEvent[] {
    return this.effects().flatMap((effect) =>
      effect.kind === 'record' || effect.kind === 'recordAndSync' ? [effect.event] : [],
    );
  }

  /** Every order to the motor, with its time counted from `sinceMs`. */
  drives(sinceMs = 0): [number, MotorDrive][] {
    return this.history
      .filter(({ nowMs }) => nowMs >= sinceMs)
      .flatMap(({ effects, nowMs }) =>
        effects.flatMap((effect): [number, MotorDrive][] =>
          effect.kind === 'drive' ? [[nowMs - sinceMs, effect.drive]] : [],
        ),
      );
  }

  /** `drives` without the stops. */
  starts(sinceMs = 0): [number, MotorDrive][] {
    return this.drives(sinceMs).filter(([, drive]) => drive !== 'off');
  }

  refused(): this {
    return this.happen({ kind: 'driveRefused' });
  }

  get drive(): MotorDrive {
    return motorDrive(this.state.bolt);
  }

  get report(): LockReport {
    return reportOf(this.state);
  }

  get alarms(): AlarmName[] {
    const raised = raisedAlarms(this.state);
    return ALARM_NAMES.filter((_, index) => (raised & (1 << index)) !== 0);
  }
}
