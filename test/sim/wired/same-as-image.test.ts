import fc from 'fast-check';
import { anySteps, armed, toDrive } from './any-steps.js';
import { IN1, IN2, LAMP, OTHER_OUTPUT } from './board-under-test.js';
import { expectSame, GRID_MS, type Step } from './same-as-image.js';

const alive = (forMs: number): Step[] => Array.from({ length: forMs / 240 }, () => ({ host: [0xf9], thenMs: 240 }));
const write = (pin: number, level: 0 | 1, thenMs = GRID_MS): Step => ({ host: [0xf5, pin, level], thenMs });

describe('The virtual board', () => {
  describe('does the same as the image, cycle by cycle', () => {
    it('when it is asked what it is', () => {
      const queries = [[0xf9], [0xf0, 0x79, 0xf7], [0xf0, 0x6b, 0xf7], [0xf0, 0x69, 0xf7], [0xf0, 0x02, 0xf7]];
      const pinQueries = Array.from({ length: 20 }, (_, pin) => [0xf0, 0x6d, pin, 0xf7]);
      expectSame([...queries, ...pinQueries].map((host) => ({ host, thenMs: GRID_MS })));
    });

    it('when messages are too long', () => {
      const arms = [25, 31, 32, 33, 200].map((length) => [0xf0, ...Array<number>(length).fill(1), 0xf7]);
      const queries = arms.flatMap((host) => [host, [0xf0, 0x02, 0xf7]]);
      expectSame(queries.map((host) => ({ host, thenMs: 2 * GRID_MS })));
    });

    it('when analog pins are digital ones, and change', () => {
      const hosts = [
        [0xf4, 16, 0, 0xf4, 17, 1],
        [0xd2, 1],
        [0xc2, 1, 0xc3, 1],
        [0xf0, 0x6d, 16, 0xf7],
        [0xf4, 16, 11],
      ];
      expectSame([
        { host: armed, thenMs: GRID_MS },
        { input: [16, 'high'], thenMs: GRID_MS },
        ...hosts.map((host) => ({ host, thenMs: 2 * GRID_MS })),
      ]);
    });

    it('when it drives, turns round, and is told both ways at once', () => {
      expectSame([
        ...toDrive,
        write(IN1, 0),
        write(IN2, 1, 150),
        { host: [0xf5, IN2, 0, 0xf5, IN1, 1], thenMs: 150 },
        write(IN2, 1, 150),
        write(IN1, 0),
        write(IN2, 0),
        write(IN2, 1, 150),
        { host: [0xf0, 0x02, 0xf7], thenMs: GRID_MS },
      ]);
    });

    it('when a drive is too long, or stalls', () => {
      expectSame([
        ...toDrive,
        ...alive(3000),
        write(IN1, 0),
        write(IN1, 1, 90),
        { voltagesMv: [370, 3000], thenMs: GRID_MS },
        ...alive(480),
      ]);
    });

    it('when it is reset, loses its power, and begins anew', () => {
      const query = { host: [0xf0, 0x02, 0xf7], thenMs: GRID_MS };
      expectSame([
        { host: [0xd0, 1, 0xc0, 1], thenMs: GRID_MS },
        { host: armed, thenMs: 2100 },
        query,
        { power: 'reset', thenMs: 300 },
        query,
        write(IN1, 1),
        { host: armed, thenMs: GRID_MS },
        { host: [0xf4, OTHER_OUTPUT, 1, 0xf5, OTHER_OUTPUT, 1], thenMs: GRID_MS },
        { power: 'off', thenMs: 300 },
        query,
        { power: 'on', thenMs: 300 },
        query,
        { host: armed, thenMs: GRID_MS },
        { host: [0xf4, OTHER_OUTPUT, 1, 0xf5, OTHER_OUTPUT, 1], thenMs: GRID_MS },
        { host: [0xff], thenMs: 900 },
        query,
      ]);
    });

    it('when it stalls on a low supply', () => {
      const weak: Step = { voltagesMv: [230, 2000], thenMs: GRID_MS };
      const idle: Step = { voltagesMv: [210, 2000], thenMs: GRID_MS };
      expectSame([idle, ...toDrive, ...alive(480), weak, ...alive(480)]);
    });

    it('when the host falls silent and comes back', () => {
      expectSame([
        { host: [0xf4, LAMP, 1, 0xf4, OTHER_OUTPUT, 1], thenMs: GRID_MS },
        ...toDrive,
        { host: [0xf4, LAMP, 1, 0xf4, OTHER_OUTPUT, 1], thenMs: GRID_MS },
        write(LAMP, 1),
        write(OTHER_OUTPUT, 1, 900),
        write(LAMP, 1),
        write(IN1, 0),
        write(IN1, 1, 120),
        ...toDrive,
      ]);
    });
  });

  it('does the same as the image, whatever happens to both', () => {
    fc.assert(fc.property(anySteps, expectSame), { numRuns: 10 });
  }).timeout(60_000);
});
