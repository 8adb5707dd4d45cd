import { JamSeries } from './jam-series.js';
import { ManualHold } from './manual-hold.js';
import type { Monitor, PropertyId, ReportViolation } from './monitor.js';
import { RelockDuty } from './relock-duty.js';
import type { MonitorSettings } from './settings.js';
import { Truth } from './truth.js';
import { Verdicts } from './verdicts.js';
import { Visits } from './visits.js';
import { Watch } from './watch.js';

/** What the monitors of one run share. */
export class Scene {
  readonly settings: MonitorSettings;
  readonly truth: Truth;
  readonly visits: Visits;
  readonly hold: ManualHold;
  readonly duty: RelockDuty;
  readonly series: JamSeries;
  readonly verdicts: Verdicts;

  constructor(settings: MonitorSettings, reportViolation: ReportViolation) {
    this.settings = settings;
    this.truth = new Truth();
    this.visits = new Visits(this.truth, settings);
    this.hold = new ManualHold(this.truth, settings.manualHoldMs);
    this.duty = new RelockDuty(this.truth, this.visits, this.hold, settings);
    this.series = new JamSeries(this.truth);
    this.verdicts = new Verdicts(this.truth, reportViolation);
  }

  /** Observes for these monitors, after what they share: each builds on those before it. */
  watch(monitors: readonly Monitor[]): Watch {
    this.verdicts.resumes(monitors);
    const { records } = this.truth;
    const shared = [{ records }, this.visits, this.hold, this.duty, this.series, this.verdicts];
    return new Watch(this.truth, [...shared, ...monitors]);
  }

  violate(property: PropertyId, atMs: number, detail: string): void {
    this.verdicts.violate(property, atMs, detail);
  }
}
