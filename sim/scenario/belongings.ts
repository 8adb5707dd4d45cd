import type { CodeHolder } from '../../firmware/access/authority.js';
import type { CodePlan, Desk } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';
import type { Firm, TakenBack } from '../people/firm.js';
import { FORGERIES } from '../people/forger.js';
import type { PhoneAct } from '../people/phone.js';
import { Phone } from '../people/phone.js';
import type { Given } from './stage.js';
import type { TokenVisit } from './visit.js';

/** A request of the visitor's, which a phone can sign. */
export type VisitorRequest = Extract<
  Request,
  { readonly kind: 'arrive' | 'ring' | 'enter' | 'withdraw' | 'depart' | 'claimDelivered' }
>;

/** What somebody does to a token before they present it, or `null`: nothing. */
export type Forgery = keyof typeof FORGERIES | null;

interface ToldCode {
  readonly userNumber: number;
  readonly code: string;
}

/** What is typed for a code that is not known, and what if that should be the right one. Chosen. */
const WRONG_CODE = '246813';
const OTHER_WRONG_CODE = '318642';

/**
 * What the people and firms of a story have with them in one play of it: phones, whose keys follow from their owners'
 * names; codes that they were told; and what they have sent so far.
 */
export class Belongings {
  private readonly doorId: string;
  private readonly trueUtcMs: () => number;
  private readonly phones = new Map<string, Phone>();
  private readonly codes = new Map<string, ToldCode>();
  private readonly latestProofs = new Map<string, string>();
  private readonly takenBack = new Map<string, TakenBack[]>();
  private readonly listsSent = new Map<string, number>();

  /** `trueUtcMs`: the calendar of phones and firms, which are set right. */
  constructor(doorId: string, trueUtcMs: () => number) {
    this.doorId = doorId;
    this.trueUtcMs = trueUtcMs;
  }

  async presentToken(desk: Desk, { firm, keyId, booking }: TokenVisit, forgery: Forgery): Promise<Given> {
    const token = await firm.token(booking, keyId);
    const { x } = firm.key(keyId).key;
    await desk.presentToken(forgery === null ? token : FORGERIES[forgery](token, x));
    return null;
  }

  /** Signs a request with somebody's phone, over a fresh challenge. */
  async prove(desk: Desk, person: string, request: VisitorRequest): Promise<Given> {
    const subject = { challenge: desk.challenge(), visit: request.visitId, door: this.doorId };
    const proof = await this.phoneOf(person).prove(subject, actOf(request));
    this.latestProofs.set(person, proof);
    await desk.presentProof(proof);
    return null;
  }

  /** Sends once more what the person's phone sent last. */
  async proveAgain(desk: Desk, person: string): Promise<Given> {
    const proof = this.latestProofs.get(person);
    if (proof === undefined) return 'the phone has sent no proof yet';
    await desk.presentProof(proof);
    return null;
  }

  /** The owner has a code made, and it is told to its holder. */
  async issueCode(desk: Desk, ownerId: string, plan: CodePlan): Promise<Given> {
    const { userNumber, code } = await desk.issueCode({ kind: 'person', personId: ownerId }, plan);
    if (userNumber !== null && code !== null) this.codes.set(keyOf(plan.holder), { userNumber, code });
    return null;
  }

  async typeCode(desk: Desk, holder: CodeHolder): Promise<Given> {
    const known = this.codes.get(keyOf(holder));
    if (known === undefined) return 'nobody was told such a code';
    await desk.enterCode(known.userNumber, known.code);
    return null;
  }

  /** Under the first user number, whose right code is another one. */
  async typeWrongCode(desk: Desk): Promise<Given> {
    const right = [...this.codes.values()].some(({ userNumber, code }) => userNumber === 1 && code === WRONG_CODE);
    await desk.enterCode(1, right ? OTHER_WRONG_CODE : WRONG_CODE);
    return null;
  }

  revokeCode(desk: Desk, ownerId: string, holder: CodeHolder): Promise<Given> {
    const known = this.codes.get(keyOf(holder));
    if (known === undefined) return Promise.resolve('nobody was told such a code');
    desk.ask({ kind: 'revoke', personId: ownerId, target: { kind: 'code', id: String(known.userNumber) } });
    return Promise.resolve(null);
  }

  /** The lock does not know of it before the firm sends its list. */
  takeBack(firm: Firm, target: TakenBack): void {
    this.takenBack.set(firm.id, [...(this.takenBack.get(firm.id) ?? []), target]);
  }

  async sendRevocations(desk: Desk, firm: Firm): Promise<Given> {
    const sequence = (this.listsSent.get(firm.id) ?? 0) + 1;
    this.listsSent.set(firm.id, sequence);
    await desk.presentRevocations(
      await firm.revocations(sequence, this.trueUtcMs(), this.takenBack.get(firm.id) ?? []),
    );
    return null;
  }

  async prolong(desk: Desk, { firm, booking }: TokenVisit, untilUtcMs: number): Promise<Given> {
    await desk.presentProlongation(await firm.prolongation(booking.visit, untilUtcMs, desk.challenge()));
    return null;
  }

  private phoneOf(person: string): Phone {
    const known = this.phones.get(person);
    if (known !== undefined) return known;
    const phone = new Phone(person);
    this.phones.set(person, phone);
    return phone;
  }
}

function actOf(request: VisitorRequest): PhoneAct {
  switch (request.kind) {
    case 'arrive':
    case 'ring':
      return { act: request.kind };
    case 'enter': {
      const { entry, distanceM: distance, notesId: notes } = request;
      return {
        act: 'enter',
        entry,
        ...(distance === undefined ? {} : { distance }),
        ...(notes === undefined ? {} : { notes }),
      };
    }
    case 'withdraw':
      return { act: 'withdraw', reason: request.reason };
    case 'depart': {
      const { distanceM: distance } = request;
      return { act: 'depart', ...(distance === undefined ? {} : { distance }) };
    }
    case 'claimDelivered':
      return { act: 'claim' };
  }
}

function keyOf(holder: CodeHolder): string {
  return `${holder.kind} ${holder.kind === 'visit' ? holder.visitId : holder.personId}`;
}
