import type { LockDoor } from '../../firmware/desk.js';
import type { Signal } from '../../firmware/signals.js';

/** The lock as its desk has it: `hear` is told of what reaches the lock before it does. */
export function heardDoor(lock: LockDoor, hear: (signal: Signal) => void): LockDoor {
  return {
    get sum() {
      return lock.sum;
    },
    request: (request) => {
      hear({ in: 'request', request });
      return lock.request(request);
    },
    refuse: (request, personId, visitId, reason) => {
      hear({ in: 'refusal', request, personId, visitId, reason });
      lock.refuse(request, personId, visitId, reason);
    },
    utcMs: () => lock.utcMs(),
    report: () => lock.report(),
    synced: () => lock.synced(),
  };
}
