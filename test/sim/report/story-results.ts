import type { RunResult, StoryResult } from '../../../sim/report/story-result.js';

export const passedRun: RunResult = {
  sweepPoint: null,
  outcomes: ['completed'],
  jams: 2,
  violations: [],
  voided: [],
  failedExpectations: [],
  simulatedMs: 103_000,
};

export const passed: StoryResult = {
  story: 'The misaligned strike',
  file: 'scenarios/02-misaligned-strike.yaml',
  seed: 7,
  fidelity: 'model',
  runs: [passedRun],
  marksMissed: [],
  timedOut: false,
  traceHash: '3f9c0123456789ab',
  wallMs: 12.4,
  replay: 'latchkey sim scenarios/02-misaligned-strike.yaml --seed 7',
};

export const unsafeRun: RunResult = {
  ...passedRun,
  violations: [{ property: 'S5', atMs: 31_950, detail: 'the bolt is driven out with the door open' }],
  failedExpectations: [{ line: 31, atMs: 40_000, message: 'expected bolt extended within 10 s; the bolt is between' }],
};

export const lateRun: RunResult = {
  ...passedRun,
  violations: [{ property: 'L1', atMs: 61_000, detail: 'neither locked nor jammed' }],
};

export const unmetRun: RunResult = { ...passedRun, failedExpectations: unsafeRun.failedExpectations };
