/** The workload: one delivery, the same for everybody. All times in milliseconds from the beginning of the visit. */
export const VISIT = {
  ringAtMs: 5_000,
  enterAtMs: 16_000,
  openDoorAtMs: 22_000,
  closeDoorAtMs: 30_000,
  departAtMs: 57_000,
  endAtMs: 63_000,
  /** What the camera sends while it is on, from its first frame 3,040 ms after the arrival up to the departure. */
  frames: 540,
} as const;

/** A lock at a simulated door, whoever built it, and what people do there. */
export interface Site {
  nowMs(): number;
  /** Lets everything happen that is due up to then. */
  advanceTo(atMs: number): void;
  /** The visit is announced, and its visitor stands at the door. */
  arrive(visitId: string): void;
  ring(visitId: string): void;
  enter(visitId: string): void;
  /** Throws if the bolt holds the door. */
  openDoor(): void;
  closeDoor(): void;
  depart(visitId: string): void;
  /** What came of the latest visit. */
  result(): VisitResult;
}

export interface VisitResult {
  /** Visits that ended as planned, since the site exists. */
  readonly completed: number;
  readonly boltExtended: boolean;
  readonly doorClosed: boolean;
  readonly frames: number;
  /** Properties that did not hold; 0 where nothing watches them. */
  readonly violations: number;
}

/** Plays visits at one site, and throws unless each does all the work: a benchmark that does not would be a lie. */
export class VisitLoop {
  private readonly site: Site;
  private played = 0;

  constructor(site: Site) {
    this.site = site;
  }

  play(visits: number): void {
    for (let visit = 0; visit < visits; visit += 1) {
      playVisit(this.site, `visit-${this.played}`);
      this.played += 1;
      checkResult(this.site.result(), this.played);
    }
  }
}

function playVisit(site: Site, visitId: string): void {
  const beginMs = site.nowMs();
  site.arrive(visitId);
  site.advanceTo(beginMs + VISIT.ringAtMs);
  site.ring(visitId);
  site.advanceTo(beginMs + VISIT.enterAtMs);
  site.enter(visitId);
  site.advanceTo(beginMs + VISIT.openDoorAtMs);
  site.openDoor();
  site.advanceTo(beginMs + VISIT.closeDoorAtMs);
  site.closeDoor();
  site.advanceTo(beginMs + VISIT.departAtMs);
  site.depart(visitId);
  site.advanceTo(beginMs + VISIT.endAtMs);
}

function checkResult(result: VisitResult, played: number): void {
  const { completed, boltExtended, doorClosed, frames, violations } = result;
  const isDone = completed === played && boltExtended && doorClosed && frames === VISIT.frames && violations === 0;
  if (!isDone) throw new Error(`visit ${played} did not do the work: ${JSON.stringify(result)}`);
}
