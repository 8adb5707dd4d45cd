import { expect } from 'chai';
import * as fc from 'fast-check';
import { FRAME_BYTES_MAX, JpegSplitter } from '../../../../hal/adapters/camera/jpeg-splitter.js';
import { jpegOf } from './jpegs.js';

function hexOf(pictures: readonly Uint8Array[]): string[] {
  return pictures.map((picture) => Buffer.from(picture).toString('hex'));
}

const pictures = [1, 2, 3, 400].map((serial) => jpegOf(serial));
const stream = Buffer.concat(pictures);

describe('JPEG splitter', () => {
  it('cuts a stream into its pictures, thumbnails and restarts inside', () => {
    expect(hexOf(new JpegSplitter().push(stream))).to.deep.equal(hexOf(pictures));
  });

  it('does so however the stream comes in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        const splitter = new JpegSplitter();
        const found: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          found.push(...splitter.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(hexOf(found)).to.deep.equal(hexOf(pictures));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('passes over what is no picture, before and between', () => {
    const rubbish = Buffer.from('--boundary\r\nContent-Type: image/jpeg\r\n\r\n');
    const mixed = Buffer.concat(pictures.flatMap((picture) => [rubbish, picture]));
    expect(hexOf(new JpegSplitter().push(mixed))).to.deep.equal(hexOf(pictures));
  });

  it('finds the next picture after one that was cut short or spoilt', () => {
    const [first = stream, second = stream] = pictures;
    const spoilt = Uint8Array.from(first);
    spoilt[2] = 0;
    const cut = first.subarray(0, 2);
    for (const bad of [spoilt, cut]) {
      // The thumbnail of the spoilt one may be taken for a picture of its own.
      expect(hexOf(new JpegSplitter().push(Buffer.concat([bad, second]))).at(-1)).to.equal(hexOf([second])[0]);
    }
  });

  it('survives any bytes, does not grow beyond a picture, and finds the next good one', function () {
    this.timeout(20_000);
    const splitter = new JpegSplitter();
    const scan = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0x00, 0x02]);
    splitter.push(scan);
    const endless = Buffer.alloc(1024 * 1024, 0x11);
    for (let pushed = 0; pushed <= FRAME_BYTES_MAX; pushed += endless.length) {
      expect(splitter.push(endless)).to.deep.equal([]);
    }
    expect(hexOf(splitter.push(pictures[0] ?? stream))).to.deep.equal(hexOf(pictures.slice(0, 1)));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
        const noisy = new JpegSplitter();
        noisy.push(Uint8Array.from(noise, (byte) => (byte % 5 === 0 ? 0xff : byte)));
        // A picture that only seems to have begun may swallow what follows it, but not for longer than a picture lasts.
        const found = Array.from({ length: 2_000 }, () => noisy.push(stream).length).some((count) => count > 0);
        expect(found).to.equal(true);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
