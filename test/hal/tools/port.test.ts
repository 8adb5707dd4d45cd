import { expect } from 'chai';
import { checkPort, checkPortByOpening } from '../../../hal/tools/port.js';
import { FakeMachine, PORT } from './fake-machine.js';

describe('a serial port, before it is used', () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine();
  });

  it('is fine when it is there, allowed and free; looking does not open it', async () => {
    expect(await checkPort(machine, PORT)).to.equal(null);
    expect(machine.opened).to.deep.equal([]);
    expect(await checkPortByOpening(machine, PORT)).to.equal(null);
    expect(machine.opened).to.deep.equal([PORT]);
  });

  it('is missing: the ports that there are are named', async () => {
    machine.ports = [{ path: '/dev/ttyACM0', name: 'Arduino' }];
    expect(await checkPort(machine, '/dev/ttyUSB7')).to.deep.equal({
      kind: 'portMissing',
      what: 'There is no /dev/ttyUSB7.',
      mend: 'There is /dev/ttyACM0 (Arduino): give it with --port /dev/ttyACM0.',
    });
    machine.ports = [
      { path: '/dev/ttyACM0', name: 'Arduino' },
      { path: PORT, name: null },
    ];
    expect(await checkPort(machine, '/dev/ttyUSB7')).to.have.property(
      'mend',
      `There are /dev/ttyACM0 (Arduino), ${PORT}: give one with --port.`,
    );
  });

  it('is missing, and so are all others', async () => {
    machine.ports = [];
    expect(await checkPort(machine, '/dev/ttyUSB7'))
      .to.have.property('mend')
      .that.matches(/plug it in, with a USB cable that carries data/);
  });

  it('is missing on Windows, which has no device files', async () => {
    machine.platform = 'win32';
    machine.ports = [{ path: 'COM3', name: null }];
    expect(await checkPort(machine, 'COM3')).to.equal(null);
    expect(await checkPort(machine, 'COM4')).to.have.property('kind', 'portMissing');
  });

  it('is some other file', async () => {
    machine.setPort({ isCharacterDevice: false });
    expect(await checkPort(machine, PORT)).to.have.property('kind', 'portNotSerial');
  });

  it('belongs to a group that the user is not in', async () => {
    machine.setPort({ mayUse: false });
    machine.people = { isRoot: false, groups: ['sam'], enrolledIn: [] };
    expect(await checkPort(machine, PORT)).to.deep.equal({
      kind: 'portForbidden',
      what: `You may not use ${PORT}: it belongs to the group dialout.`,
      mend: 'Run `sudo usermod -aG dialout $USER`, then log out and in again.',
    });
  });

  it('belongs to a group that the user has joined, but not in this session', async () => {
    machine.setPort({ mayUse: false, group: 'uucp' });
    machine.people = { isRoot: false, groups: ['sam'], enrolledIn: ['uucp'] };
    expect(await checkPort(machine, PORT)).to.have.property(
      'mend',
      'You have been put into uucp since you logged in: log out and in again.',
    );
  });

  for (const change of [{ group: 'root' }, { groupMayUse: false }, { group: null }]) {
    it(`is for root alone: ${JSON.stringify(change)}`, async () => {
      machine.setPort({ mayUse: false, ...change });
      const problem = await checkPort(machine, PORT);
      expect(problem).to.have.property('kind', 'portForbidden');
      expect(problem).to.have.property('mend').that.includes(`ls -l ${PORT}`).and.does.not.include('usermod');
    });
  }

  it('is in use by a program that can be named', async () => {
    machine.holding = [{ pid: 4711, command: 'node latchkey rig' }];
    const problem = await checkPortByOpening(machine, PORT);
    expect(problem).to.have.property('kind', 'portBusy');
    expect(problem).to.have.property('what', `${PORT} is in use by node latchkey rig (process 4711).`);
    machine.holding = [1, 2, 3, 4, 5].map((pid) => ({ pid, command: 'cat' }));
    expect(await checkPort(machine, PORT))
      .to.have.property('what')
      .that.matches(/by cat \(process 1\), .*\(process 3\), and 2 more\.$/);
    expect(machine.opened, 'to open it would disturb that program').to.deep.equal([]);
  });

  for (const [reason, kind] of [
    ['Error Resource temporarily unavailable Cannot lock port', 'portBusy'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'portBusy'],
    ['Opening COM3: Access denied', 'portBusy'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'portForbidden'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'portMissing'],
    ['Error: Inappropriate ioctl for device setting custom baud rate of 57600', 'portNotSerial'],
  ] as const) {
    it(`does not open: ${reason}`, async () => {
      machine.openingError = reason;
      expect(await checkPortByOpening(machine, PORT)).to.have.property('kind', kind);
    });
  }
});
