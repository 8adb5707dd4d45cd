import type { Purpose } from '../../firmware/access/authority.js';
import type { Resident } from '../../firmware/requests.js';

/** What the monitors must know of the lock they judge: its settable numbers and whom it serves. */
export interface MonitorSettings {
  readonly doorId: string;
  readonly residents: readonly Resident[];
  /** Purposes that the owner lets in while the mode is vacation. */
  readonly vacationPurposes: readonly Purpose[];
  /** How long an unlocked door waits to be opened by a visitor: 5,000 to 120,000 ms. */
  readonly entryWaitMs: number;
  readonly autoRelockMs: number;
  /** How long a manual retraction is left alone (S10): 5,000 to 60,000 ms. */
  readonly manualHoldMs: number;
  /** From one camera frame to the next: 33 to 250 ms. */
  readonly frameIntervalMs: number;
  /** How long the door may stand open before DoorAjar (L5). */
  readonly ajarBoundMs: Readonly<Record<Purpose | 'household', number>>;
}

/** DESIGN's defaults, for the door `front` with nobody behind it. */
export const DEFAULT_MONITOR_SETTINGS: MonitorSettings = {
  doorId: 'front',
  residents: [],
  vacationPurposes: [],
  entryWaitMs: 30_000,
  autoRelockMs: 30_000,
  manualHoldMs: 10_000,
  frameIntervalMs: 100,
  ajarBoundMs: {
    delivery: 60_000,
    deliveryInside: 120_000,
    service: 180_000,
    maintenance: 180_000,
    guest: 180_000,
    household: 300_000,
  },
};
