import type { Stage } from './stage.js';

/** A delivery whose door stands open since 14 s. */
export function entered(s: Stage): Stage {
  return s.at(10_000).retractForVisitor().travel('unlocked').at(14_000).moveDoor(false);
}

/** The door of a delivery closes at 20 s, and a first attempt at locking jams at 21 s. */
export function jammedOnce(s: Stage): Stage {
  entered(s).at(20_000).moveDoor(true).at(20_300).relock().at(20_800).bolt('between').stalled(true);
  return s.at(21_000).motor('off').record({ kind: 'jamDetected', goal: 'locked', attempt: 1 });
}

/** The household unlocks, at 10 s at the earliest. */
export function unlocked(s: Stage): Stage {
  return s.at(Math.max(s.nowMs, 10_000)).intend('unlocked', 'remote').motor('retract').travel('unlocked');
}

/** A bolt that a hand retracted at 1 s; it is 20 s now. */
export function turnedIn(s: Stage): Stage {
  return s.at(1000).turnBolt('retracted').at(20_000);
}

/** One drive of a relock that stalls short of the end, cut after 800 ms, and 100 ms later its relief of 200 ms. */
export function jammedDrive(s: Stage, relief = true): Stage {
  const startMs = s.nowMs;
  s.motor('extend')
    .at(startMs + 600)
    .bolt('between')
    .stalled(true)
    .at(startMs + 800)
    .stalled(false)
    .motor('off');
  s.record({ kind: 'jamDetected', goal: 'locked', attempt: 1 });
  if (relief)
    s.at(startMs + 900)
      .motor('retract')
      .at(startMs + 1100)
      .motor('off');
  return s;
}

/** The jammed drives of one attempt at locking, with the back-offs between them: 7.9 s in all. */
export function jammedAttempt(s: Stage, backOffsMs: readonly number[] = [500, 1000, 2000]): Stage {
  jammedDrive(s.intend('locked', 'auto'));
  for (const backOffMs of backOffsMs) jammedDrive(s.at(s.nowMs + backOffMs));
  return s;
}

/** LockJammed is raised, and the owner told. */
export function raiseJammed(s: Stage): Stage {
  return s.alarm('LockJammed').queued('owner', 'alarmRaised', 'LockJammed');
}

/** JAMMED for good since 27.9 s, the attempt begun at 20 s. */
export function jammedForGood(s: Stage): Stage {
  return raiseJammed(jammedAttempt(turnedIn(s))).ended('locked', 'jammed');
}
