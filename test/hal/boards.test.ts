import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Board, Host, WiredBoard } from '../../hal/boards.js';
import { loadBoards } from '../../hal/boards.js';
import { DocumentError } from '../../hal/document.js';

const shippedText = readFileSync(join(import.meta.dirname, '../../../boards.json'), 'utf8');
const shipped = loadBoards(shippedText, 'boards.json').boards;

/** A fresh copy of the shipped boards, to be spoilt; variants have nothing in common with their boards any more. */
function copy() {
  const boards = JSON.parse(JSON.stringify(shipped)) as Board[];
  return { boards, uno: wired(boards, 'arduino-uno'), pi: host(boards, 'raspberry-pi-4') };
}

function wired(boards: readonly Board[], id: string): WiredBoard {
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'ioBoard' || board.adapter !== 'johnny-five') throw new Error(`${id} has no pins`);
  return board;
}

function host(boards: readonly Board[], id: string): Host {
  const board = boards.find((candidate) => candidate.id === id);
  if (board?.kind !== 'host') throw new Error(`${id} is no host`);
  return board;
}

/** The problems without their places. */
function problems(boards: unknown): string[] {
  try {
    loadBoards(JSON.stringify({ boards }), 'b');
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^b:\d+:\d+: /, ''));
  }
}

function loadSafely(text: string): void {
  try {
    loadBoards(text, 'b');
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
  }
}

describe('boards.json', () => {
  it('holds the supported boards', () => {
    expect(shipped.map(({ id, kind }) => `${kind} ${id}`)).to.deep.equal([
      'ioBoard sim',
      'ioBoard arduino-uno',
      'ioBoard arduino-nano',
      'ioBoard arduino-uno-drv8833',
      'ioBoard arduino-nano-drv8833',
      'host raspberry-pi-4',
      'host raspberry-pi-5',
      'host raspberry-pi-zero-2w',
    ]);
  });

  for (const id of ['arduino-uno', 'arduino-nano', 'arduino-uno-drv8833', 'arduino-nano-drv8833']) {
    const { microcontroller, pins, pullResistorOhm, drive, timings, sources } = wired(shipped, id);

    it(`gives each number of ${id} its source`, () => {
      const pinNumbers = Object.values(pins)
        .flatMap((setting) => Object.entries({ ...setting, ...('led' in setting && setting.led) }))
        .flatMap(([key, value]) => (key !== 'pin' && typeof value === 'number' ? [key] : []));
      const adc = Object.keys(microcontroller).filter((key) => key.startsWith('adc'));
      const numbersOf = (group: object) =>
        Object.entries(group).flatMap(([key, value]) => (typeof value === 'number' ? [key] : []));
      const wanted = {
        microcontroller: adc,
        pins: [...pinNumbers, ...Object.keys({ pullResistorOhm })],
        drive: numbersOf(drive),
        timings: numbersOf(timings),
      };
      for (const [group, keys] of Object.entries(wanted)) {
        const named = sources[group as keyof typeof sources].flatMap((line) => (line.split(': ')[0] ?? '').split(', '));
        expect(named, group).to.include.members(keys);
      }
    });
  }

  it('drives the simulated lock like the wired one, so that depths can be compared', () => {
    const [sim] = shipped;
    const { drive, timings } = wired(shipped, 'arduino-uno');
    expect(sim).to.deep.include({ drive, timings });
  });
});

