import fc from 'fast-check';
import { encodeArm, NO_PIN } from '../../../hal/board-protocol.js';
import { ENABLE, IN1, IN2, LAMP, OTHER_OUTPUT } from './board-under-test.js';
import { GRID_MS, LIMITS, SAMPLING_MAX_MS, type Step } from './same-as-image.js';

export const armed = encodeArm(LIMITS);

/** Until the motor runs. */
export const toDrive: readonly Step[] = [
  { host: armed, thenMs: 120 },
  { host: [0xf5, ENABLE, 1], thenMs: GRID_MS },
  { host: [0xf5, IN1, 1], thenMs: GRID_MS },
];

const pin = fc.constantFrom(0, 1, 2, 4, OTHER_OUTPUT, IN1, IN2, ENABLE, LAMP, 13, 14, 15, 18, 19, 20, 99);
const bridgePin = fc.constantFrom(IN1, IN2, ENABLE);
const level = fc.constantFrom(0, 1);
const data = fc.nat(127);
const host = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant(0xf5), bridgePin, level) },
  { weight: 3, arbitrary: fc.tuple(bridgePin, level).map(([at, on]) => [0xf5, ENABLE, 1, 0xf5, at, on]) },
  { weight: 2, arbitrary: fc.constantFrom(armed, encodeArm({ ...LIMITS, enablePin: NO_PIN, lampPins: [] })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(0x90, 0x91, 0x92, 0x93), data, data) },
  { weight: 2, arbitrary: fc.tuple(fc.constant(0xf5), pin, fc.nat(2)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant(0xf4), pin, fc.constantFrom(0, 1, 2, 3, 11)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(0xd0, 0xd1, 0xd2, 0xd3), fc.nat(2)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(0xc0, 0xc1, 0xc4, 0xc7), fc.nat(2)) },
  { weight: 1, arbitrary: fc.nat(SAMPLING_MAX_MS).map((ms) => [0xf0, 0x7a, ms, 0, 0xf7]) },
  { weight: 1, arbitrary: pin.map((asked) => [0xf0, 0x6d, asked, 0xf7]) },
  { weight: 3, arbitrary: fc.constantFrom([0xf9], [0xf0, 0x02, 0xf7], [0xf0, 0x69, 0xf7], [0xf0, 0x6b, 0xf7]) },
  { weight: 1, arbitrary: fc.array(fc.nat(255), { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(data, { maxLength: 40 }).map((some) => [0xf0, ...some, 0xf7]) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(26), fc.nat(127)).map(([at, byte]) => armed.with(at, byte)) },
);
const input = fc.tuple(pin, fc.constantFrom('high', 'open', 'low'));
// The image measures the two by turns, so a leap of the supply in mid-stall would look like an end of it.
const voltagesMv = fc.constantFrom<[number, number]>([0, 3000], [90, 3000], [370, 2900]);
const thenMs = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 2, max: 6 }).map((lines) => lines * GRID_MS) },
  { weight: 1, arbitrary: fc.integer({ min: 7, max: 24 }).map((lines) => lines * GRID_MS) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ host, thenMs }) },
  { weight: 1, arbitrary: fc.record({ input, thenMs }) },
  { weight: 1, arbitrary: fc.record({ voltagesMv, thenMs }) },
);

/** Whatever a host may send, sane or not, and whatever may be at the pins; the motor runs as it begins. */
export const anySteps = fc.array(step, { minLength: 20, maxLength: 40 }).map((steps) => [...toDrive, ...steps]);
