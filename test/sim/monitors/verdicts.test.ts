import { expect } from 'chai';
import { VOIDED_BY } from '../../../sim/monitors/fault-hypothesis.js';
import { PROPERTY_IDS, type PropertyId } from '../../../sim/monitors/monitor.js';
import { Scene } from '../../../sim/monitors/scene.js';
import { DEFAULT_MONITOR_SETTINGS } from '../../../sim/monitors/settings.js';
import type { Watch } from '../../../sim/monitors/watch.js';
import { FAULT_KINDS } from '../../../sim/world.js';

/** What a violation of every property would lead to. */
function judged(scene: Scene, found: PropertyId[], atMs = 1000): readonly PropertyId[] {
  found.length = 0;
  for (const property of PROPERTY_IDS) scene.violate(property, atMs, '');
  return [...found];
}

describe('Verdicts', () => {
  let found: PropertyId[];
  let scene: Scene;
  let world: Watch;

  beforeEach(() => {
    found = [];
    scene = new Scene(DEFAULT_MONITOR_SETTINGS, ({ property }) => {
      found.push(property);
    });
    world = scene.watch([]);
  });

  it('pass everything on while nothing is faulty', () => {
    expect(judged(scene, found)).to.deep.equal(PROPERTY_IDS);
  });

  for (const [component, kinds] of Object.entries(FAULT_KINDS)) {
    for (const kind of kinds) {
      it(`pass on all but what ${component} ${kind} voids, and all again when it is over`, () => {
        const isVoided = (property: PropertyId): boolean =>
          VOIDED_BY[property].some(([part, how]) => part === component && how === kind);
        world.fault(0, component, kind, true);
        expect(judged(scene, found)).to.deep.equal(PROPERTY_IDS.filter((property) => !isVoided(property)));
        world.fault(10, component, kind, false);
        expect(judged(scene, found)).to.deep.equal(PROPERTY_IDS);
      });
    }
  }

  it('wait 100 ms more, in which the lock learns of the end', () => {
    world.fault(0, 'doorContact', 'stuckClosed', true);
    world.fault(10, 'doorContact', 'stuckClosed', false);
    expect(judged(scene, found, 109)).not.to.include('S5');
    expect(judged(scene, found, 110)).to.include('S5');
  });

  it('wait until every voiding fault is over', () => {
    world.fault(0, 'doorContact', 'stuckClosed', true);
    world.fault(0, 'doorContact', 'stuckOpen', true);
    world.fault(10, 'doorContact', 'stuckClosed', false);
    expect(judged(scene, found)).not.to.include('L5');
  });

  it('wait until the motor rests', () => {
    world.fault(0, 'doorContact', 'stuckClosed', true);
    world.motor(5, 'extend');
    world.fault(10, 'doorContact', 'stuckClosed', false);
    expect(judged(scene, found)).not.to.include('S5');
    world.motor(20, 'off');
    expect(judged(scene, found)).to.include('S5');
  });

  it('wait until the contradiction of the sensors is cleared', () => {
    world.fault(0, 'extendedSwitch', 'stuckOn', true);
    world.alarm(5, 'SensorContradiction', true);
    world.fault(10, 'extendedSwitch', 'stuckOn', false);
    expect(judged(scene, found)).not.to.include('S9');
    world.alarm(20, 'SensorContradiction', false);
    expect(judged(scene, found)).to.include('S9');
  });
});
