import { expect } from 'chai';
import type { Outcome } from '../../../firmware/journal/records.js';
import { CoreDriver } from '../support/core-driver.js';
import { jamForGood, throwBolt, visitAt, visitOn } from '../support/stories.js';

/** The door is closed behind somebody, and the bolt goes home. */
function closeAndLock(lock: CoreDriver): CoreDriver {
  return throwBolt(lock.door('closed').pass(300), 'extended');
}

/** Somebody inside lets themselves out by the thumb-turn. */
function leave(lock: CoreDriver): CoreDriver {
  return closeAndLock(lock.bolt('between').pass(100).bolt('retracted').pass(500).door('open').pass(2_000));
}

/** Denied, withdrawn or given up with the bolt in: it goes home. */
function goHome(lock: CoreDriver): CoreDriver {
  return throwBolt(lock.pass(60), 'extended');
}

interface Path {
  readonly outcome: Outcome;
  readonly story: string;
  readonly play: () => CoreDriver;
}

const BETWEEN = (): CoreDriver => leave(visitAt('inside', { entries: 2 }));

const PATHS: readonly Path[] = [
  { outcome: 'completed', story: 'in, and out by the thumb-turn', play: () => leave(visitAt('inside')) },
  { outcome: 'completed', story: 'in, and the worker says goodbye', play: () => visitAt('inside').depart() },
  {
    outcome: 'completed',
    story: 'goodbye is said before the bolt is home',
    play: () => goHome(visitAt('relocking').depart().pass(240)),
  },
  { outcome: 'completed', story: 'a guest is let in', play: () => visitAt('inside', { purpose: 'guest' }) },
  {
    outcome: 'completed',
    story: 'two entries of two',
    play: () => leave(visitOn(BETWEEN(), 'accepted', 'inside', 2)),
  },
  {
    outcome: 'completed',
    story: 'one entry of two, and the window ends',
    play: () => leave(visitAt('inside', { entries: 2, windowUntilAtMs: 600_000 })).pass(600_000),
  },
  { outcome: 'departureUnconfirmed', story: 'in, and nothing more', play: () => visitAt('inside').pass(60_000) },
  {
    outcome: 'departureUnconfirmed',
    story: 'the owner ends it with somebody inside, who stays',
    play: () => visitAt('inside', { purpose: 'service' }).stopVisit().pass(60_000),
  },
  { outcome: 'leftUnlocked', story: 'the door is left open', play: () => visitAt('entered').pass(120_000) },
  {
    outcome: 'leftUnlocked',
    story: 'the relock jams for good',
    play: () => jamForGood(visitAt('relocking').pass(300)).pass(60_000),
  },
  {
    outcome: 'leftUnlocked',
    story: 'the leaving visitor leaves the door open',
    play: () => visitAt('leaving').pass(120_000),
  },
  {
    outcome: 'notEntered',
    story: 'nobody opens the door',
    play: () => goHome(visitAt('waitingForEntry').pass(30_000)),
  },
  {
    outcome: 'notEntered',
    story: 'the lock is asked to lock',
    play: () => goHome(visitAt('waitingForEntry').askLock()),
  },
  {
    outcome: 'entryBlocked',
    story: 'a second lock holds the door',
    play: () => goHome(visitAt('waitingForEntry').withdraw('entryBlocked')),
  },
  {
    outcome: 'withdrawn',
    story: 'barking is heard at the door',
    play: () => visitAt('atDoor').withdraw('barkingHeard'),
  },
  {
    outcome: 'withdrawn',
    story: 'barking is heard in mid-throw',
    play: () => goHome(visitAt('retracting').pass(500).bolt('between').withdraw()),
  },
  {
    outcome: 'withdrawn',
    story: 'a loose animal is met inside',
    play: () => closeAndLock(visitAt('entered').withdraw('looseAnimal')),
  },
  { outcome: 'withdrawn', story: 'withdrawn from inside', play: () => visitAt('inside').withdraw() },
  {
    outcome: 'answeredAtDoor',
    story: 'somebody comes to the door',
    play: () => visitAt('atDoor').ring().happen({ kind: 'answeredAtDoor' }),
  },
  { outcome: 'answeredAtDoor', story: 'somebody unlocks by the app', play: () => visitAt('atDoor').ring().askUnlock() },
  { outcome: 'denied', story: 'the owner ends it at the door', play: () => visitAt('atDoor').stopVisit() },
  { outcome: 'denied', story: 'the owner ends it before the recording', play: () => visitAt('accepted').stopVisit() },
  {
    outcome: 'denied',
    story: 'the owner ends it in mid-throw',
    play: () => goHome(visitAt('retracting').pass(500).bolt('between').stopVisit()),
  },
  {
    outcome: 'denied',
    story: 'the owner ends it before the entry',
    play: () => goHome(visitAt('waitingForEntry').stopVisit()),
  },
  {
    outcome: 'endedByOwner',
    story: 'the owner ends it with somebody inside, who leaves',
    play: () => leave(visitAt('inside').stopVisit()),
  },
  { outcome: 'endedByOwner', story: 'the owner ends it between two entries', play: () => BETWEEN().stopVisit() },
  { outcome: 'lockedDown', story: 'a lock-down at the door', play: () => visitAt('atDoor').stopVisit('lockedDown') },
  {
    outcome: 'lockedDown',
    story: 'a lock-down with somebody inside, who leaves',
    play: () => leave(visitAt('inside').stopVisit('lockedDown')),
  },
  {
    outcome: 'cameraLost',
    story: 'the camera goes off in mid-throw',
    play: () => goHome(visitAt('retracting').pass(500).bolt('between').picture('off')),
  },
  {
    outcome: 'cameraLost',
    story: 'the picture freezes before the entry',
    play: () => goHome(visitAt('waitingForEntry').picture('stale')),
  },
  {
    outcome: 'unlockFailed',
    story: 'the retraction jams for good',
    play: () => throwBolt(jamForGood(visitAt('retracting')), 'extended'),
  },
  { outcome: 'unlockFailed', story: 'the intent is not synced', play: () => visitAt('committing').pass(2_100) },
  {
    outcome: 'interrupted',
    story: 'the link is lost in mid-throw',
    play: () => {
      const lock = visitAt('retracting').pass(500).bolt('between').link('down').pass(1_000);
      return throwBolt(lock.link('up').bolt('between').door('closed').pass(300), 'extended');
    },
  },
  { outcome: 'replaced', story: 'the window is corrected', play: () => visitAt('atDoor').stopVisit('replaced') },
  { outcome: 'revoked', story: 'the grant is revoked at the door', play: () => visitAt('atDoor').stopVisit('revoked') },
  {
    outcome: 'revoked',
    story: 'the grant is revoked before the entry',
    play: () => goHome(visitAt('waitingForEntry').stopVisit('revoked')),
  },
  {
    outcome: 'missed',
    story: 'the window ends at the door',
    play: () => visitAt('atDoor', { windowUntilAtMs: 60_000 }).pass(60_000),
  },
];

