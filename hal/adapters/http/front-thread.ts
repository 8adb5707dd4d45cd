import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { FrontOrder, ToFront } from './front-messages.js';
import { FrontServer } from './front-server.js';

/**
 * Where both want the same core, the lock goes first (setpriority(2): on Linux a thread has a nice value of its own); on a
 * busy machine the interface must still get its share. Chosen.
 */
const NICE = 5;

/** What `DoorServer` starts. */
function run(): void {
  const port = parentPort;
  if (port === null) throw new Error('the front of the interface is a thread of the lock, not a program');
  if (process.platform === 'linux') setPriority(0, NICE);
  const front = new FrontServer(workerData as FrontOrder, (message) => port.postMessage(message));
  port.on('message', (message: ToFront) => {
    if (message.kind !== 'close') front.take(message);
    else void front.close().then(() => port.close());
  });
  front.listen();
}

run();
