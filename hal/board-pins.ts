import * as v from 'valibot';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';

/** What a microcontroller's pins can do, what Latchkey connects to them, and whether the two agree. */

const digitalPin = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99));
const analogPin = v.pipe(v.string(), v.regex(/^A\d{1,2}$/, 'must be an analog pin as printed on the board, like "A0"'));

const pin = v.pipe(
  v.union(
    [digitalPin, v.string()],
    'must be a pin as printed on the board: 7 for a digital one, "A0" for an analog one',
  ),
  v.description('As printed on the board: 7 for a digital pin, "A0" for an analog one.'),
);

const connectsTo = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.maxLength(80),
  v.description('The far end of the wire, for whoever wires it.'),
);

const polarity = v.pipe(
  v.picklist(['activeHigh', 'activeLow']),
  v.description('activeHigh: the pin is HIGH while what its role says is so (extending, closed, lit); activeLow: LOW.'),
);

const debounceMs = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(4),
  v.maxValue(24),
  v.description(
    'How long a new level must hold before it counts, in ms. A switch bounces for 3; the lock hears within 50.',
  ),
);

const inputPull = v.pipe(
  v.picklist(['internalUp', 'externalUp', 'externalDown']),
  v.description('What holds the pin while nothing drives it: the chip, or a resistor of pullResistorOhm.'),
);

const outputPull = v.pipe(
  v.picklist(['externalUp', 'externalDown']),
  v.description(
    'The resistor of pullResistorOhm that keeps the output off while the bootloader leaves the pin floating.',
  ),
);

const seriesOhm = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(100_000),
  v.description('The resistor in the wire, in Ω.'),
);

const switchedOffLow = v.pipe(
  v.literal('activeHigh', 'must be activeHigh: a board whose host died switches it off by dropping it LOW'),
  v.description('Always activeHigh: a board whose host died switches motor and lamps off by dropping their pins LOW.'),
);

/** A pin of the bridge. */
const bridgeOutput = closedObject({
  pin,
  polarity: switchedOffLow,
  pull: v.pipe(
    v.literal('externalDown', 'must be externalDown: nothing else keeps the motor off while the bootloader runs'),
    v.description('Always externalDown: a resistor of pullResistorOhm to GND keeps the motor off at boot.'),
  ),
  connectsTo,
});

const lampOutput = closedObject({
  pin,
  polarity: switchedOffLow,
  led: v.exactOptional(
    v.pipe(
      closedObject({ colour: v.picklist(['red', 'yellow', 'green', 'blue', 'white']), seriesOhm }),
      v.description("The lamp at this pin and its resistor. Left out where the board's own LED is the lamp."),
    ),
  ),
  connectsTo,
});

const cameraPowerOutput = closedObject({ pin, polarity, pull: outputPull, connectsTo });
const switchInput = closedObject({ pin, polarity, pull: inputPull, debounceMs, connectsTo });
const senseInput = closedObject({ pin, polarity, pull: inputPull, seriesOhm, debounceMs, connectsTo });

const motorCurrentInput = closedObject({
  pin,
  scaleMvPerA: v.pipe(
    v.number(),
    v.minValue(10),
    v.maxValue(20_000),
    v.description('Millivolts at the pin for each ampere through the motor.'),
  ),
  connectsTo,
});

const supplyVoltageInput = closedObject({
  pin,
  dividerRatio: v.pipe(
    v.number(),
    v.minValue(1),
    v.maxValue(20),
    v.description('Millivolts of the supply for each millivolt at the pin.'),
  ),
  dividerLowerOhm: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1000),
    v.maxValue(47_000),
    v.description('The resistor from the pin to GND, in Ω; the one to the supply follows from dividerRatio.'),
  ),
  connectsTo,
});

export const pinsSchema = closedObject({
  motorIn1: bridgeOutput,
  motorIn2: bridgeOutput,
  motorEnable: v.exactOptional(bridgeOutput),
  motorCurrent: motorCurrentInput,
  supplyVoltage: supplyVoltageInput,
  boltExtended: v.exactOptional(switchInput),
  boltRetracted: v.exactOptional(switchInput),
  doorContact: switchInput,
  cameraPower: cameraPowerOutput,
  cameraPowerSense: senseInput,
  recordingIndicator: lampOutput,
  jamIndicator: lampOutput,
  faultIndicator: lampOutput,
});

