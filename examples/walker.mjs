// A dog-walking firm and its walker's phone, for trying a running lock. Both keys stay in the folder that you name.
//
//   node examples/walker.mjs DIR keys                   makes the keys of firm and phone, and paws.jwks.json for the owner
//   node examples/walker.mjs DIR token NAME [MINUTES]   signs a token for a walk from now on: DIR/NAME.jwt
//   node examples/walker.mjs DIR NAME ACT LOCK          the phone arrives, enters N, departs, … at the lock whose data is in LOCK
//
// What a real firm's system and app do lies in the two calls of `sign`; docs/INTERFACE.md says what they may contain.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';

const [folder, task, ...words] = process.argv.slice(2);
if (folder === undefined || task === undefined) {
  console.error('usage: node examples/walker.mjs DIR keys | token NAME [MINUTES] | NAME ACT LOCK');
  process.exit(2);
}
if (task === 'keys') await makeKeys();
else if (task === 'token') await makeToken(words[0] ?? 'walk', Number(words[1] ?? 30));
else await act(task, words);

async function makeKeys() {
  for (const name of ['paws', 'phone']) {
    const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    writeFileSync(join(folder, `${name}.key.json`), JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
  }
  const { d: _, ...publicKey } = read('paws');
  writeFileSync(join(folder, 'paws.jwks.json'), JSON.stringify({ keys: [{ ...publicKey, kid: '2026' }] }));
}

async function makeToken(name, minutes) {
  const now = Math.floor(Date.now() / 1000);
  const { x } = read('phone');
  const token = await sign('paws', '2026', 'latchkey-grant+jwt', {
    iss: 'paws',
    sub: 'wanda',
    jti: name,
    iat: now,
    exp: now + minutes * 60,
    door: 'front-door',
    purpose: 'service',
    window: [now, now + minutes * 60],
    entries: 2,
    worker: { name: 'Wanda' },
    cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x } },
  });
  writeFileSync(join(folder, `${name}.jwt`), token);
}

/** `enter 1`, `enter 2`; of the others the word alone. */
async function act(name, [what, ...rest]) {
  const entry = what === 'enter' ? { entry: Number(rest[0]) } : {};
  const lock = rest.at(-1);
  const { challenge } = JSON.parse(await ask(lock, 'GET', '/challenge'));
  const { kty, crv, x } = read('phone');
  const claims = { challenge, act: what, visit: `paws/${name}`, door: 'front-door', ...entry };
  const statement = await sign('phone', await calculateJwkThumbprint({ kty, crv, x }), 'latchkey-proof+jwt', claims);
  console.log(await ask(lock, 'POST', '/proofs', { statement }));
}

function read(name) {
  return JSON.parse(readFileSync(join(folder, `${name}.key.json`), 'utf8'));
}

async function sign(name, kid, typ, claims) {
  const key = await importJWK(read(name), 'EdDSA');
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return new CompactSign(bytes).setProtectedHeader({ alg: 'EdDSA', typ, kid }).sign(key);
}

function ask(lock, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const asking = request({ socketPath: join(lock, 'door.sock'), method, path, headers }, async (answer) => {
      let text = '';
      for await (const piece of answer) text += piece;
      resolve(text);
    });
    asking.once('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
