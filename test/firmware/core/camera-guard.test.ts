import { expect } from 'chai';
import { type CameraGuard, INITIAL_CAMERA, stepCamera, watches } from '../../../firmware/core/camera-guard.js';
import type { CoreEvent, Picture } from '../../../firmware/core/events.js';
import { WAKE } from '../../../firmware/core/step.js';

const CONFIRMED: CoreEvent = { kind: 'recordingSensed', confirmed: true };
const UNCONFIRMED: CoreEvent = { kind: 'recordingSensed', confirmed: false };
const ENTRY: CoreEvent = { kind: 'entryAllowed', visitId: 'visit', personId: 'courier', entry: 1 };
const PICTURES: readonly Picture[] = ['unknown', 'off', 'booting', 'live', 'stale'];

function pictured(picture: Picture): CoreEvent {
  return { kind: 'pictureSensed', picture };
}

describe('The camera guard', () => {
  const table: readonly (readonly [string, CameraGuard, CoreEvent, CameraGuard])[] = [
    ['a picture', INITIAL_CAMERA, pictured('live'), { picture: 'live', recording: false }],
    ['a picture lost', { picture: 'live', recording: true }, pictured('stale'), { picture: 'stale', recording: true }],
    ['a recording', { picture: 'live', recording: false }, CONFIRMED, { picture: 'live', recording: true }],
    ['a recording lost', { picture: 'live', recording: true }, UNCONFIRMED, { picture: 'live', recording: false }],
    ['an entry of its own', { picture: 'live', recording: true }, ENTRY, { picture: 'live', recording: false }],
  ];
  for (const [name, start, event, expected] of table) {
    it(`follows ${name}`, () => {
      expect(stepCamera(start, event)).to.deep.equal(expected);
    });
  }

  it('is the same object when nothing has changed', () => {
    const live: CameraGuard = { picture: 'live', recording: true };
    for (const event of [pictured('live'), CONFIRMED, WAKE]) expect(stepCamera(live, event)).to.equal(live);
    expect(stepCamera(INITIAL_CAMERA, ENTRY)).to.equal(INITIAL_CAMERA);
  });

  it('watches only while the picture is live and recorded', () => {
    for (const picture of PICTURES) {
      expect(watches({ picture, recording: true }), picture).to.equal(picture === 'live');
      expect(watches({ picture, recording: false }), picture).to.equal(false);
    }
  });
});
