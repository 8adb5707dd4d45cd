import { nearestName } from '../../hal/nearest-name.js';
import type { Request } from '../../firmware/requests.js';
import type { VisitorRequest } from './belongings.js';
import type { Deed, Via } from './deed.js';
import type { DeedTable } from './deeds.js';
import { parseDeed } from './deeds.js';
import type { DeedAction } from './scenario.js';
import type { StepDocument } from './schema.js';
import { distanceM, durationMs } from './times.js';
import type { TokenVisit, Visit } from './visit.js';
import { ownAnnouncementOf } from './visit.js';

export interface DeedContext {
  readonly deeds: DeedTable;
  readonly visits: readonly Visit[];
  /** Of the policy's notes. */
  readonly notesIds: readonly string[];
}

interface DeedStep {
  readonly document: StepDocument;
  readonly fail: (key: keyof StepDocument, message: string) => void;
  /** How long a hand holds on, if it says so. */
  readonly holdMs: () => number;
}

/** Reads what people and firms do, step by step: who has read which notes shows in what they ask later. */
export class DeedReader {
  private readonly context: DeedContext;
  private readonly notesRead = new Map<string, string>();

  constructor(context: DeedContext) {
    this.context = context;
  }

  /** `null` where the deed makes no sense. */
  read(step: DeedStep): DeedAction | null {
    const words = step.document.do ?? '';
    const parsed = parseDeed(words, this.context.deeds);
    if ('mistake' in parsed) {
      step.fail('do', parsed.mistake);
      return null;
    }
    checkCompanions(step, parsed.deed);
    return this.action(words, parsed.actor, parsed.deed, step);
  }

  private action(words: string, actor: string, deed: Deed, step: DeedStep): DeedAction | null {
    switch (deed.kind) {
      case 'hand':
        return { kind: 'hand', words, deed: deed.make(step.holdMs()) };
      case 'ask':
        return { kind: 'ask', words, via: deed.via, request: deed.make(actor) };
      case 'show':
        return { kind: 'show', words, via: deed.via, show: deed.make(actor) };
      case 'say':
        return { kind: 'say', words, say: deed.say };
      case 'typeOwnCode':
        return this.typeOwnCode(words, actor, step);
      case 'readNotes':
        return this.readNotes(words, actor, step);
      case 'showOfToken':
      case 'sayOfToken':
        return this.actionOfToken(words, actor, deed, step);
      case 'announce':
      case 'enter':
      case 'askForVisit':
      case 'showForVisit': {
        const visit = this.findVisit(actor, step);
        return visit === null ? null : this.actionOfVisit(words, actor, deed, visit, step);
      }
    }
  }

  private actionOfVisit(
    words: string,
    actor: string,
    deed: Extract<Deed, { kind: 'announce' | 'enter' | 'askForVisit' | 'showForVisit' }>,
    visit: Visit,
    step: DeedStep,
  ): DeedAction | null {
    const { document } = step;
    switch (deed.kind) {
      case 'showForVisit':
        return { kind: 'show', words, via: deed.via, show: deed.make(actor, visit) };
      case 'announce':
        if (visit.kind === 'own') return { kind: 'ask', words, via: 'network', request: ownAnnouncementOf(visit) };
        step.fail('do', `"${visit.name}" comes from a token; write "${actor} presents the token"`);
        return null;
      case 'enter': {
        const { visitId } = visit;
        const request = { kind: 'enter', personId: actor, visitId, ...this.reported(actor, document) } as const;
        if (document.entry === undefined) {
          return { kind: 'enter', words, person: actor, request, isSigned: visit.kind === 'token' };
        }
        return askedOf(words, actor, { ...request, entry: document.entry }, 'network', visit);
      }
      case 'askForVisit': {
        const distance = document.distance === undefined ? null : distanceM(document.distance);
        const request = deed.make(actor, visit, { distanceM: distance, byMs: byMsOf(document) });
        return askedOf(words, actor, request, deed.via, visit);
      }
    }
  }

  /** What the phone says of itself and of its owner. */
  private reported(actor: string, { distance }: StepDocument): { distanceM?: number; notesId?: string } {
    const metres = distance === undefined ? null : distanceM(distance);
    const notesId = this.notesRead.get(actor);
    return { ...(metres === null ? {} : { distanceM: metres }), ...(notesId === undefined ? {} : { notesId }) };
  }

