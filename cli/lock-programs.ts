import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Purpose } from '../firmware/access/authority.js';
import { byWords, inWords, purposes } from '../sim/scenario/words.js';
import { parsePath } from './arguments.js';
import type { CodeOptions, GuestOptions } from './guest-command.js';
import type { GrantOptions } from './grant-command.js';
import type { LockOptions } from './lock-errand.js';
import type { EnrolOptions } from './provider-command.js';
import { type RevocationWord, revocationKinds } from './revocation-words.js';

/** The clients of a running lock: visit, grant, guest, provider, policy, revoke. */

type FirmPurpose = EnrolOptions['for'][number];

const timeWords = 'by the door\'s clock, for example "2026-03-03 10:15", or 2026-03-03T10:15Z';
const firmPurposes = purposes.filter((purpose): purpose is FirmPurpose => purpose !== 'guest');

function parsePurpose(text: string): Purpose {
  const purpose = byWords(purposes).get(inWords(text).replaceAll('-', ' '));
  if (purpose !== undefined) return purpose;
  throw new InvalidArgumentError(
    `Give one of ${purposes.map((name) => inWords(name).replaceAll(' ', '-')).join(', ')}.`,
  );
}

function parseFirmPurpose(text: string, before: readonly FirmPurpose[] | undefined): FirmPurpose[] {
  const words = text.split(',').map((part) => parsePurpose(part.trim()));
  const named = words.filter((purpose): purpose is FirmPurpose => purpose !== 'guest');
  if (named.length === words.length) return [...new Set([...(before ?? []), ...named])];
  throw new InvalidArgumentError(`Firms send people for ${firmPurposes.map(inWords).join(', ')}.`);
}

function parseCount(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
  };
}

/** What every client takes. */
function client(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--lock <DIR>', "the lock's data folder (default: that of the only lock that runs)", parsePath)
    .option('--key-file <FILE>', 'the file with your access key (default: owner.key in that folder)', parsePath)
    .option('--json', 'print the result as JSON', false);
}

const codeFile = ['--out <FILE>', 'write the code to this new file, which only you can read', parsePath] as const;

/** Adds `latchkey visit`. */
export function addVisitCommand(program: Command): void {
  const visit = program.command('visit').description('visits of a running lock: who comes, when, and for what');
  client(visit, 'list', 'list all visits that the lock remembers').action(async (flags: LockOptions) => {
    const { runVisitList } = await import('./visit-command.js');
    process.exitCode = await runVisitList(flags);
  });
  client(visit, 'show', 'show one visit')
    .argument('<ID>', 'the visit')
    .action(async (id: string, flags: LockOptions) => {
      const { runVisitShow } = await import('./visit-command.js');
      process.exitCode = await runVisitShow(id, flags);
    });
  client(visit, 'announce', "announce a visit by its firm's token")
    .argument('<FILE>', 'the file with the token', parsePath)
    .action(async (file: string, flags: LockOptions) => {
      const { runVisitAnnounce } = await import('./visit-command.js');
      process.exitCode = await runVisitAnnounce(file, flags);
    });
  client(visit, 'end', 'deny a visit before it enters, end it after')
    .argument('<ID>', 'the visit')
    .action(async (id: string, flags: LockOptions) => {
      const { runVisitEnd } = await import('./visit-command.js');
      process.exitCode = await runVisitEnd(id, flags);
    });
  client(visit, 'prolong', 'let a visit under way last longer')
    .argument('<ID>', 'the visit')
    .requiredOption('--until <TIME>', timeWords)
    .action(async (id: string, flags: LockOptions & { readonly until: string }) => {
      const { runVisitProlong } = await import('./visit-command.js');
      process.exitCode = await runVisitProlong(id, flags);
    });
  client(visit, 'code', 'make a code for the next entry of a visit under way: the phone has died')
    .argument('<ID>', 'the visit')
    .option(...codeFile)
    .action(async (id: string, flags: LockOptions & { readonly out?: string }) => {
      const { runVisitCode } = await import('./visit-command.js');
      process.exitCode = await runVisitCode(id, flags);
    });
}

