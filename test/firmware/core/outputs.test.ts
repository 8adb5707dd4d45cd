import { expect } from 'chai';
import type { IndicatorName } from '../../../hal/contracts/indicators.js';
import type { Effect } from '../../../firmware/core/effects.js';
import { CoreDriver } from '../support/core-driver.js';
import { jammed, locking, throwBolt, visitAt, visitOn } from '../support/stories.js';

/** What the outputs are after all orders so far. */
interface Outputs {
  camera: boolean;
  recorder: boolean;
  lit: Record<IndicatorName, boolean>;
}

function follow(effects: readonly Effect[]): Outputs {
  const outputs: Outputs = { camera: false, recorder: false, lit: { recording: false, jam: false, fault: false } };
  for (const effect of effects) {
    if (effect.kind === 'cameraPower') outputs.camera = effect.on;
    if (effect.kind === 'recorder') outputs.recorder = effect.on;
    if (effect.kind === 'indicator') outputs.lit[effect.indicator] = effect.lit;
  }
  return outputs;
}

/** Everything ordered from the first event on. */
function outputsOf(lock: CoreDriver): Outputs {
  return follow(lock.history.flatMap(({ effects }) => effects));
}

describe('The camera', () => {
  it('is powered from the arrival to the end of a visit', () => {
    expect(outputsOf(CoreDriver.atRest()).camera).to.equal(false);
    const stages = ['atDoor', 'accepted', 'retracting', 'waitingForEntry', 'entered', 'relocking', 'inside'] as const;
    for (const stage of stages) expect(outputsOf(visitAt(stage)).camera, stage).to.equal(true);
    expect(outputsOf(visitAt('inside').depart()).camera).to.equal(false);
    expect(outputsOf(visitAt('atDoor').stopVisit()).camera).to.equal(false);
  });

  it('records from the accepted request to the end of a visit', () => {
    expect(outputsOf(visitAt('atDoor')).recorder).to.equal(false);
    const stages = ['accepted', 'retracting', 'waitingForEntry', 'entered', 'relocking', 'inside', 'leaving'] as const;
    for (const stage of stages) expect(outputsOf(visitAt(stage)).recorder, stage).to.equal(true);
    expect(outputsOf(visitAt('inside').depart()).recorder).to.equal(false);
    expect(outputsOf(visitAt('accepted').stopVisit()).recorder).to.equal(false);
    expect(outputsOf(throwBolt(visitAt('waitingForEntry').stopVisit().pass(60), 'extended')).recorder).to.equal(false);
  });

  it('stops recording when nothing comes of a request, unless an entry came before it', () => {
    expect(outputsOf(visitAt('accepted').picture('stale')).recorder).to.equal(false);
    const second = visitAt('inside', { entries: 2 }).depart().enter(2).picture('stale');
    expect(second.state.visit.phase).to.equal('between');
    expect(outputsOf(second).recorder).to.equal(true);
  });

  it('begins a recording of its own for each entry', () => {
    const lock = visitAt('inside', { entries: 2 }).depart().pass(60_000);
    lock.effects();
    expect(lock.enter(2).effects()).to.deep.include({ kind: 'recorder', on: true });
  });

  it('records on after a reboot while somebody may be inside, and only then', () => {
    const openVisit = {
      visitId: 'visit-1',
      personId: 'courier',
      purpose: 'delivery',
      entries: 2,
      windowUntilAtMs: 3_600_000,
      cause: null,
      jams: 0,
      doorOpenMs: 0,
      entered: true,
      deliveryClaimed: false,
    } as const;
    const inside = new CoreDriver().boot({ openVisit: { ...openVisit, entriesSpent: 1, entryOpen: true } });
    expect(outputsOf(inside)).to.include({ camera: true, recorder: true });
    const atDoor = new CoreDriver().boot({ openVisit: { ...openVisit, entriesSpent: 0, entryOpen: false } });
    expect(outputsOf(atDoor)).to.include({ camera: true, recorder: false });
  });

  it('records on while a hand takes the bolt in before the intent is synced', () => {
    const lock = visitAt('committing').bolt('between').pass(1).bolt('retracted').pass(1).synced().door('open').pass(10);
    expect(outputsOf(lock).recorder).to.equal(true);
    expect(lock.state.visit.entriesSpent).to.equal(1);
    expect(lock.picture('off').alarms).to.include('CameraOffline');
  });
});