  private actionOfToken(
    words: string,
    actor: string,
    deed: Extract<Deed, { kind: 'showOfToken' | 'sayOfToken' }>,
    step: DeedStep,
  ): DeedAction | null {
    const visit = this.findVisit(actor, step);
    if (visit === null) return null;
    if (visit.kind === 'own') {
      step.fail('do', `the visit "${visit.name}" has no token; add it to the grants under "given" instead`);
      return null;
    }
    if (deed.kind === 'sayOfToken') return { kind: 'say', words, say: deed.make(visit) };
    return { kind: 'show', words, via: 'network', show: deed.make(visit, byMsOf(step.document)) };
  }

  private typeOwnCode(words: string, actor: string, step: DeedStep): DeedAction | null {
    const plan = this.context.deeds.cast.codes.get(actor);
    if (plan !== undefined) {
      const { holder } = plan;
      return { kind: 'show', words, via: 'door', show: (desk, belongings) => belongings.typeCode(desk, holder) };
    }
    step.fail('do', `${actor} has no code; add one to the codes under "given", or say whose: "types the code of …"`);
    return null;
  }

  private readNotes(words: string, actor: string, step: DeedStep): DeedAction | null {
    const [notesId, another] = this.context.notesIds;
    if (notesId === undefined || another !== undefined) {
      const given = notesId === undefined ? 'no notes' : 'several notes';
      step.fail('do', `the policy has ${given}; give it one "notes"`);
      return null;
    }
    this.notesRead.set(actor, notesId);
    return { kind: 'say', words, say: () => undefined };
  }

  /** The visit named, else the actor's own, else the only one. */
  private findVisit(actor: string, { document, fail }: DeedStep): Visit | null {
    const { visits } = this.context;
    if (document.visit !== undefined) {
      const named = visits.find(({ name }) => name === document.visit);
      if (named === undefined) {
        const nearest = nearestName(
          document.visit,
          visits.map(({ name }) => name),
        );
        const mend = nearest === undefined ? 'add it to the visits under "given"' : `did you mean "${nearest}"?`;
        fail('visit', `the story has no visit "${document.visit}"; ${mend}`);
      }
      return named ?? null;
    }
    const own = visits.filter((visit) => visit.visitor === actor || (isToken(visit) && visit.firm.id === actor));
    const [only, another] = own.length === 0 ? visits : own;
    if (only === undefined) fail('do', 'the story has no visit; add one to the visits under "given"');
    else if (another !== undefined) {
      fail('do', `which visit? add "visit: ${only.name}" or "visit: ${another.name}"`);
    }
    return only ?? null;
  }
}

function isToken(visit: Visit): visit is TokenVisit {
  return visit.kind === 'token';
}

/** Visitors by a token sign what they ask; the owner's word is enough for what the owner asks. */
function askedOf(words: string, person: string, request: Request, via: Via, visit: Visit): DeedAction {
  if (visit.kind === 'token' && isOfVisitor(request)) return { kind: 'prove', words, via, person, request };
  return { kind: 'ask', words, via, request };
}

const visitorRequests: ReadonlySet<string> = new Set<VisitorRequest['kind']>([
  'arrive',
  'ring',
  'enter',
  'withdraw',
  'depart',
  'claimDelivered',
]);

function isOfVisitor(request: Request): request is VisitorRequest {
  return visitorRequests.has(request.kind);
}

function byMsOf({ by }: StepDocument): number {
  return by === undefined ? 0 : (durationMs(by) ?? 0);
}

function checkCompanions({ document, fail }: DeedStep, deed: Deed): void {
  const holds = deed.kind === 'hand' ? deed.holds : 'never';
  if (holds === 'always' && document.for === undefined) {
    fail('do', 'how long? add for example "for: 5 s"');
  } else if (holds === 'never' && document.for !== undefined) {
    fail('for', 'this is done in an instant; remove "for"');
  }
  const companion = 'companion' in deed ? deed.companion : null;
  if (document.entry !== undefined && deed.kind !== 'enter') {
    fail('entry', '"entry" goes with "asks to enter"; remove it');
  }
  if (document.distance !== undefined && deed.kind !== 'enter' && companion !== 'distance') {
    fail('distance', '"distance" goes with "asks to enter" and "says goodbye"; remove it');
  }
  if (document.by !== undefined && companion !== 'by') {
    fail('by', '"by" goes with "prolongs the visit"; remove it');
  } else if (document.by === undefined && companion === 'by') {
    fail('do', 'by how much? add for example "by: 30 min"');
  }
  if (document.visit !== undefined && !ofVisits.has(deed.kind)) {
    fail('visit', 'this belongs to no visit; remove "visit"');
  }
}

const ofVisits: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>([
  'announce',
  'enter',
  'askForVisit',
  'showForVisit',
  'showOfToken',
  'sayOfToken',
]);
