import { chmodSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { createConnection, createServer } from 'node:net';
import * as v from 'valibot';
import { BadInput, reasonOf } from '../bad-input.js';

/** The name of the socket in a rig's data folder. */
export const SOCKET_NAME = 'rig.sock';

/** A rig answers at once; one that does not within this is stuck. Chosen. */
const ANSWER_MS = 2_000;

/** What macOS takes; Linux takes four more. A longer one would be cut short without a word. */
const PATH_BYTES_MAX = 103;

/** More than any status takes. */
const ANSWER_CHARS_MAX = 64 * 1024;

const statusSchema = v.object({
  board: v.string(),
  port: v.string(),
  /** What is played, or `null` where the lock just runs. */
  story: v.nullable(v.string()),
  /** Name and version, or `null` until the board has said it. */
  image: v.nullable(v.string()),
  boardLink: v.picklist(['up', 'down', 'unknown']),
  network: v.picklist(['up', 'down', 'unknown']),
  position: v.picklist(['locked', 'unlocked', 'notFullyLocked', 'unknown']),
  assumed: v.nullable(v.picklist(['locked', 'unlocked'])),
  lastResult: v.string(),
  door: v.picklist(['open', 'closed', 'unknown']),
  motor: v.picklist(['off', 'extend', 'retract', 'both']),
  camera: v.picklist(['powered', 'unpowered', 'unknown']),
  /** Whether the camera is simulated. */
  cameraIsSimulated: v.boolean(),
  alarms: v.array(v.string()),
  /** How often the board has ended a drive by itself, as far as this rig has heard. */
  trips: v.object({
    deadMan: v.number(),
    driveLimit: v.number(),
    overCurrent: v.number(),
    bothDirections: v.number(),
  }),
  uptimeMs: v.number(),
});

export type RigStatus = v.InferOutput<typeof statusSchema>;

/** Tells whoever connects how the rig stands, in one line of JSON. The folder is its owner's alone, and so is the socket. */
export async function serveStatus(path: string, status: () => RigStatus): Promise<Server> {
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) {
    throw new BadInput(`${path}: is too long for a socket; name a folder with a shorter path: --data`);
  }
  // Only the folder's one writer comes here: what is left there is of a rig that was killed.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    // Whatever it says, and however long it would stay: it is answered, and that is all.
    socket.end(`${JSON.stringify(status())}\n`, () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new BadInput(`${path}: no socket can be made: ${reasonOf(error)}; name another folder: --data`));
    });
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return server;
}

/** Throws `BadInput` if no rig answers there. */
export function askStatus(path: string): Promise<RigStatus> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void => {
      socket.destroy();
      reject(new BadInput(`${path}: ${why}`));
    };
    const socket = createConnection(path);
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_MS, () => fail('the rig does not answer; end it and start it again'));
    socket.once('error', (error) => fail(`no rig answers: ${reasonOf(error)}; start one with latchkey rig`));
    socket.on('data', (piece: string) => {
      text += piece;
      if (text.length > ANSWER_CHARS_MAX) fail('what answers is no rig');
    });
    socket.once('end', () => {
      try {
        resolve(v.parse(statusSchema, JSON.parse(text)));
      } catch {
        fail('what answers is no rig of this version');
      }
    });
  });
}
