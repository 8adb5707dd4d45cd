import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import * as v from 'valibot';
import { jsonlReport } from '../sim/report/jsonl.js';
import type { RunTitle } from '../sim/report/jsonl.js';
import { storyExitCode, worstExitCode } from '../sim/report/story-result.js';
import type { StoryResult } from '../sim/report/story-result.js';
import { summaryJson } from '../sim/report/summary.js';
import { vcdReport } from '../sim/report/vcd.js';
import { runStory } from '../sim/run-story.js';
import type { ShownRun } from '../sim/run-story.js';
import { loadScenario } from '../sim/scenario/load.js';
import type { Scenario } from '../sim/scenario/scenario.js';
import type { MakeWorld } from '../sim/world.js';
import { BadInput } from './bad-input.js';
import type { Fidelity, WorldsAt } from './fidelity.js';
import { worldsAt } from './fidelity.js';
import { Progress } from './progress.js';
import { ReportFolder } from './report-folder.js';
import { shellWord } from './shell-word.js';
import { findScenarioFiles, readScenarioFile } from './scenario-files.js';
import { shippedBoardsFile } from './shipped-boards.js';
import { StoryPages } from './story-pages.js';
import { processTerminal } from './terminal.js';
import type { Terminal } from './terminal.js';

/** What `latchkey sim` was asked for, beyond the scenarios. */
export interface SimOptions {
  readonly seed: number;
  readonly fidelity: Fidelity;
  /** An Intel HEX file that the emulated board runs in place of Latchkey's own image. */
  readonly image?: string;
  /** Plays each story at every depth, and shows where they differ. */
  readonly compare: boolean;
  /** Only stories whose name or file contains this, in capitals or not. */
  readonly filter?: string;
  readonly out?: string;
  /** None named, and an `out`: all of them. */
  readonly reports: readonly ReportFormat[];
  /** Real time for each story. */
  readonly timeoutSeconds?: number;
  readonly json: boolean;
}

export type ReportFormat = 'junit' | 'vcd' | 'jsonl';

const allReports: readonly ReportFormat[] = ['junit', 'vcd', 'jsonl'];

/** What the command needs of the world around it. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly worldsAt: WorldsAt;
  /** Played when no scenario is named. */
  readonly shippedScenarios: string;
}

const exitBadInput = 2;

/** The ones that come with the package; the built command line lies two folders below it. */
const shippedScenarios = join(import.meta.dirname, '../../scenarios');

function surroundings(): Surroundings {
  return {
    terminal: processTerminal(),
    worldsAt,
    shippedScenarios: relative('', shippedScenarios),
  };
}

