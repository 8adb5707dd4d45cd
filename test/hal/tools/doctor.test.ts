import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BoardStatus } from '../../../hal/board-protocol.js';
import { checkNode, checkPorts, judgeBoard } from '../../../hal/tools/doctor.js';
import { FakeMachine, PORT } from './fake-machine.js';

const status: BoardStatus = {
  state: 'unarmed',
  lastTrip: 'none',
  armRefusal: 'none',
  resetCause: 2,
  uptimeS: 1,
  deadManTrips: 3,
  driveLimitTrips: 1,
  overCurrentTrips: 20,
  bothDirectionsTrips: 0,
  watchdogResets: 4,
  drives: 120_000,
  malformedMessages: 5,
};

const latchkey = { name: 'Latchkey', major: 1, minor: 0 };

describe('the doctor', () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine();
  });

  it('wants the Node.js that package.json wants', () => {
    const file = join(import.meta.dirname, '../../../../package.json');
    const { engines } = JSON.parse(readFileSync(file, 'utf8')) as { engines: { node: string } };
    const oldest = engines.node.replace('>=', '');
    for (const [version, verdict] of [
      [`${oldest}.0`, 'good'],
      ['22.1.0', 'good'],
      ['20.18.3', 'problem'],
      ['18.20.0', 'problem'],
    ]) {
      machine.nodeVersion = version ?? '';
      expect(checkNode(machine), version).to.have.property('verdict', verdict);
    }
  });

  it('checks each port, and takes one in use for no fault', async () => {
    machine.ports = [
      { path: PORT, name: 'QinHeng' },
      { path: '/dev/ttyACM0', name: null },
    ];
    machine.devices['/dev/ttyACM0'] = { isCharacterDevice: true, mayUse: false, group: 'dialout', groupMayUse: true };
    const findings = await checkPorts(machine);
    expect(findings.map(({ verdict }) => verdict)).to.deep.equal(['good', 'problem']);
    expect(findings[0]?.what).to.match(/^\/dev\/ttyUSB0 \(QinHeng\) may be used/);
    machine.holding = [{ pid: 7, command: 'latchkey rig' }];
    expect((await checkPorts(machine))[0]).to.include({ verdict: 'notChecked', kind: null });
  });

  it('checks no port where there is none, and says how to have one', async () => {
    machine.ports = [];
    const [finding] = await checkPorts(machine);
    expect(finding).to.have.property('verdict', 'notChecked');
    expect(finding?.mend)
      .to.match(/plug it in/)
      .and.not.match(/usermod/);
  });

  for (const [name, change, isTold] of [
    ['somebody outside of the group', {}, true],
    ['root', { isRoot: true }, false],
    ['somebody on Arch', { groups: ['uucp'] }, false],
  ] as const) {
    it(`without a port, ${isTold ? 'names' : 'does not name'} the group to ${name}`, async () => {
      machine.ports = [];
      machine.people = { isRoot: false, groups: ['sam'], enrolledIn: [], ...change };
      expect(/usermod -aG dialout/.test((await checkPorts(machine))[0]?.mend ?? '')).to.equal(isTold);
    });
  }

  describe('on the board', () => {
    const at = { port: PORT, boardId: 'arduino-nano' };
    const flash = `latchkey flash --board arduino-nano --port ${PORT}`;

    it('is content with our image, and reads its counters out', () => {
      const findings = judgeBoard({ image: latchkey, status }, at);
      expect(findings.map(({ verdict }) => verdict)).to.deep.equal(['good', 'good', 'good']);
      expect(findings[0]?.what).to.equal(
        'The board runs Latchkey 1.0. Its port was opened to ask, which resets most boards.',
      );
      expect(findings[1]?.what).to.equal('Last reset 1 s ago, by the reset line; since then 5 malformed messages.');
      expect(findings[2]?.what).to.equal(
        'In its life: 120000 drives; trips: 3 by the dead-man, 1 by the drive limit, 20 by over-current, ' +
          '0 by both directions at once; 4 resets by the watchdog.',
      );
    });

    it('names every cause of a reset', () => {
      for (const [resetCause, words] of [
        [0, 'by a cause that the bootloader keeps to itself'],
        [5, 'by power-on and low supply voltage'],
        [8, 'by its watchdog'],
      ] as const) {
        const findings = judgeBoard({ image: latchkey, status: { ...status, resetCause } }, at);
        expect(findings[1]?.what).to.include(words);
      }
    });

    for (const [name, image, words] of [
      ['stock Firmata', { name: 'StandardFirmata.ino', major: 2, minor: 5 }, /StandardFirmata\.ino 2\.5.*no dead-man/],
      ['an older image of ours', { name: 'Latchkey', major: 0, minor: 9 }, /Latchkey 0\.9, and 1\.0 is needed/],
      ['a newer image of ours', { name: 'Latchkey', major: 2, minor: 0 }, /Latchkey 2\.0, and 1\.0 is needed/],
    ] as const) {
      it(`is for the user to mend: ${name}`, () => {
        const [finding] = judgeBoard({ image, status: null }, at);
        expect(finding).to.include({ verdict: 'problem', kind: 'imageUnfit' });
        expect(finding?.what).to.match(words);
        expect(finding?.mend).to.include(flash);
      });
    }

    it('does not answer', () => {
      const [silent] = judgeBoard({ silent: true, heardGarbage: false }, at);
      expect(silent).to.include({ kind: 'noAnswer', what: `The board at ${PORT} does not answer at 57600 baud.` });
      expect(silent?.mend).to.include(flash);
      const [garbled] = judgeBoard({ silent: true, heardGarbage: true }, { ...at, boardId: null });
      expect(garbled?.what).to.include('answers, but not in Firmata');
      expect(garbled?.mend).to.include('--board ID');
    });

    it('does not tell its status', () => {
      expect(judgeBoard({ image: latchkey, status: null }, at)[0]).to.include({ kind: 'noAnswer' });
    });

    it('cannot be asked, as its port does not open', () => {
      expect(judgeBoard({ closed: 'ttyUSB0 is busy: close it' }, at)[0]).to.include({
        kind: 'portBusy',
        what: 'The board could not be asked: ttyUSB0 is busy: close it.',
      });
      expect(judgeBoard({ closed: 'it was unplugged' }, at)[0]).to.include({ kind: 'noAnswer' });
    });
  });
});
