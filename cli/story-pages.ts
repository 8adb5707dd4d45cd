import { chronicle } from '../sim/report/chronicle.js';
import { storyExitCode } from '../sim/report/story-result.js';
import type { StoryResult } from '../sim/report/story-result.js';
import { timelineText } from '../sim/report/timeline.js';
import { failureText, summaryText, verdictLine, verdictText } from '../sim/report/verdict.js';
import type { ShownRun } from '../sim/run-story.js';
import type { Scenario } from '../sim/scenario/scenario.js';
import { inWords } from '../sim/scenario/words.js';
import type { Paint } from '../sim/report/tone.js';
import type { Terminal } from './terminal.js';

/** Chosen: leaves room for hash and outcome. */
const nameWidthMax = 50;

/** What a person sees: one story in full; of many, a line each, and in the end those in full that failed. */
export class StoryPages {
  private readonly terminal: Terminal;
  private readonly isAlone: boolean;
  private readonly nameWidth: number;
  private readonly failedPages: string[] = [];

  constructor(scenarios: readonly Scenario[], terminal: Terminal) {
    this.terminal = terminal;
    this.isAlone = scenarios.length === 1;
    this.nameWidth = Math.min(Math.max(...scenarios.map(({ story }) => story.length)), nameWidthMax);
  }

  /** Called after each story. */
  show(scenario: Scenario, result: StoryResult, shown: ShownRun): void {
    const { out, paint } = this.terminal;
    if (this.isAlone) {
      out(page(scenario, result, shown, paint));
      return;
    }
    out(verdictLine(result, this.nameWidth, paint));
    if (storyExitCode(result) !== 0) this.failedPages.push(page(scenario, result, shown, paint));
  }

  /** Called after the last story. */
  end(results: readonly StoryResult[], wallMs: number): void {
    if (this.isAlone) return;
    const { out, paint } = this.terminal;
    for (const failed of this.failedPages) out(`\n${failed}`);
    out(`\n${summaryText(results, wallMs, paint)}`);
  }
}

function page(scenario: Scenario, result: StoryResult, { sweepPoint, events }: ShownRun, paint: Paint): string {
  const headline = { title: titleOf(scenario, result, sweepPoint), tells: scenario.tells };
  return [
    timelineText(headline, chronicle(events, scenario.people), paint),
    verdictText(result, paint),
    failureText(result, paint),
  ].join('');
}

function titleOf({ story, world }: Scenario, { seed, fidelity, runs }: StoryResult, sweepPoint: string | null): string {
  const place = `${inWords(world.lock)} lock, ${inWords(world.door)} door`;
  const shown = sweepPoint === null ? [] : [`of ${runs.length} runs, the one with ${sweepPoint}`];
  const depth = fidelity === 'model' ? [] : [`fidelity ${fidelity}`];
  return [story, place, `seed ${seed}`, ...depth, ...shown].join(' · ');
}
