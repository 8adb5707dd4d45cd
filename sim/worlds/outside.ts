import type { RecordStore } from '../../firmware/journal/record-store.js';
import type { WallClock } from '../../hal/contracts/clock.js';
import type { Entropy } from '../../hal/contracts/entropy.js';
import type { NoticeTransport } from '../../hal/contracts/notices.js';

/** What the lock reaches beyond its door, where that is real: faults of the simulated parts do not touch it. */
export interface Outside {
  readonly wallClock: WallClock;
  readonly notices: NoticeTransport;
  /** Real too: what it makes are keys and codes that somebody may rely on. */
  readonly entropy: Entropy;
  /** Called at each boot of the firmware. */
  openRecords(): RecordStore;
}

/** The outside as one boot of the firmware has it: after its end nobody hears an answer that is still on its way. */
export function outsideOfBoot(
  outside: Outside,
  isOver: () => boolean,
): Pick<Outside, 'wallClock' | 'notices'> & { readonly records: RecordStore } {
  const { wallClock, notices } = outside;
  const records = outside.openRecords();
  const heard =
    <Answer extends unknown[]>(listener: (...answer: Answer) => void) =>
    (...answer: Answer): void => {
      if (!isOver()) listener(...answer);
    };
  return {
    wallClock: { nowUtcMs: () => wallClock.nowUtcMs(), watch: (listener) => wallClock.watch(heard(listener)) },
    notices: {
      send: (notice, done) => notices.send(notice, heard(done)),
      beat: (heartbeat) => notices.beat(heartbeat),
    },
    records: {
      append: (record) => records.append(record),
      sync: (done) => records.sync(heard(done)),
      load: () => records.load(),
      replace: (snapshot) => records.replace(snapshot),
      dropBefore: (number) => records.dropBefore(number),
    },
  };
}
