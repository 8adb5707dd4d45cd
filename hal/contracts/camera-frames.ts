/**
 * The camera's pictures as evidence of life: 4 to 30 frames a second, 10 by default. The pictures themselves go to the
 * recorder.
 */
export interface CameraFrames {
  /**
   * `sequence` counts up from each boot of the camera; `captureMs` is the camera's own clock, which starts anywhere;
   * `digest` is an unsigned 32-bit hash of the picture. None of the three can be trusted alone: a frozen or replayed picture
   * repeats at least one of them, or lags.
   */
  watch(listener: (sequence: number, captureMs: number, digest: number) => void): void;
}
