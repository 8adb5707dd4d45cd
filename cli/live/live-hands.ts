import type { Request } from '../../firmware/requests.js';
import type { Deed } from '../../sim/scenario/deed.js';
import { deedTable, parseDeed } from '../../sim/scenario/deeds.js';
import type { DeedTable } from '../../sim/scenario/deeds.js';
import type { Fault } from '../../sim/scenario/faults.js';
import { parseFault } from '../../sim/scenario/faults.js';
import { durationMistake, durationMs } from '../../sim/scenario/times.js';
import type { FaultComponent } from '../../sim/world.js';
import type { LiveLock } from './live-lock.js';

/** What is real at a live lock, and cannot be made to fail from here. */
const REAL: ReadonlySet<FaultComponent> = new Set<FaultComponent>(['store', 'calendar']);

/** The requests that anyone at the door can make with a button; all others take a proof, at the interface. */
const BUTTONS: ReadonlySet<Request['kind']> = new Set<Request['kind']>(['lock', 'answer']);

type DoorOfHands = Pick<LiveLock, 'hand' | 'request' | 'setFault'>;

/** What somebody at a terminal does at the door of a live lock, in the words of a story. */
export class LiveHands {
  private readonly lock: DoorOfHands;
  private readonly deeds: DeedTable;
  /** Those of them that can be done from here. */
  private readonly atDoor: DeedTable;

  /** Of several people, the first does what no other is said to do. */
  constructor(lock: DoorOfHands, people: readonly string[]) {
    this.lock = lock;
    this.deeds = deedTable({ people, firms: [], codes: new Map() });
    const ofPeople = new Map([...this.deeds.ofPeople].filter(([, deed]) => isDoneAtDoor(deed)));
    this.atDoor = { ...this.deeds, ofPeople };
  }

  /** Does what the line says, and returns what there is to tell of it, or `null`. */
  take(line: string): string | null {
    const words = line.trim();
    if (words === '') return null;
    if (words === '?' || words === 'help') return this.help();
    const mended = words.startsWith('mend ') ? parseFault(words.slice('mend '.length)) : undefined;
    if (mended !== undefined) return this.setFault(mended, false);
    const fault = parseFault(words);
    if (fault !== undefined) return this.setFault(fault, true);
    return this.takeDeed(words);
  }

  private help(): string {
    const phrases = this.atDoor.ofPeople.keys();
    return [...phrases, 'for so long: pulls the door for 5 s', 'a fault: camera frozen', 'mend camera frozen'].join(
      '\n',
    );
  }

  private setFault(fault: Fault, present: boolean): string | null {
    if (REAL.has(fault.component)) return `the ${fault.component} of a live lock is real, and fails by itself only`;
    this.lock.setFault(fault, present);
    return null;
  }

  private takeDeed(line: string): string | null {
    const [, words = line, span] = /^(.*?) for (\d.*)$/.exec(line) ?? [];
    const holdMs = span === undefined ? null : durationMs(span);
    if (span !== undefined && holdMs === null) return durationMistake(span);
    const { people } = this.deeds.cast;
    const named = people.some((person) => words.startsWith(`${person} `)) ? words : `${people[0] ?? ''} ${words}`;
    const parsed = parseDeed(named, this.deeds);
    if ('mistake' in parsed) {
      const here = parseDeed(named, this.atDoor);
      return `${'mistake' in here ? here.mistake : parsed.mistake}; ? lists what can be done`;
    }
    return this.doDeed(parsed.deed, parsed.actor, named, holdMs);
  }

  private doDeed(deed: Deed, person: string, words: string, holdMs: number | null): string | null {
    if (!isDoneAtDoor(deed)) return 'the lock wants to be asked that at its interface, by somebody it knows';
    if (deed.kind === 'ask') {
      return this.lock.request(deed.make(person), deed.via) ? null : 'the lock does not run';
    }
    if (deed.holds === 'always' && holdMs === null) return 'how long? add for example "for 5 s"';
    if (deed.holds === 'never' && holdMs !== null) return 'this is done in an instant; leave "for" away';
    return this.lock.hand(deed.make(holdMs ?? 0), words);
  }
}

function isDoneAtDoor(deed: Deed): deed is Extract<Deed, { kind: 'hand' | 'ask' }> {
  return deed.kind === 'hand' || (deed.kind === 'ask' && deed.via === 'door' && BUTTONS.has(deed.make('').kind));
}
