import { expect } from 'chai';
import fc from 'fast-check';
import { HostMessages } from '../../../sim/wired/host-messages.js';

/** Everything is understood here, and noted. */
class Notes {
  readonly notes: string[] = [];
  longest = 0;
  private readonly messages = new HostMessages({
    message: (command, place, first, second) => this.note(`${command.toString(16)} ${place} ${first} ${second}`),
    sysex: (kind, payload) => {
      this.longest = Math.max(this.longest, payload.length);
      return this.note(`sysex ${kind}: ${payload.join(' ')}`);
    },
    ended: (understood) => this.note(understood ? 'understood' : 'not understood'),
  });

  take(...bytes: readonly number[]): string[] {
    for (const byte of bytes) this.messages.take(byte);
    return this.notes.splice(0);
  }

  private note(text: string): true {
    this.notes.push(text);
    return true;
  }
}

describe('HostMessages', () => {
  it('tells each message as soon as it is whole, with port or channel, and then that it ended', () => {
    const messages = new Notes();
    expect(messages.take(0x92, 3)).to.deep.equal([]);
    expect(messages.take(4)).to.deep.equal(['90 2 3 4', 'understood']);
    expect(messages.take(0xc5, 1)).to.deep.equal(['c0 5 1 0', 'understood']);
    expect(messages.take(0xd1, 0)).to.deep.equal(['d0 1 0 0', 'understood']);
    expect(messages.take(0xf4, 7, 1)).to.deep.equal(['f4 4 7 1', 'understood']);
    expect(messages.take(0xf9)).to.deep.equal(['f9 0 0 0', 'understood']);
    expect(messages.take(0xf0, 2, 0xf7)).to.deep.equal(['sysex 2: ', 'understood']);
    expect(messages.take(0xf0, 1, 5, 6, 0xf7)).to.deep.equal(['sysex 1: 5 6', 'understood']);
  });

  it('keeps of an endless message no more than fits', () => {
    const messages = new Notes();
    messages.take(0xf0, ...Array<number>(10_000).fill(1), 0xf7);
    expect(messages.longest).to.equal(31);
  });

  it('understands a whole message after whatever came before it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255)), (noise) => {
        const messages = new Notes();
        messages.take(...noise);
        const told = messages.take(0xf5, 7, 1);
        expect(told.slice(-2)).to.deep.equal(['f5 5 7 1', 'understood']);
        expect(told.length).to.be.at.most(3);
      }),
    );
  });
});
