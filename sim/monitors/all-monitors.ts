import type { Observer } from '../observation.js';
import { RelockMonitor } from './l1-relock.js';
import { JamRetriesMonitor } from './l2-jam-retries.js';
import { JammedMonitor } from './l2-jammed.js';
import { NoticesMonitor } from './l3-notices.js';
import { OutcomeMonitor } from './l3-outcome.js';
import { HomingMonitor } from './l4-homing.js';
import { AjarMonitor } from './l5-ajar.js';
import type { Monitor, ReportViolation } from './monitor.js';
import { UnwatchedMonitor } from './s01-unwatched.js';
import { AbandonedUnlockMonitor } from './s02-abandoned-unlock.js';
import { UnwatchedVisitMonitor } from './s03-unwatched-visit.js';
import { MotorAbuseMonitor } from './s04-motor-abuse.js';
import { BoltInTheAirMonitor } from './s05-bolt-in-the-air.js';
import { ReuseMonitor } from './s06-reuse.js';
import { StaleAuthorityMonitor } from './s07-stale-authority.js';
import { LostEvidenceMonitor } from './s08-lost-evidence.js';
import { FalseReportMonitor } from './s09-false-report.js';
import { TrappedMonitor } from './s10-trapped.js';
import { ToggleMonitor } from './s11-toggle.js';
import { Scene } from './scene.js';
import type { MonitorSettings } from './settings.js';

/** The monitors of all properties for one run, as one observer. A violation is reported once an observation proves it. */
export function allMonitors(settings: MonitorSettings, reportViolation: ReportViolation): readonly Observer[] {
  const scene = new Scene(settings, reportViolation);
  const monitors: readonly Monitor[] = [
    new UnwatchedMonitor(scene),
    new AbandonedUnlockMonitor(scene),
    new UnwatchedVisitMonitor(scene),
    new MotorAbuseMonitor(scene),
    new BoltInTheAirMonitor(scene),
    new ReuseMonitor(scene),
    new StaleAuthorityMonitor(scene),
    new LostEvidenceMonitor(scene),
    new FalseReportMonitor(scene),
    new TrappedMonitor(scene),
    new ToggleMonitor(scene),
    new RelockMonitor(scene),
    new JamRetriesMonitor(scene),
    new JammedMonitor(scene),
    new OutcomeMonitor(scene),
    new NoticesMonitor(scene),
    new HomingMonitor(scene),
    new AjarMonitor(scene),
  ];
  return [scene.watch(monitors)];
}
