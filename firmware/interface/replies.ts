import type { RefusalReason } from '../journal/records.js';
import type { DeskAnswer } from '../desk.js';
import { refusal } from './problem.js';
import type { Reply } from './route.js';

export const DONE: Reply<never> = { kind: 'done' };

export function answer<Answer>(value: Answer): Reply<Answer> {
  return { kind: 'answer', answer: value };
}

/** `detail` where more can be said of this one than of all for that reason. */
export function refuse(reason: RefusalReason, detail?: string): Reply<never> {
  const problem = refusal(reason);
  return { kind: 'problem', problem: detail === undefined ? problem : { ...problem, detail } };
}

/** Of an act with nothing to say but whether it was refused. */
export function asked({ refused }: DeskAnswer): Reply<never> {
  return refused === null ? DONE : refuse(refused);
}
