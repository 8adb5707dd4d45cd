import * as v from 'valibot';
import { driveSchema, timingsSchema } from './board-drive.js';
import { boardId, notes, words } from './board-fields.js';
import { headersSchema } from './board-headers.js';
import type { Pins } from './board-pins.js';
import { microcontrollerSchema, pinsSchema } from './board-pins.js';
import { closedObject } from './issue-message.js';
import type { WiredBoard } from './wired-board.js';
import { bootloadersSchema, pullResistorOhm, sourcesSchema } from './wired-board.js';

/** A board that boards.json tells by what is different from another one, as a Nano is from an Uno. */

type Partly<Entries extends v.ObjectEntries> = {
  readonly [Key in keyof Entries]: v.ExactOptionalSchema<Entries[Key], undefined>;
};

/** The same object, each key of it only where it differs. */
function partly<const Entries extends v.ObjectEntries>(entries: Entries) {
  const optionals = Object.entries(entries).map(([key, schema]) => [key, v.exactOptional(schema)]);
  return closedObject(Object.fromEntries(optionals) as Partly<Entries>);
}

const { motorEnable, boltExtended, boltRetracted } = pinsSchema.entries;

const variantPins = v.pipe(
  partly({
    ...pinsSchema.entries,
    motorEnable: v.nullable(motorEnable.wrapped),
    boltExtended: v.nullable(boltExtended.wrapped),
    boltRetracted: v.nullable(boltRetracted.wrapped),
  }),
  v.description('The roles that are wired in another way; null for one that the other board has and this has not.'),
);

export const boardVariantSchema = closedObject({
  id: boardId,
  name: words,
  kind: v.literal('variant'),
  of: v.pipe(
    boardId,
    v.description('The board it is a variant of, further up in the file. Everything not given here is as there.'),
  ),
  product: v.exactOptional(words),
  usbConnector: v.exactOptional(words),
  microcontroller: v.exactOptional(partly(microcontrollerSchema.entries)),
  bootloaders: v.exactOptional(bootloadersSchema),
  headers: v.exactOptional(headersSchema),
  pins: v.exactOptional(variantPins),
  pullResistorOhm: v.exactOptional(pullResistorOhm),
  drive: v.exactOptional(partly(driveSchema.entries)),
  timings: v.exactOptional(partly(timingsSchema.entries)),
  sources: v.exactOptional(partly(sourcesSchema.entries)),
  notes: v.exactOptional(notes),
});

export type BoardVariant = v.InferOutput<typeof boardVariantSchema>;

/** The variant told in full. */
export function variedBoard(base: WiredBoard, { of: _of, kind: _kind, ...own }: BoardVariant): WiredBoard {
  return {
    ...base,
    ...own,
    microcontroller: { ...base.microcontroller, ...own.microcontroller },
    pins: withoutNulls({ ...base.pins, ...own.pins }),
    drive: { ...base.drive, ...own.drive },
    timings: { ...base.timings, ...own.timings },
    sources: { ...base.sources, ...own.sources },
  };
}

function withoutNulls(pins: { readonly [Role in keyof Pins]: Pins[Role] | null }): Pins {
  return Object.fromEntries(Object.entries(pins).filter(([, setting]) => setting !== null)) as Pins;
}
