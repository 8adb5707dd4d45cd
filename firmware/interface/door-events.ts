import type { Notice } from '../../hal/contracts/notices.js';
import type { AlarmName, LockReport, ReportSink } from '../../hal/contracts/report.js';
import { EventRing } from './event-ring.js';

/** What happens at the door, as it is told to whoever listens. */
export type DoorEvent =
  | { readonly kind: 'report'; readonly report: LockReport }
  | { readonly kind: 'alarm'; readonly alarm: AlarmName; readonly raised: boolean }
  | { readonly kind: 'notice'; readonly notice: Notice };

/**
 * Takes in what the lock reports, and keeps the latest of it for streams that are resumed. Owner and household count
 * their events apart, so that nobody learns from gaps how much others were told.
 */
export class DoorEvents implements ReportSink {
  readonly owner: EventRing<DoorEvent>;
  readonly household: EventRing<DoorEvent>;
  /** Notices to workers; which of them are whose is for the stream to tell apart. */
  readonly workers: EventRing<DoorEvent>;
  /** Of the stream `home`, which owner and workers share. */
  private newestNotice = 0;

  /** `boot` names this start of the lock, so that numbers of an earlier one are not taken for its own. */
  constructor(boot: string) {
    this.owner = new EventRing(boot);
    this.household = new EventRing(boot);
    this.workers = new EventRing(boot);
  }

  report(report: LockReport): void {
    const event: DoorEvent = { kind: 'report', report };
    this.owner.push(event);
    this.household.push(event);
  }

  alarm(alarm: AlarmName, raised: boolean): void {
    const event: DoorEvent = { kind: 'alarm', alarm, raised };
    this.owner.push(event);
    this.household.push(event);
  }

  /** As often as it is sent: by its number a repeat is recognised, and told once. */
  notice(notice: Notice): void {
    if ((notice.to !== 'owner' && notice.to !== 'worker') || notice.number <= this.newestNotice) return;
    this.newestNotice = notice.number;
    const event: DoorEvent = { kind: 'notice', notice };
    this.owner.push(event);
    if (notice.to === 'worker') this.workers.push(event);
  }
}
