import type { RefusalReason } from '../journal/records.js';
import { PURPOSE_RULES } from '../settings.js';
import { type CoreEvent, type Picture } from './events.js';
import { switchesOf } from './health.js';
import type { LockState } from './state.js';
import { isJustArrived, isOpen, type Visit } from './visit.js';

/**
 * Why the lock itself refuses what `access` would allow: who asks is known by now, this is about the door, the bolt and
 * the camera. `null` admits. Locking is never refused.
 */
export function refusalOf(state: LockState, event: CoreEvent, nowMs: number): RefusalReason | null {
  switch (event.kind) {
    case 'visitorArrived':
      if (!isOpen(state.visit)) return null;
      return state.visit.visitId === event.visitId ? 'visitUnderWay' : 'anotherVisitOpen';
    case 'visitorRang':
    case 'visitorWithdrew':
    case 'departureStated':
    case 'deliveryClaimed':
      return isOpen(state.visit) && state.visit.visitId === event.visitId ? null : 'visitEnded';
    case 'entryAllowed':
      return entryRefusal(state, event.visitId, event.entry, nowMs);
    case 'unlockAllowed':
      return driveRefusal(state);
    default:
      return null;
  }
}

function entryRefusal(state: LockState, visitId: string, entry: number, nowMs: number): RefusalReason | null {
  const { visit } = state;
  if (!isOpen(visit)) return 'visitEnded';
  if (visit.visitId !== visitId) return 'anotherVisitOpen';
  if (entry <= visit.entriesSpent) return 'entrySpent';
  if (visit.cause !== null) return 'visitEnded';
  if (entry > visit.entries) return 'entrySpent';
  if (entry !== visit.entriesSpent + 1 || !waitsForEntry(visit)) return 'visitUnderWay';
  return (
    visitRefusal(visit, nowMs, state.settings.answerWaitMs) ??
    openingRefusal(state) ??
    pictureRefusal(state.camera.picture, visit, nowMs)
  );
}

function waitsForEntry(visit: Visit): boolean {
  return visit.phase === 'atDoor' || visit.phase === 'between' || visit.phase === 'inside';
}

function visitRefusal(visit: Visit, nowMs: number, answerWaitMs: number): RefusalReason | null {
  if (nowMs >= visit.windowUntilAtMs) return 'windowPassed';
  const waits = PURPOSE_RULES[visit.purpose].ringsFirst && visit.entriesSpent === 0;
  return waits && !(nowMs >= visit.rangAtMs + answerWaitMs) ? 'notRung' : null;
}

/** What must hold before the bolt is drawn by motor for anybody. */
function driveRefusal(state: LockState): RefusalReason | null {
  const { health, bolt, switchesFitted } = state;
  if (health.boardLink === 'down') return 'hostLinkLost';
  if (health.contradiction) return 'sensorContradiction';
  if (switchesOf(switchesFitted, health) !== 'trusted' || bolt.place === 'unknown') return 'positionUnknown';
  if (!health.storeWorking) return 'storeFailed';
  return health.supply === 'tooLow' ? 'batteryLow' : null;
}

/** What must hold before it is drawn for a visitor. */
export function openingRefusal(state: LockState): RefusalReason | null {
  const reason = driveRefusal(state);
  if (reason !== null) return reason;
  const { bolt, door, alerts } = state;
  if (alerts.forcedOpen) return 'sensorContradiction';
  if (bolt.jammed) return 'jammed';
  if (door.closed !== true) return 'doorOpen';
  return bolt.place === 'extended' && bolt.phase === 'resting' ? null : 'notLocked';
}

function pictureRefusal(picture: Picture, visit: Visit, nowMs: number): RefusalReason | null {
  if (picture === 'off') return isJustArrived(visit, nowMs) ? null : 'cameraOff';
  return picture === 'stale' ? 'cameraStale' : null;
}