export type Pins = v.InferOutput<typeof pinsSchema>;
export type PinRole = keyof Pins;
export type PinSetting = NonNullable<Pins[PinRole]>;
export type PinName = v.InferOutput<typeof pin>;

export const LAMP_ROLES = ['recordingIndicator', 'jamIndicator', 'faultIndicator'] as const;
export type LampRole = (typeof LAMP_ROLES)[number];

export interface RoleNeeds {
  readonly signal: 'digitalOutput' | 'digitalInput' | 'analogInput';
  /** What is so while a digital pin is at its active level. */
  readonly active?: string;
  /** A lamp may share the board's own LED; anything else would be moved by the bootloader or loaded by the LED. */
  readonly isLamp?: true;
}

/** The order is that of the wiring table. */
export const pinRoles: Readonly<Record<PinRole, RoleNeeds>> = {
  motorIn1: { signal: 'digitalOutput', active: 'extending' },
  motorIn2: { signal: 'digitalOutput', active: 'retracting' },
  motorEnable: { signal: 'digitalOutput', active: 'driving' },
  motorCurrent: { signal: 'analogInput' },
  supplyVoltage: { signal: 'analogInput' },
  boltExtended: { signal: 'digitalInput', active: 'extended' },
  boltRetracted: { signal: 'digitalInput', active: 'retracted' },
  doorContact: { signal: 'digitalInput', active: 'closed' },
  cameraPower: { signal: 'digitalOutput', active: 'on' },
  cameraPowerSense: { signal: 'digitalInput', active: 'powered' },
  recordingIndicator: { signal: 'digitalOutput', active: 'lit', isLamp: true },
  jamIndicator: { signal: 'digitalOutput', active: 'lit', isLamp: true },
  faultIndicator: { signal: 'digitalOutput', active: 'lit', isLamp: true },
};

const digitalPins = v.pipe(v.array(digitalPin), v.maxLength(100));
const analogPins = v.pipe(v.array(analogPin), v.maxLength(100));

export const microcontrollerSchema = closedObject({
  chip: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40)),
  avrdudePart: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]+$/, 'must be a part as avrdude calls it, like "m328p"'),
    v.maxLength(20),
    v.description('What avrdude calls the chip (its option -p).'),
  ),
  digitalPins: v.pipe(digitalPins, v.description('Pins that are only digital.')),
  analogPins: v.pipe(analogPins, v.description('Pins that can measure a voltage.')),
  analogOnlyPins: v.pipe(analogPins, v.description('Analog pins that can do nothing else.')),
  serialPins: v.pipe(digitalPins, v.description('Pins that carry the serial line to the host.')),
  ledPin: v.pipe(digitalPin, v.description("The pin of the board's own LED, which the bootloader flashes.")),
  adcReferenceMv: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1000),
    v.maxValue(5500),
    v.description('The voltage that an analog pin reads as its highest count, in mV.'),
  ),
  adcResolutionBits: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(16)),
});

export type Microcontroller = v.InferOutput<typeof microcontrollerSchema>;

type ProblemAt = (path: DocumentPath, message: string) => void;

/** The lists of a microcontroller that must be parts of others. */
export function checkMicrocontroller(chip: Microcontroller, problemAt: ProblemAt): void {
  const requirePart = (part: readonly PinName[], partName: string, whole: readonly PinName[], wholeName: string) => {
    for (const [index, name] of part.entries()) {
      if (!whole.includes(name)) problemAt([partName, index], `${name} is not among ${wholeName}; add it there`);
    }
  };
  requirePart(chip.serialPins, 'serialPins', chip.digitalPins, 'digitalPins');
  requirePart(chip.analogOnlyPins, 'analogOnlyPins', chip.analogPins, 'analogPins');
  if (!chip.digitalPins.includes(chip.ledPin)) {
    problemAt(['ledPin'], `${chip.ledPin} is not among digitalPins; add it there`);
  }
}