/** Adds `latchkey grant`. */
export function addGrantCommand(program: Command): void {
  const grant = program.command('grant').description('let somebody in by your own hand, without a firm');
  client(grant, 'give', 'let one person in, for one purpose, within one window')
    .requiredOption('--person <ID>', 'who')
    .requiredOption('--for <PURPOSE>', 'what for: delivery, delivery-inside, service, maintenance', parsePurpose)
    .requiredOption('--from <TIME>', timeWords)
    .requiredOption('--until <TIME>', 'before that time')
    .option('--entries <N>', 'how many times the door may be opened from outside', parseCount(16), 1)
    .action(async (flags: GrantOptions) => {
      const { runGrantGive } = await import('./grant-command.js');
      process.exitCode = await runGrantGive(flags);
    });
  client(grant, 'list', 'list the grants that you gave and that still stand').action(async (flags: LockOptions) => {
    const { runGrantList } = await import('./grant-command.js');
    process.exitCode = await runGrantList(flags);
  });
  addTakingBack(grant, 'revoke', 'grant', 'take a grant back, for good');
}

/** Adds `latchkey guest`. */
export function addGuestCommand(program: Command): void {
  const guest = program.command('guest').description('people whom you let in by a code');
  client(guest, 'add', 'add a guest, or set anew when they may come')
    .argument('<NAME>', 'the guest')
    .option('--from <TIME>', `once, not before: ${timeWords}`)
    .option('--until <TIME>', 'once, before that time')
    .option('--weekly <HOURS>', 'every week, for example "mon-fri 08:00-20:00"')
    .option('--always', 'at any time, until taken back', false)
    .option('--expires <TIME>', 'in no case after that')
    .action(async (name: string, flags: GuestOptions) => {
      const { runGuestAdd } = await import('./guest-command.js');
      process.exitCode = await runGuestAdd(name, flags);
    });
  client(guest, 'list', 'list the guests').action(async (flags: LockOptions) => {
    const { runGuestList } = await import('./guest-command.js');
    process.exitCode = await runGuestList(flags);
  });
  client(guest, 'code', 'make a code for a guest, in place of an older one; it is shown this once')
    .argument('<NAME>', 'the guest')
    .option('--expires <TIME>', `until when it is good: ${timeWords}`)
    .option('--uses <N>', 'how often it is good', parseCount(1_000))
    .option(...codeFile)
    .action(async (name: string, flags: CodeOptions) => {
      const { runGuestCode } = await import('./guest-command.js');
      process.exitCode = await runGuestCode(name, flags);
    });
  addTakingBack(guest, 'remove', 'guest', 'take back that a guest may come, and their code; they may be added again');
}

/** Adds `latchkey provider`. */
export function addProviderCommand(program: Command): void {
  const provider = program.command('provider').description('firms that sign for the people they send');
  client(provider, 'enrol', 'enrol a firm by its public keys, or anew with other keys')
    .argument('<FILE>', "the firm's key set: a JWKS of Ed25519 keys", parsePath)
    .requiredOption('--id <ID>', 'how its tokens name it')
    .requiredOption('--name <NAME>', 'its name for people')
    .requiredOption(
      '--for <PURPOSES>',
      'what it may send people for, for example delivery,delivery-inside',
      parseFirmPurpose,
    )
    .option('--token-life <HOURS>', 'the longest life of its tokens', parseCount(744), 72)
    .action(
      async (file: string, { tokenLife, ...flags }: Omit<EnrolOptions, 'tokenLifeHours'> & { tokenLife: number }) => {
        const { runProviderEnrol } = await import('./provider-command.js');
        process.exitCode = await runProviderEnrol(file, { ...flags, tokenLifeHours: tokenLife });
      },
    );
  client(provider, 'list', 'list the firms').action(async (flags: LockOptions) => {
    const { runProviderList } = await import('./provider-command.js');
    process.exitCode = await runProviderList(flags);
  });
  addTakingBack(provider, 'remove', 'provider', 'remove a firm for good; its visits end');
  const key = provider.command('key').description("a firm's keys");
  client(key, 'remove', 'remove a key for good: what it has signed is refused, and visits that hang on it end')
    .argument('<PROVIDER>', 'the firm')
    .argument('<KEY>', 'the key, as its tokens name it')
    .action(async (providerId: string, keyId: string, flags: LockOptions) => {
      const { runRevoke } = await import('./revoke-command.js');
      process.exitCode = await runRevoke('key', `${providerId}/${keyId}`, flags);
    });
}

