import type { Arming, ArmRefusal } from '../../hal/board-protocol.js';
import { NO_PIN } from '../../hal/board-protocol.js';
import { CHANNEL_COUNT, FIRST_ANALOG_PIN, MODE, modesOf } from './firmata-pins.js';

/** The board's own LED, which bootloaders flash: no place for the bridge. */
const LED_PIN = 13;

const LIMITS = {
  deadManTimeoutMs: [150, 600],
  driveLimitMs: [100, 2900],
  coastMs: [50, 500],
  stallCounts: [1, 1023],
  supplyCounts: [1, 1023],
  stallMs: [110, 240],
} as const;

/** Why the image does not take these limits and pins, as hal/board-protocol.ts states them. */
export function armingRefusal(arming: Arming): ArmRefusal {
  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    const value = arming[name as keyof typeof LIMITS];
    if (value < least || value > most) return 'range';
  }
  return pinsFit(arming) ? 'none' : 'pins';
}

function pinsFit({ in1Pin, in2Pin, enablePin, currentChannel, supplyChannel, lampPins }: Arming): boolean {
  if (currentChannel >= CHANNEL_COUNT || supplyChannel >= CHANNEL_COUNT) return false;
  const analogPins = [FIRST_ANALOG_PIN + currentChannel, FIRST_ANALOG_PIN + supplyChannel];
  const bridgePins = enablePin === NO_PIN ? [in1Pin, in2Pin] : [in1Pin, in2Pin, enablePin];
  const pins = [...analogPins, ...bridgePins, ...lampPins];
  const areApart = new Set(pins).size === pins.length;
  return areApart && !bridgePins.includes(LED_PIN) && pins.every((pin) => modesOf(pin).includes(MODE.output));
}
