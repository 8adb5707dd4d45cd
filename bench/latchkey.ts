import type { JournalRecord } from '../firmware/journal/records.js';
import type { Request } from '../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../firmware/settings.js';
import { FanOut } from '../sim/fan-out.js';
import { allMonitors } from '../sim/monitors/all-monitors.js';
import { DEFAULT_MONITOR_SETTINGS } from '../sim/monitors/settings.js';
import type { BoltPlace, Observer } from '../sim/observation.js';
import { CAMERA_PROFILE } from '../sim/plant/profiles.js';
import { ModelWorld } from '../sim/worlds/model.js';
import type { Site, VisitResult } from './visit.js';

const BEGINS_UTC_MS = Date.UTC(2026, 2, 3, 10, 15);
const VISITOR_ID = 'Carla';
const WINDOW_MS = 600_000;
const { doorId } = DEFAULT_SETTINGS;
const residents = [{ id: 'Olga', role: 'owner' }] as const;

/** What the visits came to, seen from outside like everything else. */
class Outcome implements Observer {
  completed = 0;
  boltExtended = false;
  doorClosed = false;
  frameCount = 0;

  bolt(_nowMs: number, place: BoltPlace): void {
    this.boltExtended = place === 'extended';
  }

  door(_nowMs: number, closed: boolean): void {
    this.doorClosed = closed;
  }

  cameraPower(_nowMs: number, on: boolean): void {
    if (on) this.frameCount = 0;
  }

  frames(_nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void {
    this.frameCount += 1 + (lastCapturedMs - firstCapturedMs) / CAMERA_PROFILE.frameIntervalMs;
  }

  record(_nowMs: number, { event }: JournalRecord): void {
    if (event.kind === 'visitEnded' && event.outcome === 'completed') this.completed += 1;
  }
}

/** The shipping lock in the model world, with every monitor on; `observers` see its visits besides. */
export class LatchkeySite implements Site {
  private readonly world: ModelWorld;
  private readonly outcome = new Outcome();
  private violations = 0;

  constructor({ coalesce, observers = [] }: { coalesce: boolean; observers?: readonly Observer[] }) {
    const monitors = allMonitors({ ...DEFAULT_MONITOR_SETTINGS, doorId, residents }, () => (this.violations += 1));
    const settings = {
      lock: 'slim',
      door: 'aligned',
      board: 'sim',
      doorId,
      timeZone: 'UTC',
      beginsUtcMs: BEGINS_UTC_MS,
      residents,
    } as const;
    const observer = new FanOut([...monitors, this.outcome, ...observers]);
    this.world = new ModelWorld(settings, 1, observer, { coalesce, journalBytes: false });
    this.world.advanceTo(1_000);
  }

  nowMs(): number {
    return this.world.nowMs();
  }

  advanceTo(atMs: number): void {
    this.world.advanceTo(atMs);
  }

  arrive(visitId: string): void {
    const nowUtcMs = BEGINS_UTC_MS + this.nowMs();
    const grant = {
      id: visitId,
      personId: VISITOR_ID,
      doorId,
      purpose: 'delivery',
      fromUtcMs: nowUtcMs,
      untilUtcMs: nowUtcMs + WINDOW_MS,
      entries: 1,
      issuance: null,
    } as const;
    this.ask({ kind: 'announceVisit', grant });
    this.ask({ kind: 'arrive', personId: VISITOR_ID, visitId });
  }

  ring(visitId: string): void {
    this.ask({ kind: 'ring', personId: VISITOR_ID, visitId });
  }

  enter(visitId: string): void {
    this.ask({ kind: 'enter', personId: VISITOR_ID, visitId, entry: 1 });
  }

  openDoor(): void {
    const prevented = this.world.hand({ kind: 'openDoor' });
    if (prevented !== null) throw new Error(prevented);
  }

  closeDoor(): void {
    this.world.hand({ kind: 'closeDoor' });
  }

  depart(visitId: string): void {
    this.ask({ kind: 'depart', personId: VISITOR_ID, visitId });
  }

  result(): VisitResult {
    const { completed, boltExtended, doorClosed, frameCount } = this.outcome;
    return { completed, boltExtended, doorClosed, frames: frameCount, violations: this.violations };
  }

  private ask(request: Request): void {
    if (!this.world.request(request, 'network')) throw new Error(`the lock did not hear ${request.kind}`);
  }
}