/** Whether each role has a pin of its own that can do what the role needs. */
export function checkPins(pins: Pins, chip: Microcontroller, problemAt: ProblemAt): void {
  const fitted = fittedRoles(pins);
  const taken = new Set(fitted.map(({ setting }) => setting.pin));
  const users = new Map<PinName, PinRole>();
  for (const { role, setting } of fitted) {
    const user = users.get(setting.pin);
    const fault = user === undefined ? pinFault(setting.pin, role, chip) : `pin ${setting.pin} is taken by ${user}`;
    if (fault !== undefined) {
      const free = fitPins(role, chip).filter((name) => !taken.has(name));
      problemAt(
        [role, 'pin'],
        `${fault}; ${free.length > 0 ? `free and fit: ${free.join(', ')}` : 'no fit pin is free'}`,
      );
    }
    users.set(setting.pin, user ?? role);
  }
  checkBoltSwitches(pins, problemAt);
  checkCameraPull(pins, problemAt);
  checkLamps(pins, chip, problemAt);
}

/** The roles this board has a pin for, in the order of the wiring table. */
export function fittedRoles(pins: Pins): { role: PinRole; setting: PinSetting }[] {
  return (Object.keys(pinRoles) as PinRole[]).flatMap((role) => {
    const setting = pins[role];
    return setting === undefined ? [] : [{ role, setting }];
  });
}

/** The number that Firmata gives a pin of this chip: analog pins follow the digital ones, A0 of an Uno is 14. */
export function firmataPin(name: PinName, chip: Microcontroller): number {
  return typeof name === 'number' ? name : chip.digitalPins.length + analogChannel(name);
}

/** The channel of an analog pin: 0 is A0. */
export function analogChannel(name: PinName): number {
  return Number(String(name).slice(1));
}

function fitPins(role: PinRole, chip: Microcontroller): PinName[] {
  return [...chip.digitalPins, ...chip.analogPins].filter((name) => pinFault(name, role, chip) === undefined);
}

function pinFault(name: PinName, role: PinRole, chip: Microcontroller): string | undefined {
  const { signal, isLamp } = pinRoles[role];
  const isAnalog = typeof name === 'string' && chip.analogPins.includes(name);
  const isDigital = typeof name === 'number' && chip.digitalPins.includes(name);
  if (!isAnalog && !isDigital) return `the board has no pin ${name}`;
  if (signal === 'analogInput') return isAnalog ? undefined : `pin ${name} is digital, and ${role} is measured`;
  if (isAnalog) return chip.analogOnlyPins.includes(name) ? `pin ${name} is only analog` : undefined;
  if (chip.serialPins.includes(Number(name))) return `pin ${name} carries the serial line to the host`;
  if (name === chip.ledPin && isLamp !== true)
    return `pin ${name} has the board's own LED, which the bootloader flashes`;
  return undefined;
}

/** One switch alone cannot tell a stuck switch from a bolt on its way. */
function checkBoltSwitches({ boltExtended, boltRetracted }: Pins, problemAt: ProblemAt): void {
  if (boltExtended !== undefined && boltRetracted === undefined) {
    problemAt(['boltExtended'], 'needs boltRetracted beside it; add that, or leave both out');
  }
  if (boltRetracted !== undefined && boltExtended === undefined) {
    problemAt(['boltRetracted'], 'needs boltExtended beside it; add that, or leave both out');
  }
}

/** Until the board image runs, only the resistor keeps the camera's switch off. */
function checkCameraPull({ cameraPower: { polarity: level, pull } }: Pins, problemAt: ProblemAt): void {
  const safePull = level === 'activeHigh' ? 'externalDown' : 'externalUp';
  if (pull !== safePull) {
    problemAt(['cameraPower', 'pull'], `would switch an ${level} output on at boot; use ${safePull}`);
  }
}

/** The board's own LED is the only lamp that needs no LED beside it. */
function checkLamps(pins: Pins, chip: Microcontroller, problemAt: ProblemAt): void {
  for (const role of LAMP_ROLES) {
    const isOwnLed = pins[role].pin === chip.ledPin;
    if (isOwnLed && pins[role].led !== undefined) {
      problemAt([role, 'led'], `pin ${chip.ledPin} has the board's own LED; leave led out, or choose another pin`);
    }
    if (!isOwnLed && pins[role].led === undefined) {
      problemAt([role], `pin ${pins[role].pin} has no LED of the board's own; add led with its colour and seriesOhm`);
    }
  }
}
