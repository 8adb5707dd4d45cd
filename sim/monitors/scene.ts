import type { Observer } from '../observation.js';
import { JamSeries } from './jam-series.js';
import { ManualHold } from './manual-hold.js';
import type { PropertyId, ReportViolation } from './monitor.js';
import { RelockDuty } from './relock-duty.js';
import type { MonitorSettings } from './settings.js';
import { Truth } from './truth.js';
import { Verdicts } from './verdicts.js';
import { Visits } from './visits.js';

/** What the monitors of one run share. Its observers stand before them, in this order. */
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

  observers(): readonly Observer[] {
    return [this.truth, this.visits, this.hold, this.duty, this.series, this.verdicts];
  }

  violate(property: PropertyId, atMs: number, detail: string): void {
    this.verdicts.violate(property, atMs, detail);
  }
}
