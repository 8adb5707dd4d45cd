import { expect } from 'chai';
import { openFault, SerialPortLine } from '../../../hal/adapters/serial-port-line.js';
import { describeWithTool } from '../../support/debian-tool.js';
import { eventually, SocatPort } from './socat-port.js';
import type { SerialLineFixture } from '../contracts/serial-line.suite.js';
import { describeSerialLine } from '../contracts/serial-line.suite.js';

/** Opens a path, and returns why that failed. */
async function openingFault(path: string): Promise<string> {
  const line = new SerialPortLine(path);
  let fault = '';
  line.watch({ opened: () => (fault = 'opened'), received: () => {}, closed: (reason) => (fault = reason) });
  line.open();
  await eventually(() => fault !== '');
  line.close();
  return fault;
}

async function makeFixture(): Promise<SerialLineFixture> {
  const port = await SocatPort.make();
  const received: number[] = [];
  port.onReceived((bytes) => received.push(...bytes));
  return {
    line: new SerialPortLine(port.path),
    until: eventually,
    send: (bytes) => port.send(bytes),
    received: () => received,
    pullOut: () => port.pullOut(),
    dispose: () => port.dispose(),
  };
}

describe('SerialPortLine', () => {
  it('says that a port is not there, and what to do', async () => {
    expect(await openingFault('/dev/no-such-port')).to.equal(
      'there is no /dev/no-such-port: plug the board in, or give another port',
    );
  });

  it('says what to do about a port that others own, as Linux, macOS and Windows word it', () => {
    expect(openFault('/dev/ttyUSB0', 'Error: Permission denied, cannot open /dev/ttyUSB0')).to.match(
      /^\/dev\/ttyUSB0 may not be used by you: .*`sudo usermod -aG dialout \$USER`/,
    );
    for (const words of [
      'Error Resource temporarily unavailable Cannot lock port',
      'Error: Resource busy, cannot open /dev/ttyUSB0',
      'Opening COM3: Access denied',
    ]) {
      expect(openFault('/dev/ttyUSB0', words)).to.match(/^\/dev\/ttyUSB0 is busy: close the other program/);
    }
  });

  it('says that a file is no port', async () => {
    expect(await openingFault('/dev/null')).to.match(/^\/dev\/null cannot be opened as a serial port: \S/);
  });
});

describeWithTool('socat', 'socat', 'SerialPortLine on a pseudo-terminal', () => {
  describeSerialLine('SerialPortLine', makeFixture);

  let port: SocatPort;
  let line: SerialPortLine;
  let heard: string[];

  beforeEach(async () => {
    port = await SocatPort.make();
    line = new SerialPortLine(port.path);
    heard = [];
    line.watch({
      opened: () => heard.push('opened'),
      received: () => {},
      closed: (reason) => heard.push(reason),
    });
    line.open();
    await eventually(() => heard.length > 0);
    expect(heard).to.deep.equal(['opened']);
  });

  afterEach(async () => {
    line.close();
    await port.dispose();
  });

  it('has the port for itself alone', async () => {
    expect(await openingFault(port.path)).to.equal(
      `${port.path} is busy: close the other program that uses it, such as a serial monitor or another rig`,
    );
  });

  it('closes a port that takes no more bytes before much is waiting', async () => {
    await port.clog();
    for (let writes = 0; writes < 41; writes += 1) line.write(new Uint8Array(100));
    expect(heard).to.have.length(1);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(heard[1]).to.match(/takes no more bytes; unplug the board and plug it in again$/);
  });

  it('closes a port that does not take what little is waiting', async () => {
    await port.clog();
    line.write(Uint8Array.of(1));
    await eventually(() => heard.length > 1);
    expect(heard[1]).to.match(/takes no more bytes/);
  });

  it('can be closed although it is stuck', async () => {
    await port.clog();
    line.write(Uint8Array.of(1));
    line.close();
    await eventually(() => heard.length > 1);
  });
});
