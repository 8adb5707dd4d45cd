import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { SerialPort } from 'serialport';
import { IMAGE } from '../../../hal/board-protocol.js';
import { describeWithTool } from '../../support/debian-tool.js';
import { EmulatedUno } from '../../support/emulated-uno-process.js';

const run = promisify(execFile);

const image = 'hal/image/latchkey.hex';

/** The bootloader of older Unos and of Nanos, from Debian's arduino-core-avr: its prebuilt optiboot is broken. */
const bootloader = '/usr/share/arduino/hardware/arduino/avr/bootloaders/atmega/ATmegaBOOT_168_atmega328.hex';

/** What our image says of itself after each reset: its version, then its name in characters of twice seven bits. */
const GREETING = Buffer.from([
  0xf0,
  0x79,
  IMAGE.major,
  IMAGE.minor,
  ...Buffer.from(IMAGE.name)
    .toJSON()
    .data.flatMap((code) => [code, 0]),
  0xf7,
]);

/** Opens a port, as a rig does, and returns when it has heard these bytes. */
async function hear(port: string, wanted: Buffer): Promise<void> {
  const serial = new SerialPort({ path: port, baudRate: 57_600 });
  let heard = Buffer.alloc(0);
  try {
    await new Promise<void>((resolve, reject) => {
      serial.on('error', reject);
      serial.on('data', (bytes: Buffer) => {
        heard = Buffer.concat([heard, bytes]);
        if (heard.includes(wanted)) resolve();
      });
    });
  } finally {
    await new Promise((resolve) => serial.close(resolve));
  }
}

describeWithTool('socat', 'socat', 'the emulated Uno on a port of this machine', () => {
  let uno: EmulatedUno;

  afterEach(async () => uno.stop());

  it('is reset whenever its port is opened', async () => {
    uno = await EmulatedUno.start({ hex: image });
    for (let openings = 0; openings < 3; openings += 1) {
      const closed = uno.next((truth) => truth['port'] === 'closed');
      await hear(uno.port, GREETING);
      await closed;
    }
    expect(uno.truths.filter((truth) => truth['port'] === 'opened')).to.have.length(3);
  });

  it('shows the truth of its door and obeys hands', async () => {
    uno = await EmulatedUno.start({ hex: image });
    const retracted = uno.next((truth) => truth['bolt'] === 'retracted');
    uno.hand({ kind: 'turn', what: 'thumbTurn', way: 'retract', holdMs: 0 });
    await retracted;
    const open = uno.next((truth) => truth['door'] === 'open');
    uno.hand({ kind: 'openDoor' });
    expect((await open).atMs).to.be.at.most(await uno.nowMs());
  });
});

function defineAvrdude(): void {
  describeWithTool('avrdude', 'avrdude', 'avrdude at the emulated Uno', () => {
    it('writes and verifies the image by the bootloader, which then starts it', async () => {
      const uno = await EmulatedUno.start({ bootloader });
      try {
        const closed = uno.next((truth) => truth['port'] === 'closed');
        const programmer = ['-p', 'atmega328p', '-c', 'arduino', '-b', '57600', '-P', uno.port];
        const { stderr } = await run('avrdude', [...programmer, '-D', '-U', `flash:w:${image}:i`]);
        expect(stderr).to.match(/bytes of flash verified/);
        await closed;
        await hear(uno.port, GREETING);
      } finally {
        await uno.stop();
      }
    });
  });
}

if (existsSync(bootloader) || process.env['CI'] === 'true')
  describeWithTool('socat', 'socat', 'flashing', defineAvrdude);
else console.warn(`not tested: avrdude at the emulated Uno (needs ${bootloader}, of arduino-core-avr)`);
