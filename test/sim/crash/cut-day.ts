import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Remains } from '../../../sim/hal/simulated-store.js';
import { allMonitors } from '../../../sim/monitors/all-monitors.js';
import { DEFAULT_MONITOR_SETTINGS } from '../../../sim/monitors/settings.js';
import type { Observer } from '../../../sim/observation.js';
import { TraceDigest } from '../../../sim/report/digest.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { playScenario } from '../../../sim/scenario/player.js';
import { load, type Patch, type Playing } from '../../sabotage/sabotaged-build.js';
import { type Cut, CutWorld, type CutWorldOptions, type Write } from './cut-world.js';
import { Receiver } from './receiver.js';

const file = join(import.meta.dirname, '../../../../test/sim/crash/day.yaml');
const day = loadScenario({ text: readFileSync(file, 'utf8'), file }, ['sim']);

/** Journals of a day are short: with these bounds they rotate, and drop what is old, several times. */
const SHORT_SEGMENTS: readonly Patch[] = [
  { file: 'firmware/journal/journal.js', find: 'SEGMENT_RECORDS = 5_000', replace: 'SEGMENT_RECORDS = 15' },
  { file: 'firmware/journal/journal.js', find: 'KEPT_RECORDS = 20_000', replace: 'KEPT_RECORDS = 30' },
];

/** The product as it is built, but for the bounds of its journal; and broken on purpose, if so wished. */
export function buildForDays(...sabotage: readonly Patch[]): Promise<Playing> {
  return load(...SHORT_SEGMENTS, ...sabotage);
}

export interface PlayedDay {
  /** Each begins with its property. */
  readonly violations: readonly string[];
  readonly failedExpectations: readonly string[];
  /** Of everything that could be seen. */
  readonly traceHash: string;
}

export function playDay(build: Playing, ...cuts: readonly Cut[]): Promise<PlayedDay> {
  return play({ ModelWorld: build.ModelWorld, cuts }, []);
}

/** One write of a day, as it is under way. */
export interface DayWrite extends Write {
  /** By the number of replacements that are complete. */
  readonly remains: readonly Remains[];
  /** The newest record that was acknowledged, and the newest that was handed over. */
  readonly syncedNumber: number;
  readonly newestNumber: number;
}

export interface WrittenDay extends PlayedDay {
  readonly writes: readonly DayWrite[];
  /** As JSON, by number; the latest to bear it. */
  readonly records: ReadonlyMap<number, string>;
}

/** Plays the day and keeps account of its writes. */
export async function writeDay(build: Playing, ...cuts: readonly Cut[]): Promise<WrittenDay> {
  const writes: DayWrite[] = [];
  const records = new Map<number, string>();
  let syncedNumber = 0;
  let newestNumber = 0;
  const played = await play(
    {
      ModelWorld: build.ModelWorld,
      cuts,
      onWrite: (write, store) => {
        const remains = store.remains().map(({ kept, atRisk }) => ({ kept: kept.slice(), atRisk: atRisk.slice() }));
        writes.push({ ...write, remains, syncedNumber, newestNumber });
      },
    },
    [
      {
        record: (_nowMs, record) => {
          records.set(record.number, JSON.stringify(record));
          newestNumber = record.number;
        },
        synced: (_nowMs, upToNumber) => (syncedNumber = Math.max(syncedNumber, upToNumber)),
      },
    ],
  );
  return { ...played, writes, records };
}

async function play(options: CutWorldOptions, observers: readonly Observer[]): Promise<PlayedDay> {
  const violations: string[] = [];
  const { doorId, residents } = day.world;
  const monitors = allMonitors({ ...DEFAULT_MONITOR_SETTINGS, doorId, residents }, ({ property, atMs, detail }) =>
    violations.push(`${property} at ${atMs} ms: ${detail}`),
  );
  const digest = new TraceDigest();
  const receiver = new Receiver();
  const { failedExpectations } = await playScenario({
    scenario: day,
    point: null,
    seed: 1,
    observers: [...monitors, digest, receiver, ...observers],
    makeWorld: (settings, seed, observer) => new CutWorld(settings, seed, observer, options),
  });
  return {
    violations: [...violations, ...receiver.mistaken.map((mistake) => `L3 ${mistake}`)],
    failedExpectations: failedExpectations.map(({ line, message }) => `line ${line}: ${message}`),
    traceHash: digest.hash(),
  };
}
