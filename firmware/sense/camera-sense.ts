import type { Picture } from '../core/events.js';
import { NEVER } from '../core/never.js';

/** A frame older than this is no longer live (S1). */
export const FRAME_FRESH_MS = 500;
/** A confirmation of a frame older than this no longer counts (S1). */
export const CONFIRMATION_FRESH_MS = 2_000;
/** How far the learnt offset of the camera's clock may be wrong: capture to arrival. Chosen, on the safe side. */
const CAPTURE_UNCERTAINTY_MS = 100;
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
  /** Lock time minus camera time, learnt from the first frame after a boot; `NaN` until then. */
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

export const INITIAL_CAMERA_SENSE: CameraSense = sense(
  'unknown',
  false,
  -1,
  -1,
  -1,
  Number.NaN,
  -NEVER,
  NEVER,
  -NEVER,
  NEVER,
);

export function senseCameraPower(c: CameraSense, powered: boolean, nowMs: number): CameraSense {
  if (!powered) {
    return sense('off', false, -1, -1, -1, Number.NaN, -NEVER, c.recordingAtMs, -NEVER, NEVER);
  }
  if (c.picture === 'unknown') return lookUntil(c, nowMs + FIRST_LOOK_MS);
  return c.picture === 'off' ? withPicture(c, 'booting') : c;
}

/**
 * A frame counts only if its number, its capture time and its picture are all new, and it is not late. The first after
 * a boot only teaches the offset; so a picture frozen from the start never counts as live.
 */
export function senseFrame(
  c: CameraSense,
  sequence: number,
  captureMs: number,
  digest: number,
  nowMs: number,
): CameraSense {
  if (c.picture === 'off') return c;
  if (Number.isNaN(c.offsetMs)) {
    return sense(
      c.picture,
      c.confirmed,
      sequence,
      captureMs,
      digest,
      nowMs - captureMs,
      nowMs,
      c.recordingAtMs,
      c.confirmedAtMs,
      c.lookUntilAtMs,
    );
  }
  const capturedAtMs = captureMs + c.offsetMs;
  const fresh =
    sequence > c.sequence && captureMs > c.captureMs && digest !== c.digest && nowMs - capturedAtMs <= FRAME_FRESH_MS;
  if (!fresh) return c;
  return sense(
    'live',
    c.confirmed,
    sequence,
    captureMs,
    digest,
    c.offsetMs,
    capturedAtMs,
    c.recordingAtMs,
    c.confirmedAtMs,
    NEVER,
  );
}

/** Only frames of the present entry count: those captured after recording for it began. */
export function senseConfirmation(c: CameraSense, captureMs: number, nowMs: number): CameraSense {
  const capturedAtMs = captureMs + c.offsetMs;
  const counts =
    capturedAtMs - CAPTURE_UNCERTAINTY_MS > c.recordingAtMs &&
    capturedAtMs > c.confirmedAtMs &&
    nowMs - capturedAtMs <= CONFIRMATION_FRESH_MS;
  if (!counts) return c;
  return sense(
    c.picture,
    true,
    c.sequence,
    c.captureMs,
    c.digest,
    c.offsetMs,
    c.newestAtMs,
    c.recordingAtMs,
    capturedAtMs,
    c.lookUntilAtMs,
  );
}

/** The lock has told the recorder to begin an entry, or to stop. */
export function senseRecorder(c: CameraSense, on: boolean, nowMs: number): CameraSense {
  return sense(
    c.picture,
    false,
    c.sequence,
    c.captureMs,
    c.digest,
    c.offsetMs,
    c.newestAtMs,
    on ? nowMs : NEVER,
    -NEVER,
    c.lookUntilAtMs,
  );
}

export function senseCameraTime(c: CameraSense, nowMs: number): CameraSense {
  const stale = c.picture === 'live' && nowMs - c.newestAtMs >= FRAME_FRESH_MS;
  const unseen = nowMs >= c.lookUntilAtMs;
  const unconfirmed = c.confirmed && nowMs - c.confirmedAtMs >= CONFIRMATION_FRESH_MS;
  if (!stale && !unseen && !unconfirmed) return c;
  return sense(
    overduePicture(c.picture, stale, unseen),
    c.confirmed && !unconfirmed,
    c.sequence,
    c.captureMs,
    c.digest,
    c.offsetMs,
    c.newestAtMs,
    c.recordingAtMs,
    c.confirmedAtMs,
    unseen ? NEVER : c.lookUntilAtMs,
  );
}

function overduePicture(picture: Picture, stale: boolean, unseen: boolean): Picture {
  if (stale) return 'stale';
  return unseen ? 'booting' : picture;
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

function withPicture(c: CameraSense, picture: Picture): CameraSense {
  return sense(
    picture,
    c.confirmed,
    c.sequence,
    c.captureMs,
    c.digest,
    c.offsetMs,
    c.newestAtMs,
    c.recordingAtMs,
    c.confirmedAtMs,
    c.lookUntilAtMs,
  );
}

function lookUntil(c: CameraSense, lookUntilAtMs: number): CameraSense {
  return sense(
    c.picture,
    c.confirmed,
    c.sequence,
    c.captureMs,
    c.digest,
    c.offsetMs,
    c.newestAtMs,
    c.recordingAtMs,
    c.confirmedAtMs,
    lookUntilAtMs,
  );
}

/** One literal for all: this runs for every frame. */
function sense(
  picture: Picture,
  confirmed: boolean,
  sequence: number,
  captureMs: number,
  digest: number,
  offsetMs: number,
  newestAtMs: number,
  recordingAtMs: number,
  confirmedAtMs: number,
  lookUntilAtMs: number,
): CameraSense {
  return {
    picture,
    confirmed,
    sequence,
    captureMs,
    digest,
    offsetMs,
    newestAtMs,
    recordingAtMs,
    confirmedAtMs,
    lookUntilAtMs,
  };
}
