import * as v from 'valibot';
import type { Microcontroller, PinName } from './board-pins.js';
import type { DocumentPath } from './document-tree.js';
import { closedObject } from './issue-message.js';

/** Where on the board the holes are that wires go into, and what is printed beside them. */

const header = v.pipe(
  v.string(),
  v.regex(/^\S{1,6}( \S{1,6})*$/, 'must be the names beside the holes with a space between, like "5V GND | A0"'),
  v.maxLength(200),
  v.description(
    'The names printed beside the holes, from the USB connector down; "|" is a gap between two rows, "-" a hole without a name.',
  ),
);

/** Seen from above with the USB connector at the top. */
export const headersSchema = closedObject({ left: header, right: header });

export type Headers = v.InferOutput<typeof headersSchema>;

/** The names beside the holes of one side; `|` and `-` as they are. */
export function printedNames(side: string): string[] {
  return side.split(' ');
}

/** The pin that a printed name stands for: 11 for "~11" or "D11", "A0" for "A0", nothing for "5V". */
export function printedPin(printed: string): PinName | undefined {
  if (/^A\d+$/.test(printed)) return printed;
  const digits = /^(?:D|~|TX→?|RX←?)?(\d+)$/.exec(printed)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Every pin of the chip needs a hole, and so do the 5 V and the ground of what hangs on it. */
export function checkHeaders(
  { left, right }: Headers,
  { digitalPins, analogPins }: Microcontroller,
  problemAt: (path: DocumentPath, message: string) => void,
): void {
  const printed = [...printedNames(left), ...printedNames(right)];
  const places = new Set(printed.map(printedPin));
  for (const name of [...digitalPins, ...analogPins]) {
    if (!places.has(name)) problemAt([], `pin ${name} of the microcontroller is on neither side; add it`);
  }
  for (const name of ['5V', 'GND']) {
    if (!printedNames(left).includes(name)) problemAt(['left'], `must name a hole "${name}", for what hangs on it`);
  }
}