describe('loadBoards', () => {
  it('accepts a board without end switches', () => {
    const { boards, uno } = copy();
    delete uno.pins.boltExtended;
    delete uno.pins.boltRetracted;
    expect(problems(boards)).to.deep.equal([]);
  });

  it('accepts a switch on an analog pin that is digital too', () => {
    const { boards, uno } = copy();
    uno.pins.doorContact.pin = 'A3';
    expect(problems(boards)).to.deep.equal([]);
  });

  it('names file, line, column and path', () => {
    const text = shippedText.replace('"pin": 9,', '"pin": 7,');
    const lines = text.split('\n');
    const line = lines.findLastIndex((candidate) => candidate.trim() === '"pin": 7,') + 1;
    const column = (lines[line - 1] ?? '').indexOf('7') + 1;
    expect(() => loadBoards(text, 'my/boards.json')).to.throw(
      DocumentError,
      `my/boards.json:${line}:${column}: boards[1].pins.motorEnable.pin: pin 7 is taken by motorIn1`,
    );
  });

  const cases: readonly {
    spoil: (uno: WiredBoard, pi: Host, boards: Board[]) => unknown;
    expected: readonly string[];
  }[] = [
    {
      spoil: (uno) => (uno.pins.jamIndicator.pin = 7),
      expected: ['boards[1].pins.jamIndicator.pin: pin 7 is taken by motorIn1; free and fit: 11, 12, A2, A3, A4, A5'],
    },
    {
      spoil: (uno) => (uno.pins.motorCurrent.pin = 11),
      expected: [
        'boards[1].pins.motorCurrent.pin: pin 11 is digital, and motorCurrent is measured; free and fit: A0, A2, A3, A4, A5',
        'boards[1].pins.jamIndicator.pin: pin 11 is taken by motorCurrent; free and fit: 12, A0, A2, A3, A4, A5',
      ],
    },
    {
      spoil: (uno) => (uno.pins.doorContact.pin = 1),
      expected: [
        'boards[1].pins.doorContact.pin: pin 1 carries the serial line to the host; free and fit: 4, 12, A2, A3, A4, A5',
      ],
    },
    {
      spoil: ({ pins }) => ([pins.doorContact.pin, pins.faultIndicator] = [13, { ...pins.jamIndicator, pin: 12 }]),
      expected: [
        "boards[1].pins.doorContact.pin: pin 13 has the board's own LED, which the bootloader flashes; free and fit: 4, A2, A3, A4, A5",
      ],
    },
    {
      spoil: (uno) => (uno.pins.cameraPower.pin = 14),
      expected: ['boards[1].pins.cameraPower.pin: the board has no pin 14; free and fit: 5, 12, A2, A3, A4, A5'],
    },
    {
      spoil: (_, __, boards) => (wired(boards, 'arduino-nano').pins.jamIndicator.pin = 'A6'),
      expected: ['boards[2].pins.jamIndicator.pin: pin A6 is only analog; free and fit: 11, 12, A2, A3, A4, A5'],
    },
    {
      spoil: (uno) => (uno.pins.jamIndicator.pin = 'D7'),
      expected: ['boards[1].pins.jamIndicator.pin: the board has no pin D7; free and fit: 11, 12, A2, A3, A4, A5'],
    },
    {
      spoil: (uno) => Object.assign(uno.pins.jamIndicator, { pin: null }),
      expected: [
        'boards[1].pins.jamIndicator.pin: must be a pin as printed on the board: 7 for a digital one, "A0" for an analog one',
      ],
    },
    {
      spoil: (uno) => delete uno.pins.boltRetracted,
      expected: ['boards[1].pins.boltExtended: needs boltRetracted beside it; add that, or leave both out'],
    },
    {
      spoil: (uno) => delete uno.pins.boltExtended,
      expected: ['boards[1].pins.boltRetracted: needs boltExtended beside it; add that, or leave both out'],
    },
    {
      spoil: (uno) => Object.assign(uno.pins.motorIn2, { pull: 'externalUp' }),
      expected: [
        'boards[1].pins.motorIn2.pull: must be externalDown: nothing else keeps the motor off while the bootloader runs',
      ],
    },
    {
      spoil: (uno) => Object.assign(uno.pins.motorIn1, { polarity: 'activeLow' }),
      expected: [
        'boards[1].pins.motorIn1.polarity: must be activeHigh: a board whose host died switches it off by dropping it LOW',
      ],
    },
    {
      spoil: (uno) => Object.assign(uno.pins.jamIndicator, { polarity: 'activeLow' }),
      expected: [
        'boards[1].pins.jamIndicator.polarity: must be activeHigh: a board whose host died switches it off by dropping it LOW',
      ],
    },
    {
      spoil: (uno) => delete uno.pins.motorEnable,
      expected: ['boards[1].pins: a TB6612FNG needs motorEnable, for its PWMA and STBY; add it'],
    },
    {
      spoil: (uno) => (uno.drive.bridge = 'DRV8833'),
      expected: ['boards[1].pins.motorEnable: a DRV8833 has no such input; leave it out'],
    },
    {
      spoil: (uno) => Object.assign(uno.drive, { bridge: 'L298N' }),
      expected: ['boards[1].drive.bridge: must be one of TB6612FNG, DRV8833, not "L298N"'],
    },
    {
      spoil: (uno) => delete uno.pins.jamIndicator.led,
      expected: [
        "boards[1].pins.jamIndicator: pin 11 has no LED of the board's own; add led with its colour and seriesOhm",
      ],
    },
    {
      spoil: (uno) => (uno.pins.faultIndicator.led = { colour: 'blue', seriesOhm: 470 }),
      expected: [
        "boards[1].pins.faultIndicator.led: pin 13 has the board's own LED; leave led out, or choose another pin",
      ],
    },
    {
      spoil: (uno) => (uno.headers.right = uno.headers.right.replace(' 4 ', ' ')),
      expected: ['boards[1].headers: pin 4 of the microcontroller is on neither side; add it'],
    },
    {
      spoil: (uno) => (uno.headers.left = uno.headers.left.replace(' 5V ', ' ')),
      expected: ['boards[1].headers.left: must name a hole "5V", for what hangs on it'],
    },
    {
      spoil: (uno) => (uno.headers.left = `  ${uno.headers.left}`),
      expected: ['boards[1].headers.left: must be the names beside the holes with a space between, like "5V GND | A0"'],
    },
    {
      spoil: (uno) => (uno.microcontroller.avrdudePart = 'ATmega328P'),
      expected: ['boards[1].microcontroller.avrdudePart: must be a part as avrdude calls it, like "m328p"'],
    },
    {
      spoil: (uno) => uno.bootloaders.splice(0),
      expected: ['boards[1].bootloaders: must have 1 or more entries'],
    },
    {
      spoil: (uno) => (uno.pins.cameraPower.polarity = 'activeLow'),
      expected: ['boards[1].pins.cameraPower.pull: would switch an activeLow output on at boot; use externalUp'],
    },
    {
      spoil: (uno) => uno.microcontroller.analogOnlyPins.push('A6'),
      expected: ['boards[1].microcontroller.analogOnlyPins[0]: A6 is not among analogPins; add it there'],
    },
    {
      spoil: (uno) => uno.microcontroller.analogPins.push('a6'),
      expected: [
        'boards[1].microcontroller.analogPins[6]: must be an analog pin as printed on the board, like "A0"',
        'boards[1].headers: pin a6 of the microcontroller is on neither side; add it',
      ],
    },
    {
      spoil: (uno) => uno.microcontroller.serialPins.push(20),
      expected: ['boards[1].microcontroller.serialPins[2]: 20 is not among digitalPins; add it there'],
    },
    {
      spoil: (uno) => (uno.microcontroller.ledPin = 20),
      expected: [
        'boards[1].microcontroller.ledPin: 20 is not among digitalPins; add it there',
        "boards[1].pins.faultIndicator: pin 13 has no LED of the board's own; add led with its colour and seriesOhm",
      ],
    },
    {
      spoil: (uno) => (uno.drive.stallThresholdMa = 400),
      expected: [
        'boards[1].drive.stallThresholdMa: must not be above stallCurrentMa, 360; lower it, or raise the other',
      ],
    },
    {
      spoil: (uno) => (uno.pins.motorCurrent.scaleMvPerA = 14_000),
      expected: [
        'boards[1].pins.motorCurrent.scaleMvPerA: a stall makes 5040 mV, and the pin reads up to 5000; use a smaller shunt',
      ],
    },
    {
      spoil: (uno) => (uno.pins.supplyVoltage.dividerRatio = 1.25),
      expected: [
        'boards[1].pins.supplyVoltage.dividerRatio: the supply makes 5200 mV, and the pin reads up to 5000; divide by more',
      ],
    },
    {
      spoil: (uno) => (uno.timings.heartbeatMs = 167),
      expected: ['boards[1].timings.heartbeatMs: must be at most 166: two may be lost before deadManTimeoutMs'],
    },
    {
      spoil: (uno) => (uno.timings.coastMs = 49),
      expected: ['boards[1].timings.coastMs: must be at least 50, not 49'],
    },
    {
      spoil: (uno) => (uno.timings.boardDriveLimitMs = 3000),
      expected: ['boards[1].timings.boardDriveLimitMs: must be at most 2900, not 3000'],
    },
    {
      spoil: (uno) => Object.assign(uno.timings, { coastS: 0.05 }),
      expected: ['boards[1].timings.coastS: unknown key; did you mean "coastMs"?'],
    },
    {
      spoil: (uno) => Reflect.deleteProperty(uno.pins, 'doorContact'),
      expected: ['boards[1].pins: the key "doorContact" is missing; add it'],
    },
    {
      spoil: (_, __, boards) => Object.assign(boards[0] ?? {}, { pins: {} }),
      expected: [
        'boards[0].pins: unknown key; the keys here are id, name, kind, adapter, hasBoltSwitches, drive, timings, sources, notes',
      ],
    },
    {
      spoil: (uno) => (uno.id = 'Arduino Uno'),
      expected: [
        'boards[1].id: must be lower-case words and numbers with hyphens between, like "arduino-uno"',
        ...[5, 6, 7].map(
          (n) => `boards[${n}].drives[0]: "arduino-uno" is no I/O board with a USB line; did you mean "Arduino Uno"?`,
        ),
      ],
    },
    {
      spoil: (_, pi) => (pi.id = 'sim'),
      expected: ['boards[5].id: "sim" is the id of boards[0] too; choose another'],
    },
    {
      spoil: (_, pi) => (pi.drives = ['arduino-nan']),
      expected: ['boards[5].drives[0]: "arduino-nan" is no I/O board with a USB line; did you mean "arduino-nano"?'],
    },
    {
      spoil: (_, pi) => (pi.drives = ['sim']),
      expected: [
        'boards[5].drives[0]: "sim" is no I/O board with a USB line; there are arduino-uno, arduino-nano, arduino-uno-drv8833, arduino-nano-drv8833',
      ],
    },
    {
      spoil: (_, pi) => Object.assign(pi, { ownGpio: 'supported' }),
      expected: ['boards[5].ownGpio: must be notYetSupported, not "supported"'],
    },
    { spoil: (_, __, boards) => boards.splice(0), expected: ['boards: must have 1 or more entries'] },
  ];
  for (const { spoil, expected } of cases) {
    it(expected[0] ?? '', () => {
      const { boards, uno, pi } = copy();
      spoil(uno, pi, boards);
      expect(problems(boards)).to.deep.equal(expected);
    });
  }

  it('reports the problems of several boards at once', () => {
    const { boards, uno, pi } = copy();
    uno.pins.motorIn2.pin = 7;
    wired(boards, 'arduino-nano').timings.coastMs = 10;
    Object.assign(pi, { colour: 'green' });
    expect(problems(boards).map((line) => line.split(': ')[0])).to.deep.equal([
      'boards[1].pins.motorIn2.pin',
      'boards[2].timings.coastMs',
      'boards[5].colour',
    ]);
  });

  it('throws nothing but DocumentError when any value of the shipped file is replaced', () => {
    const paths = leafPaths(JSON.parse(shippedText), []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const spoilt: unknown = JSON.parse(shippedText);
        let parent: unknown = spoilt;
        for (const step of path.slice(0, -1)) parent = Reflect.get(Object(parent), step);
        Reflect.set(Object(parent), path.at(-1) ?? '', value);
        loadSafely(JSON.stringify(spoilt));
      }),
    );
  });

  it('throws nothing but DocumentError when the text of the shipped file is cut, doubled or spoilt', () => {
    const place = fc.nat({ max: shippedText.length });
    fc.assert(
      fc.property(place, place, fc.string({ unit: 'binary', maxLength: 5 }), (from, to, put) => {
        loadSafely(shippedText.slice(0, from) + put + shippedText.slice(to));
      }),
    );
  });
});

/** The path of each value below, lists and objects included. */
function leafPaths(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, child]) => leafPaths(child, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}
