import type { CoreEvent, Picture } from './events.js';

/** Whether anybody would be seen. Powered is not live, and live is not recorded. */
export interface CameraGuard {
  readonly picture: Picture;
  /** The recorder has confirmed a frame of the present entry, and goes on confirming. */
  readonly recording: boolean;
}

export const INITIAL_CAMERA: CameraGuard = { picture: 'unknown', recording: false };

/** Each entry needs a recording of its own: what confirmed the last one counts no more. */
export function stepCamera(camera: CameraGuard, event: CoreEvent): CameraGuard {
  if (event.kind === 'pictureSensed' && event.picture !== camera.picture) {
    return { picture: event.picture, recording: camera.recording };
  }
  if (event.kind === 'entryAllowed' && camera.recording) {
    return { picture: camera.picture, recording: false };
  }
  if (event.kind === 'recordingSensed' && event.confirmed !== camera.recording) {
    return { picture: camera.picture, recording: event.confirmed };
  }
  return camera;
}

/** S1: the bolt may be drawn for a visitor. */
export function watches(camera: CameraGuard): boolean {
  return camera.picture === 'live' && camera.recording;
}
