import { expect } from 'chai';
import type { SerialLine } from '../../../hal/contracts/serial-line.js';

/** A line and its far end. It begins closed. */
export interface SerialLineFixture {
  readonly line: SerialLine;
  /** Lets things happen until that is so; throws if it never is. */
  until(isSo: () => boolean): Promise<void>;
  /** Bytes for the line, sent by the far end. */
  send(bytes: Uint8Array): void;
  /** What has arrived at the far end. */
  received(): readonly number[];
  /** The far end goes away, as when a plug is pulled. */
  pullOut(): Promise<void>;
  dispose(): Promise<void>;
}

export function describeSerialLine(name: string, makeFixture: () => Promise<SerialLineFixture>): void {
  describe(`serial line: ${name}`, () => {
    let fixture: SerialLineFixture;
    let line: SerialLine;
    let heard: string[];
    let arrived: number[];

    beforeEach(async () => {
      fixture = await makeFixture();
      ({ line } = fixture);
      heard = [];
      arrived = [];
      watch(heard, arrived);
    });

    afterEach(async () => {
      line.close();
      await fixture.dispose();
    });

    function watch(events: string[], bytesOf: number[]): void {
      line.watch({
        opened: () => events.push('opened'),
        received: (bytes) => bytesOf.push(...bytes),
        closed: (reason) => {
          expect(reason).to.match(/^\S.{8,}[^.]$/);
          events.push('closed');
        },
      });
    }

    async function open(): Promise<void> {
      const before = heard.length;
      line.open();
      await fixture.until(() => heard.length > before);
      expect(heard.at(-1)).to.equal('opened');
    }

    async function close(): Promise<void> {
      const before = heard.length;
      line.close();
      await fixture.until(() => heard.length > before);
      expect(heard.at(-1)).to.equal('closed');
    }

    it('opens and closes, told later, never from inside the call', async () => {
      line.open();
      expect(heard).to.deep.equal([]);
      await fixture.until(() => heard.length > 0);
      line.close();
      expect(heard).to.deep.equal(['opened']);
      await fixture.until(() => heard.length > 1);
      expect(heard).to.deep.equal(['opened', 'closed']);
    });

    it('opens again after it was closed', async () => {
      await open();
      await close();
      await open();
      await close();
      expect(heard).to.deep.equal(['opened', 'closed', 'opened', 'closed']);
    });

    it('takes no notice of being opened or closed twice', async () => {
      line.close();
      line.open();
      line.open();
      await fixture.until(() => heard.length > 0);
      line.open();
      line.close();
      line.close();
      await fixture.until(() => heard.length > 1);
      line.close();
      await open();
      await close();
      expect(heard).to.deep.equal(['opened', 'closed', 'opened', 'closed']);
    });

    it('closes although it was still opening', async () => {
      line.open();
      line.close();
      await fixture.until(() => heard.at(-1) === 'closed');
      await open();
    });

    it('carries every byte in order, both ways', async () => {
      await open();
      const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
      line.write(bytes.subarray(0, 100));
      line.write(bytes.subarray(100));
      fixture.send(bytes);
      expect(arrived).to.deep.equal([]);
      await fixture.until(() => fixture.received().length === 256 && arrived.length === 256);
      expect(fixture.received()).to.deep.equal([...bytes]);
      expect(arrived).to.deep.equal([...bytes]);
    });

    it('lets what was written leave before it closes', async () => {
      await open();
      const bytes = Array.from({ length: 64 }, (_, value) => value);
      for (const byte of bytes) line.write(Uint8Array.of(byte));
      await close();
      await fixture.until(() => fixture.received().length === bytes.length);
      expect(fixture.received()).to.deep.equal(bytes);
    });

    it('loses what is written while it is not open', async () => {
      line.write(Uint8Array.of(1));
      line.open();
      line.write(Uint8Array.of(2));
      await fixture.until(() => heard.length > 0);
      await close();
      line.write(Uint8Array.of(3));
      await open();
      line.write(Uint8Array.of(4));
      await fixture.until(() => fixture.received().length > 0);
      expect(fixture.received()).to.deep.equal([4]);
    });

    it('tells the latest listener only', async () => {
      const [events, bytes]: [string[], number[]] = [[], []];
      watch(events, bytes);
      line.open();
      await fixture.until(() => events.length > 0);
      fixture.send(Uint8Array.of(7));
      await fixture.until(() => bytes.length > 0);
      expect({ heard, arrived, events, bytes }).to.deep.equal({
        heard: [],
        arrived: [],
        events: ['opened'],
        bytes: [7],
      });
    });

    it('closes by itself when the far end has gone away and is written to, and cannot be opened then', async () => {
      await open();
      await fixture.pullOut();
      line.write(Uint8Array.of(1));
      await fixture.until(() => heard.length > 1);
      expect(heard).to.deep.equal(['opened', 'closed']);
      line.open();
      expect(heard).to.deep.equal(['opened', 'closed']);
      await fixture.until(() => heard.length > 2);
      expect(heard).to.deep.equal(['opened', 'closed', 'closed']);
    });
  });
}