describe('A visit', () => {
  for (const { outcome, story, play } of PATHS) {
    it(`ends as ${outcome}: ${story}`, () => {
      const lock = play();
      expect(lock.state.visit.phase).to.equal('ended');
      expect(lock.state.visit.outcome).to.equal(outcome);
      const ends = lock.records().filter((record) => record.kind === 'visitEnded');
      expect(ends.map((record) => record.outcome)).to.deep.equal([outcome]);
    });
  }

  it('can end in every outcome there is', () => {
    const all: Record<Outcome, true> = {
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
    };
    expect(new Set(PATHS.map(({ outcome }) => outcome))).to.deep.equal(new Set(Object.keys(all)));
  });

  describe('waits for a departure', () => {
    const stays: readonly (readonly ['delivery' | 'deliveryInside' | 'service' | 'maintenance', number])[] = [
      ['delivery', 60_000],
      ['deliveryInside', 60_000],
      ['service', 3_600_000],
      ['maintenance', 3_600_000],
    ];
    for (const [purpose, stayMs] of stays) {
      it(`of a ${purpose} for ${stayMs / 1_000} s from the closing`, () => {
        const lock = visitAt('entered', { purpose, windowUntilAtMs: 3_600_000 });
        const closingMs = lock.pass(5_000).nowMs;
        closeAndLock(lock);
        const endMs = stayMs === 60_000 ? closingMs + stayMs : stayMs;
        expect(lock.pass(endMs - lock.nowMs - 1).state.visit.phase).to.equal('inside');
        expect(lock.pass(1).state.visit.outcome).to.equal('departureUnconfirmed');
        expect(lock.alarms).to.deep.equal(['DepartureUnconfirmed']);
      });
    }

    it('without keeping the door unlocked for it', () => {
      expect(visitAt('inside').report.position).to.equal('locked');
    });

    it('that an opening and closing behind a visitor who is still inside does not show', () => {
      const lock = closeAndLock(visitAt('relocking').pass(200).door('open').pass(1_000));
      expect(lock.state.visit).to.include({ phase: 'inside', departed: 'no' });
    });

    it('that is not shown by a door that opens past its bolt', () => {
      const lock = visitAt('inside').pass(5_000).door('open').pass(2_000).door('closed').pass(1_000);
      expect(lock.alarms).to.deep.equal(['DoorForcedOpen']);
      expect(lock.state.visit.departed).to.equal('no');
    });

    it('that a next request states', () => {
      const lock = visitAt('inside', { entries: 2, purpose: 'service' });
      lock.records();
      lock.enter(2);
      expect(lock.records()).to.deep.include({ kind: 'departed', visitId: 'visit-1', how: 'stated' });
    });

    it('anew when the door opens after a goodbye', () => {
      const lock = visitAt('relocking').pass(100).depart().door('open').pass(1_000);
      expect(closeAndLock(lock).state.visit).to.include({ phase: 'inside', departed: 'no' });
    });
  });

  it('that is given up with the door open waits for the closing, and then for a departure', () => {
    const lock = visitAt('retracting').pass(900).bolt('between').door('open').picture('off');
    expect(lock.state.visit).to.include({ phase: 'entered', cause: 'cameraLost' });
    expect(closeAndLock(lock).state.visit.phase).to.equal('inside');
    expect(leave(lock).state.visit.outcome).to.equal('cameraLost');
  });

  describe('measures', () => {
    it('how long the door stood open, over all openings', () => {
      const lock = leave(visitAt('inside'));
      expect(lock.state.visit.doorOpenMs).to.equal(5_000 + 2_000);
    });

    it('how long the door has been open that never closed', () => {
      expect(visitAt('entered').pass(120_000).state.visit.doorOpenMs).to.equal(120_000);
    });

    it('how often the bolt jammed', () => {
      const lock = visitAt('relocking').pass(600).motor('stalled').pass(770).pass(300).motor('stalled').pass(1_270);
      expect(throwBolt(lock, 'extended').state.visit.jams).to.equal(2);
    });

    it('and keeps what was claimed apart', () => {
      const lock = visitAt('inside').happen({ kind: 'deliveryClaimed', visitId: 'visit-1', personId: 'courier' });
      expect(lock.depart().state.visit).to.include({ outcome: 'completed', deliveryClaimed: true });
      expect(visitAt('inside').depart().state.visit.deliveryClaimed).to.equal(false);
    });
  });

  describe('with two entries', () => {
    it('waits, locked, between them', () => {
      const lock = BETWEEN();
      expect(lock.state.visit).to.include({ phase: 'between', entriesSpent: 1 });
      expect(lock.report.position).to.equal('locked');
    });

    it('needs a recording of its own for each', () => {
      const lock = BETWEEN().pass(60_000);
      expect(lock.state.camera).to.deep.equal({ picture: 'live', recording: true });
      expect(lock.enter(2).pass(400).state.visit.phase).to.equal('accepted');
      expect(lock.recording('confirmed').state.visit.phase).to.equal('unlocking');
    });

    it('gives way to the household between them, and goes on', () => {
      const lock = BETWEEN().enter(2).pass(100).askUnlock().pass(100).recording('confirmed');
      expect(lock.state.visit).to.include({ phase: 'between', entriesSpent: 1 });
    });

    it('returns to between when the recording of the second does not come', () => {
      const lock = BETWEEN().enter(2).pass(5_000);
      expect(lock.state.visit).to.include({ phase: 'between', entry: 1, entriesSpent: 1 });
    });

    it('takes an opening between them for a departure', () => {
      const lock = BETWEEN().pass(60_000).bolt('between').bolt('retracted').door('open').pass(3_000);
      expect(closeAndLock(lock).state.visit.phase).to.equal('between');
    });
  });

  describe('resumed after a reboot', () => {
    const open = {
      visitId: 'visit-1',
      personId: 'courier',
      purpose: 'delivery',
      entries: 2,
      entriesSpent: 1,
      windowUntilAtMs: 3_600_000,
      cause: null,
      jams: 0,
      doorOpenMs: 0,
      entered: true,
      deliveryClaimed: false,
    } as const;

    it('with an entry open relocks, and waits for a departure', () => {
      const lock = new CoreDriver().boot({
        openVisit: { ...open, entryOpen: true },
        retractionIntended: true,
      });
      lock.link('up').door('closed').bolt('retracted').pass(300);
      expect(lock.drive).to.equal('extend');
      expect(throwBolt(lock, 'extended').state.visit.phase).to.equal('inside');
    });

    it('between two entries stays there once the bolt is seen at home', () => {
      const lock = new CoreDriver().boot({ openVisit: { ...open, entryOpen: false } });
      expect(lock.state.visit).to.include({ phase: 'relocking', departed: 'stated' });
      lock.door('closed').bolt('extended');
      expect(lock.state.visit).to.include({ phase: 'between', entriesSpent: 1 });
    });

    it('at the door stays there', () => {
      const lock = new CoreDriver().boot({ openVisit: { ...open, entriesSpent: 0, entryOpen: false } });
      expect(lock.state.visit).to.include({ phase: 'atDoor', entriesSpent: 0 });
    });

    it('keeps why it was stopped', () => {
      const openVisit = { ...open, entryOpen: true, cause: 'endedByOwner' } as const;
      const lock = new CoreDriver().boot({ openVisit, retractionIntended: true }).link('up').door('closed');
      throwBolt(lock.bolt('retracted').pass(300), 'extended');
      expect(leave(lock).state.visit.outcome).to.equal('endedByOwner');
    });

    it("keeps the worker's word and the jams", () => {
      const openVisit = { ...open, entriesSpent: 2, entryOpen: false, jams: 3, deliveryClaimed: true };
      const lock = new CoreDriver().boot({ openVisit }).link('up').door('closed').bolt('extended');
      expect(lock.state.visit).to.include({ phase: 'ended', jams: 3, deliveryClaimed: true });
    });

    it('hears a goodbye without taking it for a contradiction', () => {
      const lock = new CoreDriver()
        .boot({ openVisit: { ...open, entryOpen: true } })
        .link('up')
        .door('closed');
      lock.bolt('extended').depart();
      expect(lock.alarms).to.be.empty;
    });

    it('is interrupted, not completed, where the door was never seen open in the entry', () => {
      const openVisit = { ...open, entries: 1, entryOpen: true, entered: false };
      const lock = new CoreDriver().boot({ openVisit }).link('up').door('closed').bolt('extended').depart();
      expect(lock.state.visit).to.include({ phase: 'ended', outcome: 'interrupted' });
    });

    it('adds to what was measured before', () => {
      const lock = new CoreDriver().boot({ openVisit: { ...open, entryOpen: true, doorOpenMs: 1_500 } }).link('up');
      lock.door('open').bolt('retracted').pass(4_000).door('closed');
      expect(lock.state.visit.doorOpenMs).to.equal(5_500);
    });

    it('counts an opening from the boot on', () => {
      const lock = new CoreDriver().boot({ openVisit: { ...open, entryOpen: true } }).link('up');
      lock.door('open').bolt('retracted').pass(4_000).door('closed');
      expect(lock.state.visit.doorOpenMs).to.equal(4_000);
    });

    it('ends once it is locked where no departure is awaited', () => {
      const openVisit = { ...open, purpose: 'guest', entries: 1, entryOpen: true } as const;
      const lock = new CoreDriver().boot({ openVisit, retractionIntended: true }).link('up').door('closed');
      throwBolt(lock.bolt('retracted').pass(300), 'extended');
      expect(lock.state.visit).to.include({ phase: 'ended', outcome: 'interrupted' });
    });

    it('never resumes an unlocking', () => {
      const lock = new CoreDriver().boot({
        openVisit: { ...open, entryOpen: true },
        retractionIntended: true,
      });
      lock.link('up').door('closed').bolt('between').picture('live').recording('confirmed').synced().pass(400).synced();
      expect(lock.starts().map(([, drive]) => drive)).to.deep.equal(['extend']);
    });
  });
});
