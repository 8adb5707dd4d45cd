import { expect } from 'chai';
import { Command, CommanderError } from 'commander';
import { addLockCommands } from '../../cli/lock-programs.js';

/** What commander says to these words, before anything is asked of a lock. */
async function complaint(words: readonly string[]): Promise<string> {
  let said = '';
  const program = new Command('latchkey');
  addLockCommands(program);
  const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)];
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ writeErr: (text) => (said += text), writeOut: (text) => (said += text) });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return said;
    throw error;
  }
  throw new Error(`nothing is wrong with ${words.join(' ')}`);
}

const grant = ['grant', 'give', '--person', 'p', '--from', '2026-03-03', '--until', '2026-03-04'];
const enrol = ['provider', 'enrol', 'keys.json', '--id', 'paws', '--name', 'Paws'];

describe('the words for the clients of a lock', () => {
  const complaints: readonly (readonly [readonly string[], RegExp])[] = [
    [['visit', 'prolong', 'v'], /required option '--until <TIME>'/],
    [['visit', 'end'], /missing required argument 'ID'/],
    [[...grant, '--for', 'a party'], /Give one of delivery, delivery-inside, service, maintenance, guest\./],
    [[...grant, '--for', 'delivery', '--entries', '17'], /Give a whole number from 1 to 16\./],
    [[...grant, '--for', 'delivery', '--entries', '1.5'], /Give a whole number from 1 to 16\./],
    [[...enrol, '--for', 'delivery,guest'], /Firms send people for delivery, delivery inside, service, maintenance\./],
    [[...enrol, '--for', 'delivery', '--token-life', '0'], /Give a whole number from 1 to 744\./],
    [['guest', 'code', 'bob', '--uses', 'often'], /Give a whole number from 1 to 1000\./],
    [['policy', 'explain'], /required option '--who <ID>'/],
    [['policy', 'explain', '--who', 'x', '--zone', 'UTC'], /--policy FILE and --zone ZONE go together/],
    [['policy', 'explain', '--who', 'x', '--policy', 'f'], /--policy FILE and --zone ZONE go together/],
    [['policy', 'pets', 'asleep'], /Allowed choices are loose, safe/],
    [
      ['revoke', 'everything', 'x'],
      /Allowed choices are worker, device, provider, key, grant, code, guest, access-key/,
    ],
    [['visit', 'list', '--lock', ''], /Name a file or folder\./],
  ];
  for (const [words, said] of complaints) {
    it(`${words.join(' ')} is bad input`, async () => {
      expect(await complaint(words)).to.match(said);
    });
  }

  it('take no secret', async () => {
    for (const command of ['visit code', 'guest code', 'provider enrol', 'policy set', 'grant give', 'revoke']) {
      const help = await complaint([...command.split(' '), '--help']);
      expect(help, command)
        .to.include('--key-file <FILE>')
        .and.not.match(/--(?:code|key|token|pin|password)[ ,]/);
    }
  });
});
