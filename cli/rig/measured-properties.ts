import type { Resident } from '../../firmware/requests.js';
import { allMonitors } from '../../sim/monitors/all-monitors.js';
import type { PropertyId, Violation } from '../../sim/monitors/monitor.js';
import { DEFAULT_MONITOR_SETTINGS } from '../../sim/monitors/settings.js';
import type { Observer } from '../../sim/observation.js';

/**
 * The properties for which end switches, door contact and the lock's own orders, reports and records are enough. All
 * others need what only a simulated world knows: hands, the motor's pins and current, the age of a picture, the calendar.
 */
export const MEASURED_PROPERTIES: readonly PropertyId[] = ['S5', 'S9', 'S11'];

/** Judges them by what is measured: a sensor that lies to the lock lies here too. */
export class MeasuredProperties {
  /** The first of each property. */
  readonly violations: Violation[] = [];
  readonly monitors: readonly Observer[];

  constructor(doorId: string, residents: readonly Resident[]) {
    this.monitors = allMonitors({ ...DEFAULT_MONITOR_SETTINGS, doorId, residents }, (violation) => {
      const { property } = violation;
      if (!MEASURED_PROPERTIES.includes(property)) return;
      if (!this.violations.some((earlier) => earlier.property === property)) this.violations.push(violation);
    });
  }
}
