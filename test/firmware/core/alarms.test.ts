import { expect } from 'chai';
import type { AlarmName } from '../../../hal/contracts/report.js';
import { ALARM_NAMES } from '../../../firmware/core/alarms.js';
import { CoreDriver } from '../support/core-driver.js';
import { jammed, throwBolt, unlockedRemotely, visitAt } from '../support/stories.js';

interface Row {
  readonly alarm: AlarmName;
  readonly name: string;
  readonly raise: () => CoreDriver;
  readonly clear: (lock: CoreDriver) => unknown;
}

const TABLE: readonly Row[] = [
  { alarm: 'LockJammed', name: 'good travel', raise: jammed, clear: (l) => throwBolt(l.askLock(), 'extended') },
  {
    alarm: 'DoorForcedOpen',
    name: 'the owner only',
    raise: () => CoreDriver.atRest().door('open'),
    clear: (lock) => {
      lock.door('closed').pass(60_000);
      expect(lock.alarms).to.include('DoorForcedOpen');
      lock.clear('DoorForcedOpen');
    },
  },
  {
    alarm: 'DoorAjar',
    name: 'the closing',
    raise: () => unlockedRemotely().door('open').pass(300_000),
    clear: (l) => l.door('closed'),
  },
  {
    alarm: 'CameraOffline',
    name: 'a live picture',
    raise: () => visitAt('inside').picture('off'),
    clear: (l) => l.picture('live'),
  },
  {
    alarm: 'CameraOffline',
    name: 'a live picture',
    raise: () => visitAt('entered').picture('booting'),
    clear: (l) => l.picture('live'),
  },
  {
    alarm: 'CameraStale',
    name: 'a live picture',
    raise: () => visitAt('inside').picture('stale'),
    clear: (l) => l.picture('live'),
  },
  {
    alarm: 'RecordingUnconfirmed',
    name: 'a confirmation',
    raise: () => visitAt('inside').recording('unconfirmed'),
    clear: (l) => l.recording('confirmed'),
  },
  {
    alarm: 'RelockFailed',
    name: 'the bolt going home',
    raise: () => visitAt('entered').pass(120_000),
    clear: (l) => throwBolt(l.door('closed').pass(300), 'extended'),
  },
  {
    alarm: 'RelockFailed',
    name: 'the owner',
    raise: () => visitAt('entered').pass(120_000),
    clear: (l) => l.clear('RelockFailed'),
  },
  {
    alarm: 'DepartureUnconfirmed',
    name: 'somebody leaving',
    raise: () => visitAt('inside').pass(60_000),
    clear: (l) => l.bolt('between').bolt('retracted').door('open'),
  },
  {
    alarm: 'DepartureUnconfirmed',
    name: 'the owner',
    raise: () => visitAt('inside').pass(60_000),
    clear: (l) => l.clear('DepartureUnconfirmed'),
  },
  {
    alarm: 'SensorContradiction',
    name: 'the owner',
    raise: () => CoreDriver.atRest().contradiction(),
    clear: (l) => l.clear('SensorContradiction'),
  },
  {
    alarm: 'SensorContradiction',
    name: 'the owner, once the switches agree',
    raise: () => CoreDriver.atRest().bolt('both'),
    clear: (l) => l.bolt('extended').clear('SensorContradiction'),
  },
  {
    alarm: 'SensorContradiction',
    name: 'the owner, who has heard the story',
    raise: () => visitAt('waitingForEntry').depart(),
    clear: (l) => l.clear('SensorContradiction'),
  },
  {
    alarm: 'HostLinkLost',
    name: 'the link',
    raise: () => CoreDriver.atRest().link('down'),
    clear: (l) => l.link('up'),
  },
  {
    alarm: 'BatteryLow',
    name: 'a good supply',
    raise: () => CoreDriver.atRest().happen({ kind: 'supplySensed', level: 'low' }),
    clear: (l) => l.happen({ kind: 'supplySensed', level: 'tooLow' }).happen({ kind: 'supplySensed', level: 'good' }),
  },
  {
    alarm: 'WrongCodeEntryLimit',
    name: 'the right code',
    raise: () => CoreDriver.atRest().happen({ kind: 'wrongCodesCounted', limitReached: true }),
    clear: (l) => l.happen({ kind: 'wrongCodesCounted', limitReached: false }),
  },
  {
    alarm: 'WrongCodeEntryLimit',
    name: 'the owner',
    raise: () => CoreDriver.atRest().happen({ kind: 'wrongCodesCounted', limitReached: true }),
    clear: (l) => l.clear('WrongCodeEntryLimit'),
  },
  {
    alarm: 'StoreFailed',
    name: 'a store that works',
    raise: () => CoreDriver.atRest().store('fails'),
    clear: (l) => l.store('works'),
  },
];

/** The alarm's part of what was ordered and told. */
function said(lock: CoreDriver, alarm: AlarmName): unknown[] {
  return lock.effects().filter((effect) => {
    if (effect.kind === 'alarm') return effect.alarm === alarm;
    if (effect.kind === 'notify') return effect.detail === alarm;
    return effect.kind === 'record' && 'alarm' in effect.event && effect.event.alarm === alarm;
  });
}

