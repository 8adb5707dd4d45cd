import type { LockDoor } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';

/**
 * The lock as its desk has it. `see` is shown each request before it reaches the lock; a lock that went down while
 * something was verified hears nothing of it any more.
 */
export function observedDoor(lock: LockDoor, isDown: () => boolean, see: (request: Request) => void): LockDoor {
  return {
    get sum() {
      return lock.sum;
    },
    request: (request) => {
      if (isDown()) return 'hostLinkLost';
      see(request);
      return lock.request(request);
    },
    refuse: (request, personId, visitId, reason) => {
      if (!isDown()) lock.refuse(request, personId, visitId, reason);
    },
    utcMs: () => lock.utcMs(),
    report: () => lock.report(),
    synced: () => lock.synced(),
  };
}