function addTakingBack(parent: Command, name: string, kind: RevocationWord, description: string): void {
  client(parent, name, description)
    .argument('<ID>', `the ${kind}`)
    .action(async (id: string, flags: LockOptions) => {
      const { runRevoke } = await import('./revoke-command.js');
      process.exitCode = await runRevoke(kind, id, flags);
    });
}

/** Adds `latchkey revoke`. */
export function addRevokeCommand(program: Command): void {
  client(program, 'revoke', 'take something back everywhere: workers, devices, firms, keys and grants for good')
    .addArgument(new Argument('<KIND>', 'what it is').choices(revocationKinds))
    .argument('<ID>', 'which: a worker as FIRM/WORKER, a key as FIRM/KEY, a code by its user number')
    .action(async (kind: RevocationWord, id: string, flags: LockOptions) => {
      const { runRevoke } = await import('./revoke-command.js');
      process.exitCode = await runRevoke(kind, id, flags);
    });
}

interface ExplainFlags extends LockOptions {
  readonly who: string;
  readonly at?: string;
  readonly for: Purpose;
  readonly policy?: string;
  readonly zone?: string;
}

/** Adds `latchkey policy`. */
export function addPolicyCommand(program: Command): void {
  const policy = program.command('policy').description('your rules for visits, and why they allow or refuse');
  const rulesFile = 'your rules, in YAML';
  client(policy, 'set', 'put these rules in place of all others')
    .argument('<FILE>', rulesFile, parsePath)
    .action(async (file: string, flags: LockOptions) => {
      const { runPolicySet } = await import('./policy-command.js');
      process.exitCode = await runPolicySet(file, flags);
    });
  client(policy, 'show', 'show the rules').action(async (flags: LockOptions) => {
    const { runPolicyShow } = await import('./policy-command.js');
    process.exitCode = await runPolicyShow(flags);
  });
  client(policy, 'check', 'warn of rules that never refuse, or always do')
    .argument('<FILE>', rulesFile, parsePath)
    .option('--zone <ZONE>', "the door's time zone, for example Europe/Berlin: then no lock is asked")
    .action(async (file: string, flags: LockOptions & { readonly zone?: string }) => {
      const { runPolicyCheck } = await import('./policy-command.js');
      process.exitCode = await runPolicyCheck(file, flags);
    });
  client(policy, 'explain', "print every rule's verdict on somebody")
    .requiredOption('--who <ID>', 'a visit, a resident, a guest, or a worker as FIRM/WORKER')
    .option('--at <TIME>', `${timeWords} (default: now)`)
    .addOption(
      new Option('--for <PURPOSE>', 'what a worker would come for').argParser(parsePurpose).default('delivery'),
    )
    .option('--policy <FILE>', 'with --zone: these rules instead, without a lock', parsePath)
    .option('--zone <ZONE>', "with --policy: the door's time zone")
    .action(async ({ policy: file, zone, ...flags }: ExplainFlags, command: Command) => {
      if ((file === undefined) !== (zone === undefined)) {
        return command.error('error: --policy FILE and --zone ZONE go together. Give both.');
      }
      const { runPolicyExplain } = await import('./policy-command.js');
      const offline = file === undefined || zone === undefined ? {} : { offline: { file, zone } };
      process.exitCode = await runPolicyExplain({ ...flags, ...offline });
    });
  client(policy, 'met', 'say that you have met a worker in person')
    .argument('<WORKER>', 'as FIRM/WORKER')
    .action(async (workerId: string, flags: LockOptions) => {
      const { runPolicyMet } = await import('./policy-command.js');
      process.exitCode = await runPolicyMet(workerId, flags);
    });
  client(policy, 'pets', 'say whether a pet is loose at home')
    .addArgument(new Argument('<WHERE>', 'where it is').choices(['loose', 'safe']))
    .action(async (where: string, flags: LockOptions) => {
      const { runPolicyPets } = await import('./policy-command.js');
      process.exitCode = await runPolicyPets(where === 'loose', flags);
    });
}

/** Adds them all. */
export function addLockCommands(program: Command): void {
  addVisitCommand(program);
  addGrantCommand(program);
  addGuestCommand(program);
  addProviderCommand(program);
  addPolicyCommand(program);
  addRevokeCommand(program);
}