describe('The recording light', () => {
  it('is lit exactly while frames are confirmed', () => {
    const lock = visitAt('accepted').picture('live').pass(500);
    expect(outputsOf(lock).lit.recording).to.equal(false);
    visitOn(lock.recording('confirmed'), 'retracting', 'entered', 1);
    expect(outputsOf(lock).lit.recording).to.equal(true);
    expect(outputsOf(lock.picture('stale')).lit.recording).to.equal(false);
    expect(outputsOf(lock.picture('live')).lit.recording).to.equal(true);
    expect(outputsOf(lock.recording('unconfirmed')).lit.recording).to.equal(false);
  });
});

describe('The jam and fault lights', () => {
  it('are lit while an alarm of theirs is raised', () => {
    expect(outputsOf(CoreDriver.atRest()).lit).to.include({ jam: false, fault: false });
    expect(outputsOf(jammed()).lit).to.include({ jam: true, fault: false });
    expect(outputsOf(throwBolt(jammed().askLock(), 'extended')).lit).to.include({ jam: false, fault: false });
    const faulty = CoreDriver.atRest().contradiction().store('fails');
    expect(outputsOf(faulty).lit).to.include({ jam: false, fault: true });
    expect(outputsOf(faulty.clear('SensorContradiction')).lit.fault).to.equal(true);
    expect(outputsOf(faulty.store('works')).lit.fault).to.equal(false);
  });
});

describe('Every output', () => {
  it('is ordered again at boot, the motor first of all to stop', () => {
    const lock = new CoreDriver().boot();
    expect(lock.effects()).to.deep.equal([
      { kind: 'drive', drive: 'off' },
      { kind: 'cameraPower', on: false },
      { kind: 'indicator', indicator: 'recording', lit: false },
      { kind: 'indicator', indicator: 'jam', lit: false },
      { kind: 'indicator', indicator: 'fault', lit: false },
      { kind: 'report', report: lock.report },
      { kind: 'recorder', on: false },
    ]);
  });

  it('is ordered again when the link comes back, as the state then is', () => {
    const lock = locking().link('down').pass(60);
    lock.effects();
    lock.link('up');
    expect(lock.effects()).to.deep.include.members([
      { kind: 'drive', drive: 'off' },
      { kind: 'cameraPower', on: false },
      { kind: 'report', report: lock.report },
    ]);
    const watched = visitAt('entered').link('down').pass(100).link('up');
    expect(outputsOf(watched)).to.include({ camera: true, recorder: true });
  });

  it('is not ordered again when the link says that it is still up', () => {
    const lock = CoreDriver.atRest().link('up');
    expect(lock.effects()).to.be.empty;
  });

  it('does not lose the recording of an entry with a link that was gone for a moment', () => {
    const lock = visitAt('waitingForEntry')
      .link('down')
      .pass(100)
      .link('up')
      .bolt('retracted')
      .door('closed')
      .pass(100);
    expect(lock.state.camera.recording).to.equal(true);
    expect(lock.state.visit.phase).to.equal('waitingForEntry');
  });

  it('is off again after a whole day of visits', () => {
    const lock = visitAt('inside', { entries: 2 }).depart();
    visitOn(lock, 'accepted', 'inside', 2).depart();
    expect(outputsOf(lock)).to.deep.equal({
      camera: false,
      recorder: false,
      lit: { recording: lock.state.camera.recording, jam: false, fault: false },
    });
    expect(lock.drive).to.equal('off');
  });
});
