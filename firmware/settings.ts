import type { Purpose } from './access/authority.js';
import { isTimeZone } from './access/local-time.js';

/** What an owner may set, within the bounds named; times in milliseconds. */
export interface Settings {
  /** Which door this lock guards; a grant for another door is refused. */
  readonly doorId: string;
  /** Outside visits the door locks itself this long after each closing. 5,000 to 600,000. */
  readonly autoRelockMs: number;
  /** A retraction by hand is not undone for this long (S10). 5,000 to 60,000. */
  readonly manualHoldMs: number;
  /** How long an unlocked door waits for the visitor to open it (L1). 5,000 to 120,000. */
  readonly entryWaitMs: number;
  /** How long a visitor who rang waits for an answer before the door opens. 0 to 120,000. */
  readonly answerWaitMs: number;
  /** Purposes admitted in vacation mode. */
  readonly vacationPurposes: readonly Purpose[];
  /** IANA name of the door's time zone, in which allowed hours and weekly schedules are meant. */
  readonly timeZone: string;
  /** Whether the camera also watches when the household opens; visitors are always watched. */
  readonly watchesHousehold: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  doorId: 'front-door',
  autoRelockMs: 30_000,
  manualHoldMs: 10_000,
  entryWaitMs: 30_000,
  answerWaitMs: 10_000,
  vacationPurposes: [],
  timeZone: 'UTC',
  watchesHousehold: false,
};

type NumericSetting = 'autoRelockMs' | 'manualHoldMs' | 'entryWaitMs' | 'answerWaitMs';

const BOUNDS: Readonly<Record<NumericSetting, readonly [number, number]>> = {
  autoRelockMs: [5_000, 600_000],
  manualHoldMs: [5_000, 60_000],
  entryWaitMs: [5_000, 120_000],
  answerWaitMs: [0, 120_000],
};

/** Throws a `RangeError` that names the setting and its bounds; a setting that is missing or no number is out of them. */
export function checkSettings(settings: Settings): void {
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const value: unknown = settings[name as NumericSetting];
    if (typeof value === 'number' && value >= least && value <= most) continue;
    throw new RangeError(`${name} is ${String(value)}; it must be from ${least} to ${most}`);
  }
  if (!isTimeZone(settings.timeZone)) {
    throw new RangeError(`timeZone is ${settings.timeZone}; it must be an IANA name, for example Europe/Berlin`);
  }
}

/** What a purpose allows. */
export interface PurposeRules {
  /** The door may stand open this long before it counts as ajar (L5). */
  readonly openBoundMs: number;
  /** Counted from a closing: by then a departure is shown or stated (L3). `null`: until the visit's window ends. */
  readonly stayMs: number | null;
  /** The visitor rings first, and somebody at home may answer instead. */
  readonly ringsFirst: boolean;
  /** Whether the lock waits to know that the visitor left. */
  readonly awaitsDeparture: boolean;
}

export const PURPOSE_RULES: Readonly<Record<Purpose, PurposeRules>> = {
  delivery: { openBoundMs: 60_000, stayMs: 60_000, ringsFirst: true, awaitsDeparture: true },
  deliveryInside: { openBoundMs: 120_000, stayMs: 60_000, ringsFirst: true, awaitsDeparture: true },
  service: { openBoundMs: 180_000, stayMs: null, ringsFirst: false, awaitsDeparture: true },
  maintenance: { openBoundMs: 180_000, stayMs: null, ringsFirst: true, awaitsDeparture: true },
  guest: { openBoundMs: 180_000, stayMs: 60_000, ringsFirst: false, awaitsDeparture: false },
};

/** Outside visits the door may stand open this long before it counts as ajar (L5). */
export const HOUSEHOLD_OPEN_BOUND_MS = 300_000;

/** After an end that is not the visitor's own, the time to leave before the departure counts as unconfirmed. Chosen. */
export const LEAVE_TIME_MS = 60_000;

/** How long an accepted request waits for a live camera and a confirmed recording before it is refused. Chosen. */
export const RECORDING_WAIT_MS = 5_000;

/** A camera that was just switched on shows that it has power within this time (`Hal`: soon). Chosen. */
export const CAMERA_SWITCH_MS = 500;

/** A leaf that just closed still swings: the bolt waits this long (S3). */
export const DOOR_SETTLING_MS = 300;

/** One throw is cut at this time (S4 allows 3,000, the board cuts at 2,800). */
export const DRIVE_LIMIT_MS = 2_500;

/** Between a stop and any further drive (S4 asks for at least 50). */
export const COAST_MS = 60;

/** The longest relief reversal of a jammed bolt (S1 and L2 allow 400); shorter where the bolt is near an end. */
export const RELIEF_MS = 150;

/** Waits before the first, second and third retry (L2). */
export const BACK_OFF_MS: readonly [number, number, number] = [500, 1_000, 2_000];

/** One attempt, and as many retries as there are waits (L2). */
export const ATTEMPTS = BACK_OFF_MS.length + 1;

/** While jammed, how often one more attempt is made (L2). */
export const SLOW_RECOVERY_MS = 60_000;

/** After a refused motor order, before the next try. Chosen. */
export const ORDER_RETRY_MS = 1_000;

/** An opening waits this long for its intent to be synced, then is given up. Chosen. */
export const SYNC_WAIT_MS = 2_000;
