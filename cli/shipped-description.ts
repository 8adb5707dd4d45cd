import { join } from 'node:path';

/** The document that a lock's interface serves; the built command line lies two folders below it. */
export const shippedDescriptionFile = join(import.meta.dirname, '../../schemas/openapi.json');
