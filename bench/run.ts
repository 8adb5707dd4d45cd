import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { textTable } from '../cli/text-table.js';
import { type DecisionSpeed, decisionSpeeds } from './decisions.js';
import { depthSpeeds } from './depths.js';
import { JohnnyFiveSite } from './johnny-five.js';
import { TraceDigest } from '../sim/report/digest.js';
import { LatchkeySite } from './latchkey.js';
import { literalCopies } from './literal-copies.js';
import { interleaved, median, quantile, ratio } from './measure.js';
import { startUp } from './start-up.js';
import { syncedRecords } from './synced-records.js';
import { VisitLoop } from './visit.js';
import { XStateSite } from './xstate.js';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;

/** Chosen: a round of each takes some tenths of a second, and `--quick` half a minute in all. */
const ROUNDS = quick ? 7 : 25;
const WARM_UP_ROUNDS = 3;
const VISITS_A_ROUND = { frameByFrame: 1_000, coalesced: 4_000, xstate: 60, johnnyFive: 60 } as const;
const DECISIONS_A_ROUND = 200;
const GROWTH_VISITS = quick ? 20_000 : 100_000;
const GROWTH_RUNS = quick ? 1 : 3;
const DEPTH_ROUNDS = quick ? 5 : 15;
const START_UPS = quick ? 5 : 20;
const SYNCED_RECORDS_A_ROUND = 100;
const SYNC_ROUNDS = quick ? 30 : 200;

type Name = keyof typeof VISITS_A_ROUND;

/** A round each, at a door of its own: what a story costs, not what a month costs. */
const VISIT_JOBS = {
  frameByFrame: () => new VisitLoop(new LatchkeySite({ coalesce: false })).play(VISITS_A_ROUND.frameByFrame),
  coalesced: () => new VisitLoop(new LatchkeySite({ coalesce: true })).play(VISITS_A_ROUND.coalesced),
  xstate: () => new VisitLoop(new XStateSite()).play(VISITS_A_ROUND.xstate),
  johnnyFive: () => {
    const site = new JohnnyFiveSite();
    new VisitLoop(site).play(VISITS_A_ROUND.johnnyFive);
    site.dispose();
  },
} as const satisfies Record<Name, () => void>;

/** Coalescing skips what changes nothing, and nothing else. */
function checkSameTrace(): void {
  const [coalesced, frameByFrame] = [true, false].map((coalesce) => {
    const digest = new TraceDigest();
    const site = new LatchkeySite({ coalesce, observers: [digest] });
    new VisitLoop(site).play(100);
    return digest.hash();
  });
  if (coalesced !== frameByFrame) throw new Error('coalesced visits left another trace than visits frame by frame');
}

function printVisits(): void {
  interleaved(VISIT_JOBS, WARM_UP_ROUNDS);
  const times = interleaved(VISIT_JOBS, ROUNDS);
  const visitMs = (name: Name): number[] => times[name].map((roundMs) => roundMs / VISITS_A_ROUND[name]);
  const row = (title: string, name: Name, target: string): string[] => {
    const perSecond = visitMs(name).map((ms) => 1_000 / ms);
    const range = `${whole(quantile(perSecond, 0))}–${whole(quantile(perSecond, 1))}`;
    const faster = (peer: Name): string => ratio(visitMs(peer), visitMs(name)).toPrecision(2);
    return [title, whole(median(perSecond)), range, faster('xstate'), faster('johnnyFive'), target];
  };
  print(
    ['Visit loop', 'visits/s', 'min–max', '× XState', '× johnny-five', 'target'],
    [
      row('Latchkey, frame by frame', 'frameByFrame', '40 ×, aim 100 ×'),
      row('Latchkey, coalesced', 'coalesced', '400 ×, aim 1,000 ×'),
      row('XState', 'xstate', ''),
      row('johnny-five', 'johnnyFive', ''),
    ],
  );
}

function printGrowth(): void {
  const script = fileURLToPath(new URL('growth-run.js', import.meta.url));
  const growths = Array.from({ length: GROWTH_RUNS }, () =>
    Number(execFileSync(process.execPath, [script, String(GROWTH_VISITS)], { encoding: 'utf8' })),
  );
  print(
    ['Growth', 'last thousand ÷ first', 'target'],
    [[`${whole(GROWTH_VISITS)} visits in one world`, median(growths).toFixed(2), '1.1']],
  );
}

function printStartUp(): void {
  const { nodeMs, versionMs, storyMs, versionRatio, storyRatio } = startUp(START_UPS);
  const row = (title: string, ms: number, times: number, target: string): string[] => {
    return [title, `${ms.toFixed(0)} ms`, times.toFixed(2), target];
  };
  print(
    ['Start-up', 'wall time', '× node', 'target'],
    [
      row('node -e 0', nodeMs, 1, ''),
      row('latchkey --version', versionMs, versionRatio, '2, aim 1.4'),
      row('latchkey sim scenarios/01-aligned-door.yaml', storyMs, storyRatio, '5, aim 3'),
    ],
  );
}

async function printDepths(): Promise<void> {
  const targets: Readonly<Record<string, string>> = { avr: '10 × real time' };
  print(
    ['A story of one visit', 'simulated s/s', 'wall time', 'target'],
    (await depthSpeeds(DEPTH_ROUNDS)).map(({ depth, simulatedSPerS, visitMs }) => [
      depth,
      whole(simulatedSPerS),
      `${visitMs.toFixed(0)} ms`,
      targets[depth] ?? '',
    ]),
  );
}

function printLiteralCopies(): void {
  const { literalNs, spreadNs, ratio: times } = literalCopies(1_000_000, ROUNDS);
  print(
    ['Copy of a visit record', 'each', '× literal'],
    [
      ['by a literal', `${literalNs.toFixed(0)} ns`, '1'],
      ['by object spread', `${spreadNs.toFixed(0)} ns`, times.toFixed(1)],
    ],
  );
}

async function printSyncedRecords(): Promise<void> {
  const { journalPerS, barePerS, ratio: times } = await syncedRecords(SYNCED_RECORDS_A_ROUND, SYNC_ROUNDS);
  print(
    ['Records, each synced', 'records/s', '× fdatasync', 'target'],
    [
      ['the journal', whole(journalPerS), times.toFixed(2), '0.8'],
      ['write and fdatasync', whole(barePerS), '1', ''],
    ],
  );
}

async function printDecisions(): Promise<void> {
  const { token, entry } = await decisionSpeeds(DECISIONS_A_ROUND, WARM_UP_ROUNDS, ROUNDS);
  const row = (title: string, { perSecond, ofBare }: DecisionSpeed): string[] => {
    const range = `${whole(quantile(perSecond, 0))}–${whole(quantile(perSecond, 1))}`;
    return [title, whole(median(perSecond)), range, ofBare.toFixed(2), '0.8'];
  };
  print(
    ['Decisions', 'per second', 'min–max', '× bare jose', 'target'],
    [row('a token: the visit is announced', token), row('a token and a proof: the door may open', entry)],
  );
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`${textTable(head, rows)}\n`);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, medians\n`);
checkSameTrace();
printVisits();
printGrowth();
printStartUp();
await printDepths();
printLiteralCopies();
await printDecisions();
await printSyncedRecords();
