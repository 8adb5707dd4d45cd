/** sysexits' EX_SOFTWARE, as everywhere in Latchkey. */
const exitInternalFault = 70;

/** A stop that takes longer has failed: then the board's dead-man does it. */
const STOP_MAX_MS = 500;

/**
 * Should this program fail where nobody catches it, or its output be lost (the reader of a pipe leaves, a disk is full),
 * the motor is stopped first. Returns what takes the guard away. `kill -9` is beyond it: that is the dead-man's.
 */
export function guardAgainstCrash(stop: () => Promise<void>): () => void {
  let isStopping = false;
  const stopThen = (end: () => void): void => {
    if (isStopping) return;
    isStopping = true;
    const giveUp = setTimeout(end, STOP_MAX_MS);
    const endOnce = (): void => {
      clearTimeout(giveUp);
      end();
    };
    stop().then(endOnce, endOnce);
  };
  const onCrash = (error: unknown): void =>
    stopThen(() => {
      console.error('latchkey: this is a fault in Latchkey itself; the motor has been stopped.', error);
      process.exit(exitInternalFault);
    });
  // Whoever else listens would end this program at once, so they are told after the stop.
  const others = process.stdout.listeners('error') as ((error: Error) => void)[];
  const onOutputLost = (error: Error): void =>
    stopThen(() => {
      for (const listener of others) listener(error);
    });
  process.on('uncaughtException', onCrash);
  process.stdout.removeAllListeners('error').on('error', onOutputLost);
  return () => {
    process.off('uncaughtException', onCrash);
    process.stdout.off('error', onOutputLost);
    for (const listener of others) process.stdout.on('error', listener);
  };
}
