import { integer, literal, maxLength, maxValue, minValue, number, pipe, regex, strictObject, string } from 'valibot';

/** Names of firms, workers, visits and keys: without the slash that parts a firm's name from the names it gives. */
export const identifier = pipe(string(), regex(/^[A-Za-z0-9._-]{1,64}$/));

/** Which notes were read, as the lock names them together (`notesFor`): at most one of each of the owner's rules. */
export const noteNames = pipe(string(), regex(/^[A-Za-z0-9._-]{1,64}(\+[A-Za-z0-9._-]{1,64}){0,63}$/));

/** A visit, as the lock names it: `<firm>/<visit>`, or the id of a grant by the owner's own hand. */
export const visitName = pipe(string(), regex(/^[A-Za-z0-9._-]{1,64}(\/[A-Za-z0-9._-]{1,64})?$/));

/**
 * One line for people to read: no control characters, no halves of surrogate pairs, and nothing that turns the direction
 * of writing and so shows one text as another.
 */
export const plainText = pipe(
  string(),
  maxLength(128),
  regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+$/u),
);

const YEAR_9999_ENDS_S = 253_402_300_799;

/** A NumericDate (RFC 7519), without fractions. */
export const wholeSeconds = pipe(number(), integer(), minValue(0), maxValue(YEAR_9999_ENDS_S));

/** Of a list: newer ones have higher numbers. */
export const sequenceNumber = pipe(number(), integer(), minValue(1), maxValue(Number.MAX_SAFE_INTEGER));

/** 32 bytes, base64url. Of the last character two bits are unused, and zero. */
export const bytes32 = pipe(string(), regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

/** A public Ed25519 key (RFC 8037), and nothing besides. */
export const publicJwk = strictObject({ kty: literal('OKP'), crv: literal('Ed25519'), x: bytes32 });

/** As the worker's device reports it; at most half-way round the Earth. */
export const wholeMetres = pipe(number(), integer(), minValue(0), maxValue(20_037_508));

/** What the lock gave out to be signed. */
export const challengeText = pipe(string(), regex(/^[A-Za-z0-9_-]{1,128}$/));
