import { expect } from 'chai';
import { describeWithTool } from '../../support/debian-tool.js';
import { flashStandIn } from './flash-stand-in.js';

describeWithTool('avrdude', 'avrdude', "Debian's avrdude, with patience", () => {
  describeWithTool('socat', 'socat', 'at a pseudo-terminal', () => {
    it('gives up on a board that stays silent, long before its own ten attempts are over', async () => {
      const { result } = await flashStandIn({ isSilent: true });
      expect(result).to.have.nested.property('problem.kind', 'noAnswer');
      expect(result).to.have.nested.property('problem.what').that.includes('Tried: Optiboot, at 115200 baud');
    });
  });
});
