/** sysexits' EX_SOFTWARE, as everywhere in Latchkey. */
const exitInternalFault = 70;

/** A stop that takes longer has failed: then the board's dead-man does it. */
const STOP_MAX_MS = 500;

/**
 * Should this program fail where nobody catches it, the motor is stopped first. Returns what takes the guard away.
 * `kill -9` is beyond it: that is the dead-man's.
 */
export function guardAgainstCrash(stop: () => Promise<void>): () => void {
  const onCrash = (error: unknown): void => {
    const end = (): void => {
      console.error('latchkey: this is a fault in Latchkey itself; the motor has been stopped.', error);
      process.exit(exitInternalFault);
    };
    setTimeout(end, STOP_MAX_MS);
    void stopThen(stop, end);
  };
  process.once('uncaughtException', onCrash);
  return () => {
    process.off('uncaughtException', onCrash);
  };
}

async function stopThen(stop: () => Promise<void>, end: () => void): Promise<void> {
  try {
    await stop();
  } finally {
    end();
  }
}
