const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Work that must be brought to an end in good order when the user, or the system, ends the process. The process then
 * dies of that signal, so that a shell sees what happened.
 */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const abortion = new AbortController();
  const received: NodeJS.Signals[] = [];
  const onSignal = (signal: NodeJS.Signals): void => {
    received.push(signal);
    abortion.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(abortion.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    const [first] = received;
    if (first !== undefined) process.kill(process.pid, first);
  }
}
