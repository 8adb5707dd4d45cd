import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const guard = join(import.meta.dirname, '../../../cli/rig/crash-guard.js');

function crash(stop: string): { readonly status: number | null; readonly output: string; readonly errors: string } {
  const script = `
    import { guardAgainstCrash } from ${JSON.stringify(guard)};
    guardAgainstCrash(${stop});
    setTimeout(() => { throw new Error('a fault'); }, 1);
    setInterval(() => {}, 1000);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 10_000 });
  return { status: run.status, output: run.stdout, errors: run.stderr };
}

/** What another listener, and the stop, say on standard error once standard output is lost. */
function losingOutput(): string {
  const script = `
    import { guardAgainstCrash } from ${JSON.stringify(guard)};
    process.stdout.on('error', () => { console.error('gone'); process.exit(3); });
    guardAgainstCrash(async () => { await null; console.error('stopped'); });
    process.stdout.emit('error', new Error('EPIPE'));
    process.stdout.emit('error', new Error('EPIPE'));
    setInterval(() => {}, 1000);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 10_000 });
  return `${run.stderr}${run.status}`;
}

describe('a crash of the rig', () => {
  it('stops the motor first, and is told as what it is', () => {
    const { status, output, errors } = crash(`async () => { await null; console.log('stopped'); }`);
    expect({ status, output }).to.deep.equal({ status: 70, output: 'stopped\n' });
    expect(errors).to.contain('a fault in Latchkey itself').and.to.contain('Error: a fault');
  });

  it('is also when nobody reads on: the motor is stopped before others end the program', () => {
    expect(losingOutput()).to.equal('stopped\ngone\n3');
  });

  it('is told all the same when the motor cannot be stopped, or not in time', () => {
    expect(crash(`async () => { throw new Error('no link'); }`).status).to.equal(70);
    expect(crash('() => new Promise(() => {})').status).to.equal(70);
  });
});
