import type { AlarmName } from '../../hal/contracts/report.js';
import type { Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

const ALARM_WITHIN_MS = 1000;
const DOOR_SETTLING_MS = 300;

/**
 * S3 unwatched visit: camera lost or frozen (the next frame fails to come) between recording confirmed and the visit's
 * end, and no CameraOffline, CameraStale or RecordingUnconfirmed (with the host-board link
 * dead: HostLinkLost) after 1 s; or, with the door closed, relocking owed to
 * the visit (see RelockDuty) waits for anything but a hand (S10), back-off (L2) or 300 ms of door settling: the motor is
 * not ordered to extend within 400 ms. While LockJammed stands, L2 says when the next attempt is due.
 */
export class UnwatchedVisitMonitor implements Monitor {
  readonly property = 'S3';
  readonly records: RecordHandlers = {
    recordingConfirmed: () => {
      this.reviewAlarm();
    },
    visitEnded: () => {
      if (this.scene.visits.current === null) this.alarmDue.disarm();
    },
  };
  private readonly scene: Scene;
  private readonly alarmDue: Deadline;
  private readonly orderDue: Deadline;
  private alarmedMs = -Infinity;
  /** When a loss was last judged: one that lasts is judged again only a second later. */
  private judgedMs = -Infinity;
  private extendOrderedMs = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    this.alarmDue = scene.truth.deadlines.create((expiredMs) => {
      this.expireAlarm(expiredMs);
    });
    this.orderDue = scene.truth.deadlines.create((expiredMs) => {
      this.expireOrder(expiredMs);
    });
    scene.duty.watch(() => {
      this.reviewOrder();
    });
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (raised && isCameraAlarm(alarm)) this.alarmedMs = nowMs;
  }

  camera(): void {
    this.reviewAlarm();
  }

  motor(nowMs: number, drive: Drive): void {
    if (drive === 'extend') this.extendOrderedMs = nowMs;
    this.reviewOrder();
  }

  hand(): void {
    this.reviewOrder();
  }

  host(): void {
    this.reviewAlarm();
  }

  /** Since when, or from when unless another frame comes, the camera is lost in truth. */
  private lostFromMs(): number {
    const { cameraPowered, cameraPowerSinceMs, newestFrameMs, hostSinceMs } = this.scene.truth;
    const frozenFromMs = newestFrameMs + this.scene.settings.frameIntervalMs;
    const lostFromMs = cameraPowered ? frozenFromMs : Math.min(cameraPowerSinceMs, frozenFromMs);
    return Math.max(lostFromMs, hostSinceMs + LATENCY_MS, this.scene.visits.current?.confirmedMs ?? Infinity);
  }

  private reviewAlarm(): void {
    const { truth, visits } = this.scene;
    const watched = visits.current?.recordingConfirmed ?? false;
    if (!watched || !truth.hostRunning || !truth.cameraLost()) this.alarmDue.disarm();
    else this.alarmDue.arm(Math.max(this.lostFromMs(), this.judgedMs) + ALARM_WITHIN_MS);
  }

  private expireAlarm(expiredMs: number): void {
    this.reviewAlarm();
    if (this.alarmDue.dueMs !== expiredMs) return;
    const { raised, linkUp } = this.scene.truth;
    const alarmed =
      this.alarmedMs >= this.lostFromMs() ||
      raised.has('CameraOffline') ||
      raised.has('CameraStale') ||
      raised.has('RecordingUnconfirmed') ||
      (!linkUp && raised.has('HostLinkLost'));
    if (!alarmed) this.scene.violate('S3', expiredMs, 'the camera is lost in a visit, and no alarm after 1 s');
    this.judgedMs = expiredMs;
    this.reviewAlarm();
  }

  private reviewOrder(): void {
    const { duty, truth } = this.scene;
    const startMs = duty.startMs();
    const underWay = !truth.resting && truth.intentGoal === 'locked';
    const met =
      underWay || truth.drive === 'extend' || this.extendOrderedMs >= startMs || truth.raised.has('LockJammed');
    if (!duty.toVisit || startMs === Infinity || met) this.orderDue.disarm();
    else this.orderDue.arm(startMs + DOOR_SETTLING_MS + LATENCY_MS);
  }

  private expireOrder(expiredMs: number): void {
    this.reviewOrder();
    if (this.orderDue.dueMs > expiredMs) return;
    this.scene.violate('S3', expiredMs, 'relocking in a visit was due 400 ms ago, and the motor is not ordered');
  }
}

function isCameraAlarm(alarm: AlarmName): boolean {
  return alarm === 'CameraOffline' || alarm === 'CameraStale' || alarm === 'RecordingUnconfirmed';
}
