import type { Picture } from '../core/events.js';
import { NEVER } from '../core/never.js';

/** A frame older than this is no longer live (S1). */
export const FRAME_FRESH_MS = 500;
/** A confirmation of a frame older than this no longer counts (S1). */
export const CONFIRMATION_FRESH_MS = 2_000;
/** How far the learnt offset of the camera's clock may be wrong: capture to arrival. Chosen, on the safe side. */
const CAPTURE_UNCERTAINTY_MS = 100;
/** A frame may seem to come from the future by this much: then the first ones were slow, and the offset is mended. Chosen. */
const AHEAD_MS = 1_000;
/** After the lock's own boot a running camera gets this long to show itself. Chosen. */
const FIRST_LOOK_MS = 1_000;

/** What is remembered of the camera: whether its frames are new, and whether they are being kept. */
export interface CameraSense {
  readonly picture: Picture;
  readonly confirmed: boolean;
  /** The newest genuine frame, as the camera counts. */
  readonly sequence: number;
  readonly captureMs: number;
  readonly digest: number;
  /** Lock time minus camera time: the least seen since the camera's boot, so that delays do not count; `NaN` before. */
  readonly offsetMs: number;
  /** When the newest genuine frame was captured, in lock time. */
  readonly newestAtMs: number;
  /** When recording for the present entry began; `NEVER` while not recording. */
  readonly recordingAtMs: number;
  /** When the newest confirmed frame of this entry was captured. */
  readonly confirmedAtMs: number;
  /** When `unknown` gives way to what power says. */
  readonly lookUntilAtMs: number;
}

export const INITIAL_CAMERA_SENSE: CameraSense = {
  picture: 'unknown',
  confirmed: false,
  sequence: -1,
  captureMs: -1,
  digest: -1,
  offsetMs: Number.NaN,
  newestAtMs: -NEVER,
  recordingAtMs: NEVER,
  confirmedAtMs: -NEVER,
  lookUntilAtMs: NEVER,
};

export function senseCameraPower(c: CameraSense, powered: boolean, nowMs: number): CameraSense {
  if (!powered) {
    const off = draftOf(INITIAL_CAMERA_SENSE);
    off.picture = 'off';
    off.recordingAtMs = c.recordingAtMs;
    return off;
  }
  if (c.picture !== 'unknown' && c.picture !== 'off') return c;
  const next = draftOf(c);
  if (c.picture === 'off') next.picture = 'booting';
  else next.lookUntilAtMs = nowMs + FIRST_LOOK_MS;
  return next;
}

/**
 * A frame counts only if its number, its capture time and its picture are all new, and it is neither late nor from the
 * future. The first after a boot only teaches the offset; so a picture frozen from the start never counts as live.
 */
export function senseFrame(
  c: CameraSense,
  sequence: number,
  captureMs: number,
  digest: number,
  nowMs: number,
): CameraSense {
  if (c.picture === 'off') return c;
  const isFirst = Number.isNaN(c.offsetMs);
  const offsetMs = isFirst ? nowMs - captureMs : Math.min(c.offsetMs, nowMs - captureMs);
  const isNew = sequence > c.sequence && captureMs > c.captureMs && digest !== c.digest;
  if (!isFirst && !(isNew && isTimely(captureMs, c.offsetMs, FRAME_FRESH_MS, nowMs))) return c;
  const next = draftOf(c);
  next.sequence = sequence;
  next.captureMs = captureMs;
  next.digest = digest;
  next.offsetMs = offsetMs;
  next.newestAtMs = captureMs + offsetMs;
  if (isFirst) return next;
  next.confirmedAtMs = c.confirmedAtMs - (c.offsetMs - offsetMs);
  next.picture = 'live';
  next.lookUntilAtMs = NEVER;
  return next;
}

/** Only frames of the present entry count: those captured after recording for it began. */
export function senseConfirmation(c: CameraSense, captureMs: number, nowMs: number): CameraSense {
  const capturedAtMs = Math.min(captureMs + c.offsetMs, nowMs);
  const counts =
    capturedAtMs - CAPTURE_UNCERTAINTY_MS > c.recordingAtMs &&
    capturedAtMs > c.confirmedAtMs &&
    isTimely(captureMs, c.offsetMs, CONFIRMATION_FRESH_MS, nowMs);
  if (!counts) return c;
  const next = draftOf(c);
  next.confirmed = true;
  next.confirmedAtMs = capturedAtMs;
  return next;
}

/** The lock has told the recorder to begin an entry, or to stop. */
export function senseRecorder(c: CameraSense, on: boolean, nowMs: number): CameraSense {
  const next = draftOf(c);
  next.confirmed = false;
  next.confirmedAtMs = -NEVER;
  next.recordingAtMs = on ? nowMs : NEVER;
  return next;
}

export function senseCameraTime(c: CameraSense, nowMs: number): CameraSense {
  const isStale = c.picture === 'live' && nowMs - c.newestAtMs >= FRAME_FRESH_MS;
  const isUnseen = nowMs >= c.lookUntilAtMs;
  const isUnconfirmed = c.confirmed && nowMs - c.confirmedAtMs >= CONFIRMATION_FRESH_MS;
  if (!isStale && !isUnseen && !isUnconfirmed) return c;
  const next = draftOf(c);
  if (isStale) next.picture = 'stale';
  if (isUnseen) {
    next.picture = 'booting';
    next.lookUntilAtMs = NEVER;
  }
  if (isUnconfirmed) next.confirmed = false;
  return next;
}

export function cameraSenseWakeAt(c: CameraSense): number {
  const staleAtMs = c.picture === 'live' ? c.newestAtMs + FRAME_FRESH_MS : NEVER;
  const unconfirmedAtMs = c.confirmed ? c.confirmedAtMs + CONFIRMATION_FRESH_MS : NEVER;
  return Math.min(staleAtMs, unconfirmedAtMs, c.lookUntilAtMs);
}

/** Further genuine frames and confirmations change nothing but the two watchdogs' deadlines. */
export function heartbeatsOnlyRearm(c: CameraSense): boolean {
  return c.picture === 'live' && (c.confirmed || c.recordingAtMs === NEVER);
}

/** Captured within the last `freshMs`, by the learnt offset; a capture time in the future is no time at all. */
function isTimely(captureMs: number, offsetMs: number, freshMs: number, nowMs: number): boolean {
  const ageMs = nowMs - (captureMs + offsetMs);
  return ageMs >= -AHEAD_MS && ageMs <= freshMs;
}

/** A copy to be changed. A literal of one shape: this runs for every frame. */
function draftOf(c: CameraSense): { -readonly [Field in keyof CameraSense]: CameraSense[Field] } {
  return {
    picture: c.picture,
    confirmed: c.confirmed,
    sequence: c.sequence,
    captureMs: c.captureMs,
    digest: c.digest,
    offsetMs: c.offsetMs,
    newestAtMs: c.newestAtMs,
    recordingAtMs: c.recordingAtMs,
    confirmedAtMs: c.confirmedAtMs,
    lookUntilAtMs: c.lookUntilAtMs,
  };
}
