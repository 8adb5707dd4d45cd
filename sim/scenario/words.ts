import type { NoticeKind } from '../../hal/contracts/notices.js';
import type { AlarmName, Mode, Position } from '../../hal/contracts/report.js';
import type { JournalEvent, Outcome, RefusalReason } from '../../firmware/journal/records.js';
import type { Purpose } from '../../firmware/access/authority.js';
import type { Role } from '../../firmware/requests.js';

/**
 * The lock's names in the words of a story. Each table holds every name of its kind (the compiler sees to it), and
 * each name has one spelling only.
 */

/** `LockJammed` and `lockJammed` are both "lock jammed". */
export function inWords(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase();
}

/** The words of each name, for looking names up. */
export function byWords<Name extends string>(names: readonly Name[]): ReadonlyMap<string, Name> {
  return new Map(names.map((name) => [inWords(name), name]));
}

function everyName<Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(names) as Name[];
}

export const positions = everyName<Position>({ locked: true, unlocked: true, notFullyLocked: true, unknown: true });

export const modes = everyName<Mode>({ normal: true, privacy: true, vacation: true, passage: true, lockDown: true });

export const purposes = everyName<Purpose>({
  delivery: true,
  deliveryInside: true,
  service: true,
  maintenance: true,
  guest: true,
});

/** Couriers, walkers and cleaners are workers; the story calls them by their trade. */
export const roles: Readonly<Record<string, Role>> = {
  owner: 'owner',
  household: 'household',
  guest: 'guest',
  worker: 'worker',
  courier: 'worker',
  walker: 'worker',
  cleaner: 'worker',
};

export const alarms = everyName<AlarmName>({
  LockJammed: true,
  WrongCodeEntryLimit: true,
  DoorForcedOpen: true,
  DoorAjar: true,
  CameraOffline: true,
  CameraStale: true,
  RecordingUnconfirmed: true,
  RelockFailed: true,
  DepartureUnconfirmed: true,
  SensorContradiction: true,
  HostLinkLost: true,
  BatteryLow: true,
  StoreFailed: true,
});

export const notices = everyName<NoticeKind>({
  announced: true,
  corrected: true,
  atDoor: true,
  rang: true,
  recording: true,
  unlocked: true,
  entered: true,
  relocked: true,
  refused: true,
  alarmRaised: true,
  alarmCleared: true,
  hint: true,
  visitEnded: true,
  modeChanged: true,
  prolonged: true,
  accessChanged: true,
  summary: true,
});

export const outcomes = everyName<Outcome>({
  completed: true,
  departureUnconfirmed: true,
  leftUnlocked: true,
  notEntered: true,
  entryBlocked: true,
  withdrawn: true,
  answeredAtDoor: true,
  denied: true,
  endedByOwner: true,
  lockedDown: true,
  cameraLost: true,
  unlockFailed: true,
  interrupted: true,
  replaced: true,
  revoked: true,
  missed: true,
});

export const refusals = everyName<RefusalReason>({
  unknownPerson: true,
  unknownVisit: true,
  visitEnded: true,
  notYourVisit: true,
  wrongDoor: true,
  tooEarly: true,
  windowPassed: true,
  clockUnset: true,
  revoked: true,
  entrySpent: true,
  notRung: true,
  anotherVisitOpen: true,
  visitUnderWay: true,
  notArrived: true,
  lockAsked: true,
  cameraOff: true,
  cameraBooting: true,
  cameraStale: true,
  recordingUnconfirmed: true,
  storeFailed: true,
  positionUnknown: true,
  sensorContradiction: true,
  jammed: true,
  hostLinkLost: true,
  batteryLow: true,
  doorOpen: true,
  notLocked: true,
  mode: true,
  notAllowed: true,
  tooManyVisits: true,
  invalidGrant: true,
  notProved: true,
  wrongDevice: true,
  malformedStatement: true,
  badSignature: true,
  unknownProvider: true,
  unknownKey: true,
  badChallenge: true,
  tokenExpired: true,
  clockSkew: true,
  tokenTooOld: true,
  outsideHours: true,
  petLoose: true,
  certificateMissing: true,
  notMet: true,
  tooFarAway: true,
  distanceUnknown: true,
  notesUnread: true,
  deniedByPolicy: true,
  purposeNotAllowed: true,
  wrongCode: true,
  codeExpired: true,
  lockedOut: true,
  prolongedTooFar: true,
  staleList: true,
  tooMany: true,
  nothingToRevoke: true,
  invalidRequest: true,
});

export const records = everyName<JournalEvent['kind']>({
  booted: true,
  visitAnnounced: true,
  visitorArrived: true,
  visitorRang: true,
  entryAccepted: true,
  recordingConfirmed: true,
  requestRefused: true,
  driveIntended: true,
  jamDetected: true,
  driveEnded: true,
  boltMovedByHand: true,
  positionFound: true,
  doorMoved: true,
  departed: true,
  deliveryClaimed: true,
  withdrawn: true,
  visitStopped: true,
  visitEnded: true,
  alarmRaised: true,
  alarmCleared: true,
  modeChanged: true,
  visitProlonged: true,
  distanceReported: true,
  notesAcknowledged: true,
  boltAsked: true,
  providerEnrolled: true,
  guestSet: true,
  codeSet: true,
  codeAccepted: true,
  codeRefused: true,
  accessKeySet: true,
  policySet: true,
  workerMet: true,
  petLooseSet: true,
  revoked: true,
  revocationsTaken: true,
  calendarTrusted: true,
  refusalsOmitted: true,
  noticeQueued: true,
  noticesDelivered: true,
  snapshot: true,
});
