import { createHmac } from 'node:crypto';
import { KeyPair } from './key-pair.js';

/** The only key that a forger has. */
const OWN_KEY = new KeyPair('a forger');

/** What somebody without the key makes of a statement that came into their hands. */
export type Forgery = (statement: string, publicX: string) => string;

/** None of these may ever be taken for good. */
export const FORGERIES = {
  /** `alg: none`, and no signature. */
  unsigned: (statement) => `${withHeader(statement, { alg: 'none' })}.`,
  /** The public key, taken for a shared secret. */
  publicKeyAsSecret: (statement, publicX) => {
    const signed = withHeader(statement, { alg: 'HS256' });
    const mac = createHmac('sha256', Buffer.from(publicX, 'base64url')).update(signed).digest('base64url');
    return `${signed}.${mac}`;
  },
  /** Another key under the old one's name. */
  anotherKey: (statement) => OWN_KEY.signAnything(textOf(statement, 0), textOf(statement, 1)),
  /** Brings along the key that it is to be verified with. */
  ownKeyInHeader: (statement) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: OWN_KEY.x };
    return OWN_KEY.signAnything(JSON.stringify({ ...headerOf(statement), jwk }), textOf(statement, 1));
  },
  /** Other claims under the old signature. */
  otherClaims: (statement) => {
    const [header = '', , signature = ''] = statement.split('.');
    const claims = { ...(JSON.parse(textOf(statement, 1)) as object), entries: 16 };
    return `${header}.${encode(JSON.stringify(claims))}.${signature}`;
  },
  /** As long as a photograph. */
  oneMegabyte: (statement) => statement.padEnd(1_000_000, 'A'),
} as const satisfies Readonly<Record<string, Forgery>>;

/** Header and claims, as they would be signed, with other members in the header. */
function withHeader(statement: string, members: object): string {
  const header = JSON.stringify({ ...headerOf(statement), ...members });
  return `${encode(header)}.${encode(textOf(statement, 1))}`;
}

function headerOf(statement: string): object {
  return JSON.parse(textOf(statement, 0)) as object;
}

function textOf(statement: string, part: 0 | 1): string {
  return Buffer.from(statement.split('.')[part] ?? '', 'base64url').toString();
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
