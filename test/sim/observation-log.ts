import { FanOut } from '../../sim/fan-out.js';
import type { Observations } from '../../sim/observation.js';

/** Observations that were made, each as one line: time, name, values. */
export class ObservationLog {
  readonly lines: string[] = [];
  readonly observer: Observations = new Proxy<Observations>(new FanOut([]), {
    get:
      (_, name) =>
      (nowMs: number, ...values: unknown[]) =>
        this.note(nowMs, String(name), values),
  });

  /** All lines of some observations, in order. */
  of(...names: string[]): string[] {
    return this.lines.filter((line) => names.includes(line.split(' ')[1] ?? ''));
  }

  /** The same, and forgets everything: for one part of a test after another. */
  take(...names: string[]): string[] {
    const lines = this.of(...names);
    this.lines.length = 0;
    return lines;
  }

  private note(nowMs: number, name: string, values: readonly unknown[]): void {
    const words = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    this.lines.push([nowMs, name, ...words].join(' '));
  }
}
