import { Lock } from '../../firmware/lock.js';
import type { Recording } from '../../firmware/recording.js';
import { RecordingError } from '../../firmware/recording.js';
import { tappedParts } from '../../firmware/tapped-parts.js';
import { VirtualClock } from '../virtual-clock.js';
import type { Decision, Difference } from './decisions.js';
import { decisionOf, differences } from './decisions.js';
import { ReplayedParts } from './replayed-parts.js';

export interface Replay {
  /** How many decisions were recorded. */
  readonly decisions: number;
  readonly differences: readonly Difference[];
  /** From the lock's boot to the last signal. */
  readonly durationMs: number;
  readonly beganAtMs: number;
}

/**
 * Lets the firmware of this program live through a recording: what reached the lock then reaches it again, and what it
 * decides is held against what was decided then. Throws `RecordingError` on what the firmware cannot take.
 */
export function replay({ header, signals }: Recording, file: string): Replay {
  const clock = new VirtualClock();
  const surroundings = new ReplayedParts(header, signals, clock);
  const beganAtMs = signals[0]?.atMs ?? 0;
  const endMs = signals.at(-1)?.atMs ?? 0;
  const recorded = signals.flatMap(({ atMs, signal }) => decisionOf(atMs, signal) ?? []);
  const replayed: Decision[] = [];
  let lineNumber = 1;
  try {
    clock.advanceTo(beganAtMs);
    surroundings.begin(signals);
    const lock = new Lock(
      tappedParts(surroundings.parts, (atMs, signal) => {
        const decision = decisionOf(atMs, signal);
        if (decision !== null) replayed.push(decision);
      }),
    );
    for (const { atMs, signal } of signals) {
      lineNumber += 1;
      clock.advanceTo(atMs);
      if (!('in' in signal)) continue;
      if (signal.in === 'request') lock.request(signal.request);
      else if (signal.in === 'refusal') {
        const { request, personId, visitId, reason } = signal;
        lock.refuse(request, personId, visitId, reason);
      } else surroundings.feed(signal);
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new RecordingError(`${file}:${lineNumber}: the firmware cannot go on from here: ${what}`, { cause: error });
  }
  const found = differences(recorded, replayed, endMs);
  return { decisions: recorded.length, differences: found, durationMs: endMs - beganAtMs, beganAtMs };
}