describe('The alarm', () => {
  for (const { alarm, name, raise, clear } of TABLE) {
    it(`${alarm} is raised, and cleared by ${name}`, () => {
      const lock = raise();
      expect(lock.alarms).to.include(alarm);
      expect(said(lock, alarm).slice(0, 3)).to.deep.equal([
        { kind: 'record', event: { kind: 'alarmRaised', alarm } },
        { kind: 'alarm', alarm, raised: true },
        { kind: 'notify', to: 'owner', notice: 'alarmRaised', visitId: null, detail: alarm },
      ]);
      clear(lock);
      expect(lock.alarms).to.not.include(alarm);
      expect(said(lock, alarm).slice(0, 3)).to.deep.equal([
        { kind: 'record', event: { kind: 'alarmCleared', alarm } },
        { kind: 'alarm', alarm, raised: false },
        { kind: 'notify', to: 'owner', notice: 'alarmCleared', visitId: null, detail: alarm },
      ]);
    });
  }

  it('of every name can be raised', () => {
    expect(new Set(TABLE.map(({ alarm }) => alarm))).to.deep.equal(new Set(ALARM_NAMES));
  });

  it('LockJammed is told to the worker too', () => {
    expect(said(jammed(), 'LockJammed')).to.deep.include({
      kind: 'notify',
      to: 'worker',
      notice: 'alarmRaised',
      visitId: null,
      detail: 'LockJammed',
    });
  });

  it('of the camera is none while nobody should be seen', () => {
    for (const stage of ['atDoor', 'accepted'] as const) {
      expect(visitAt(stage).picture('off').alarms).to.be.empty;
      expect(visitAt(stage).picture('stale').alarms).to.be.empty;
      expect(visitAt(stage).picture('live').recording('unconfirmed').alarms).to.be.empty;
    }
    expect(CoreDriver.atRest().picture('stale').alarms).to.be.empty;
  });

  it('of the camera is raised from the first confirmed recording to the end of the visit', () => {
    const stages = ['retracting', 'waitingForEntry', 'entered', 'relocking', 'inside', 'leaving'] as const;
    for (const stage of stages) expect(visitAt(stage).picture('off').alarms, stage).to.include('CameraOffline');
    expect(visitAt('inside').depart().picture('off').alarms).to.be.empty;
  });

  it('DoorForcedOpen is not for a door that somebody unlocked, nor for one just heard of', () => {
    expect(unlockedRemotely().door('open').alarms).to.be.empty;
    expect(CoreDriver.atRest().link('down').link('up').bolt('extended').door('open').alarms).to.not.include(
      'DoorForcedOpen',
    );
  });

  it('is not cleared by clearing another', () => {
    const lock = CoreDriver.atRest().door('open').contradiction();
    for (const alarm of ALARM_NAMES) {
      if (alarm !== 'DoorForcedOpen' && alarm !== 'SensorContradiction') lock.clear(alarm);
    }
    expect(lock.alarms).to.have.members(['DoorForcedOpen', 'SensorContradiction']);
  });

  describe('after a reboot', () => {
    function rebooted(raisedAlarms: readonly AlarmName[]): CoreDriver {
      return new CoreDriver().boot({ raisedAlarms }).link('up').door('closed');
    }

    for (const alarm of ['DoorForcedOpen', 'DepartureUnconfirmed', 'SensorContradiction', 'LockJammed'] as const) {
      it(`${alarm} still stands, is said again, and is not recorded twice`, () => {
        const lock = rebooted([alarm]);
        expect(lock.alarms).to.deep.equal([alarm]);
        const effects = lock.effects();
        expect(effects).to.deep.include({ kind: 'alarm', alarm, raised: true });
        expect(effects.filter((effect) => effect.kind === 'record')).to.not.deep.include({
          kind: 'record',
          event: { kind: 'alarmRaised', alarm },
        });
      });
    }

    it('LockJammed clears with the next good travel', () => {
      const lock = throwBolt(rebooted(['LockJammed']).bolt('between').pass(300), 'extended');
      expect(lock.alarms).to.be.empty;
      expect(lock.records()).to.deep.include({ kind: 'alarmCleared', alarm: 'LockJammed' });
    });

    it('RelockFailed clears when the bolt is found at home', () => {
      const lock = rebooted(['RelockFailed']).bolt('extended').pass(1_000);
      expect(lock.records()).to.deep.include({ kind: 'alarmCleared', alarm: 'RelockFailed' });
    });

    for (const alarm of ALARM_NAMES) {
      it(`${alarm} is either raised or recorded as cleared`, () => {
        const lock = rebooted([alarm]);
        const cleared = lock.records().some((record) => record.kind === 'alarmCleared' && record.alarm === alarm);
        expect(cleared).to.equal(!lock.alarms.includes(alarm));
      });
    }
  });
});
