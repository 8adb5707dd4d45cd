import type { DocumentPath } from '../../hal/document-tree.js';
import type { ScenarioDocument } from './schema.js';
import type { StoryContext } from './story-context.js';
import { momentOnDayUtcMs, momentUtcMs } from './times.js';

/** Reads moments of one entry under "given", and tells of those that do not exist. */
export class MomentReader {
  private readonly beginsUtcMs: number;
  private readonly place: DocumentPath;
  private readonly problemAt: StoryContext['problemAt'];

  constructor({ begins }: ScenarioDocument['given'], place: DocumentPath, { problemAt }: StoryContext) {
    this.beginsUtcMs = momentUtcMs(begins) ?? 0;
    this.place = place;
    this.problemAt = problemAt;
  }

  /** `null` where the text is none, or no moment. */
  utcMs(key: string, text: string | undefined): number | null {
    if (text === undefined) return null;
    const utcMs = momentOnDayUtcMs(text, this.beginsUtcMs);
    if (utcMs === null) this.fail(key, `"${text}" is no moment; write for example "09:00" or "2026-03-03 09:00"`);
    return utcMs;
  }

  /** From inclusive, until exclusive. */
  window(from: string | undefined, until: string | undefined): { fromUtcMs: number; untilUtcMs: number } {
    const fromUtcMs = this.utcMs('from', from);
    const untilUtcMs = this.utcMs('until', until);
    if (fromUtcMs !== null && untilUtcMs !== null && untilUtcMs <= fromUtcMs) {
      this.fail('until', '"until" must come after "from"; exchange or correct them');
    }
    return { fromUtcMs: fromUtcMs ?? 0, untilUtcMs: untilUtcMs ?? 0 };
  }

  fail(key: string, message: string): void {
    this.problemAt([...this.place, key], message);
  }
}
