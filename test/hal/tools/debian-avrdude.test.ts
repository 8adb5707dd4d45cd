import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parseIntelHex } from '../../../hal/intel-hex.js';
import { findAvrdude } from '../../../hal/tools/avrdude.js';
import { checkPortByOpening } from '../../../hal/tools/port.js';
import { thisMachine } from '../../../hal/tools/this-machine.js';
import { describeWithTool } from '../../support/debian-tool.js';
import { flashStandIn, imageFile } from './flash-stand-in.js';
import { Stk500Board } from './stk500-board.js';

describeWithTool('avrdude', 'avrdude', "Debian's avrdude", () => {
  describeWithTool('socat', 'socat', 'at a pseudo-terminal', () => {
    it('says its version', async () => {
      expect(await findAvrdude(thisMachine))
        .to.have.property('version')
        .that.matches(/^\d+\.\d+/);
    });

    it('writes the image and verifies it', async () => {
      const { result, flash: held } = await flashStandIn({});
      expect(result).to.have.nested.property('verifiedBy.id', 'optiboot');
      const { bytes } = parseIntelHex(readFileSync(imageFile, 'utf8'), imageFile);
      expect(held.equals(bytes)).to.equal(true);
    });

    it('refuses another chip, and writes nothing', async () => {
      const { result, flash: held } = await flashStandIn({ signature: [0x1e, 0x95, 0x14] });
      expect(result).to.have.nested.property('problem.kind', 'wrongChip');
      expect(result).to.have.nested.property('problem.what').that.includes('m328');
      expect(held.every((byte) => byte === 0xff)).to.equal(true);
    });

    it('notices one bit that does not hold', async () => {
      const { result } = await flashStandIn({ wornPage: 7 });
      expect(result).to.have.nested.property('problem.kind', 'verifyMismatch');
    });

    it('finds a port locked that another process, or this one, has opened alone', async () => {
      const { SerialPort } = await import('serialport');
      const board = await Stk500Board.start();
      try {
        expect(await checkPortByOpening(thisMachine, board.port)).to.equal(null);
        const other = new SerialPort({ path: board.port, baudRate: 57_600, autoOpen: false });
        await new Promise((resolve) => other.open(resolve));
        expect(await checkPortByOpening(thisMachine, board.port)).to.have.property('kind', 'portBusy');
        await new Promise((resolve) => other.close(resolve));
      } finally {
        board.stop();
      }
    });
  });
});