/** Plays the scenarios and returns the exit code. */
export async function runSim(
  scenarioPaths: readonly string[],
  options: SimOptions,
  around: Surroundings = surroundings(),
): Promise<number> {
  try {
    const paths = scenarioPaths.length === 0 ? [around.shippedScenarios] : scenarioPaths;
    const scenarios = chosen(await readScenarios(findScenarioFiles(paths)), options.filter);
    if (options.compare) {
      const { compareStories } = await import('./compare-stories.js');
      return await compareStories(scenarios, options, around.worldsAt, around.terminal);
    }
    const makeWorld = await around.worldsAt(options.fidelity, options.image, onceEach(around.terminal.error));
    return await new Simulation(scenarios, options, makeWorld, around.terminal).run();
  } catch (error) {
    if (!(error instanceof Error && isForTheUser(error))) throw error;
    around.terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

/** By name: what is loaded from another bundle brings classes of its own. */
function isForTheUser({ name }: Error): boolean {
  return name === 'BadInput' || name === 'DocumentError' || name === 'TraceTooLongError';
}

/** All are read before any is played, so that bad input is found before anything is done. */
async function readScenarios(files: readonly string[]): Promise<Scenario[]> {
  const boardIds = await shippedBoardIds();
  const scenarios: Scenario[] = [];
  for (const file of files) scenarios.push(loadScenario({ text: await readScenarioFile(file), file }, boardIds));
  return scenarios;
}

const boardsOutline = v.object({ boards: v.array(v.object({ id: v.string() })) });

/** The file comes with the package and is tested there: to read it in full would cost more than a story. */
async function shippedBoardIds(): Promise<string[]> {
  const outline = v.parse(boardsOutline, JSON.parse(await readFile(shippedBoardsFile, 'utf8')));
  return outline.boards.map(({ id }) => id);
}

function chosen(scenarios: readonly Scenario[], filter: string | undefined): readonly Scenario[] {
  if (filter === undefined) return scenarios;
  const wanted = filter.toLowerCase();
  const matching = scenarios.filter(({ story, file }) => `${story}\n${file}`.toLowerCase().includes(wanted));
  if (matching.length > 0) return matching;
  throw new BadInput(`no story has "${filter}" in its name or file; without --filter there are ${scenarios.length}`);
}

/** The scenarios of one command, played one after the other. */
class Simulation {
  private readonly scenarios: readonly Scenario[];
  private readonly options: SimOptions;
  private readonly makeWorld: MakeWorld;
  private readonly terminal: Terminal;
  private readonly pages: StoryPages;
  private readonly progress: Progress;
  private readonly reports: readonly ReportFormat[];
  private readonly reportNames = new Set<string>();

  constructor(scenarios: readonly Scenario[], options: SimOptions, makeWorld: MakeWorld, terminal: Terminal) {
    this.scenarios = scenarios;
    this.options = options;
    this.makeWorld = makeWorld;
    this.terminal = terminal;
    this.pages = new StoryPages(scenarios, terminal);
    this.progress = new Progress(terminal);
    this.reports = options.reports.length === 0 ? allReports : options.reports;
  }

  async run(): Promise<number> {
    const { out } = this.options;
    const folder = out === undefined ? null : new ReportFolder(out);
    try {
      return await this.playAll(folder);
    } finally {
      this.progress.clear();
      folder?.close();
    }
  }

  private async playAll(folder: ReportFolder | null): Promise<number> {
    const { terminal } = this;
    const { json } = this.options;
    const startedAtMs = terminal.nowMs();
    const results: StoryResult[] = [];
    for (const scenario of this.scenarios) {
      const { result, shown } = await this.play(scenario, results.length);
      results.push(result);
      this.progress.clear();
      if (!json) this.pages.show(scenario, result, shown);
      if (folder !== null) this.writeTraces(folder, scenario, shown);
    }
    if (folder !== null && this.reports.includes('junit')) {
      // Loaded for those who ask for it: it costs more than a story.
      const { junitReport } = await import('../sim/report/junit.js');
      folder.write('junit.xml', junitReport(results));
    }
    const exitCode = worstExitCode(results.map(storyExitCode));
    const wallMs = terminal.nowMs() - startedAtMs;
    if (json) terminal.out(summaryJson(results, exitCode, wallMs));
    else this.pages.end(results, wallMs);
    return exitCode;
  }

  private async play(scenario: Scenario, storiesDone: number): Promise<{ result: StoryResult; shown: ShownRun }> {
    const { terminal, makeWorld } = this;
    const { seed, fidelity, image, timeoutSeconds = Infinity } = this.options;
    const startedAtMs = terminal.nowMs();
    let run = '';
    const { shown, ...played } = await runStory(scenario, {
      seed,
      makeWorld,
      onRun: (done, of) => {
        run = of === 1 ? '' : `, run ${done + 1} of ${of}`;
      },
      isOutOfTime: () => {
        this.progress.show(() => `story ${storiesDone + 1} of ${this.scenarios.length}${run}: ${scenario.story}`);
        return terminal.nowMs() - startedAtMs > timeoutSeconds * 1000;
      },
    });
    const { story, file } = scenario;
    const wallMs = terminal.nowMs() - startedAtMs;
    const depth = fidelity === 'model' ? '' : ` --fidelity ${fidelity}`;
    const ofImage = image === undefined ? '' : ` --image ${shellWord(image)}`;
    const replay = `latchkey sim ${shellWord(file)} --seed ${seed}${depth}${ofImage}`;
    return { result: { ...played, story, file, seed, fidelity, wallMs, replay }, shown };
  }

  private writeTraces(folder: ReportFolder, { story, file }: Scenario, { sweepPoint, events }: ShownRun): void {
    const { seed, fidelity } = this.options;
    const title: RunTitle = { story, file, seed, fidelity, sweepPoint };
    const name = this.reportName(file);
    if (this.reports.includes('vcd')) folder.write(`${name}.vcd`, vcdReport(title, events));
    if (this.reports.includes('jsonl')) folder.write(`${name}.jsonl`, jsonlReport(title, events));
  }

  /** As the scenario's file is called; the second of that name is numbered. */
  private reportName(file: string): string {
    const plain = basename(file, '.yaml');
    let name = plain;
    for (let number = 2; this.reportNames.has(name); number += 1) name = `${plain}-${number}`;
    this.reportNames.add(name);
    return name;
  }
}

/** Every world gives the same warnings. */
function onceEach(tell: (text: string) => void): (warning: string) => void {
  const told = new Set<string>();
  return (warning) => {
    if (!told.has(warning)) tell(`latchkey: warning: ${warning}\n`);
    told.add(warning);
  };
}
