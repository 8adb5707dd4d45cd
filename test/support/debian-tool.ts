import { execFileSync } from 'node:child_process';

/**
 * Registers tests that need a program from Debian. Where it is missing they are not registered but named on the terminal,
 * so that nobody takes them for passed; under CI, where everything is installed, its lack is a failure.
 */
export function describeWithTool(command: string, packages: string, title: string, define: () => void): void {
  if (isInstalled(command)) {
    describe(title, define);
  } else if (process.env['CI'] === 'true') {
    describe(title, () => {
      it(`needs ${command}`, () => {
        throw new Error(`${command} is not installed; on Debian: apt-get install ${packages.replaceAll(' and ', ' ')}`);
      });
    });
  } else {
    console.warn(`not tested: ${title} (needs ${command}, of ${packages})`);
  }
}

/** Whether the shell would find it: running it might do something, and not every program knows `--version`. */
function isInstalled(command: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'command -v -- "$0"', command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
