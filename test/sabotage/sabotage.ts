import type { PropertyId } from '../../sim/monitors/monitor.js';
import type { Patch } from './sabotaged-build.js';

/** A lock, or the hardware below it, that is broken on purpose, and the story in which that shows. */
export interface Sabotage extends Patch {
  /** What it does wrong. */
  readonly what: string;
  /** What else is broken: the layers that would catch it. */
  readonly besides?: readonly Patch[];
  /** A story's file name, without its ending: a shipped one, or one of `scenarios` beside this file. */
  readonly story: string;
  /** Exactly the properties that do not hold then. None: only what the story expects is missed. */
  readonly trips: readonly PropertyId[];
  /** More than one: why, by DESIGN, no story can trip the first alone. */
  readonly because?: string;
}

/** All of the breaking. */
export function patchesOf(sabotage: Sabotage): readonly Patch[] {
  return [sabotage, ...(sabotage.besides ?? [])];
}
