import type { Clock } from '../hal/contracts/clock.js';
import type { Entropy } from '../hal/contracts/entropy.js';
import type { LockReport } from '../hal/contracts/report.js';
import type { AccessView } from './access/access-view.js';
import type { Asker, Code, CodeHolder } from './access/authority.js';
import { isSameHolder } from './access/checks.js';
import { lockedOutUntilMs } from './access/codes.js';
import { holderOf, makeAccessKey } from './credentials/access-keys.js';
import { Challenges } from './credentials/challenges.js';
import { hashCode, matchesCode } from './credentials/code-hash.js';
import { readDeviceProof, requestOf } from './credentials/device-proof.js';
import { verifyProlongation, verifyRevocations } from './credentials/firm-statement.js';
import { freshCode } from './credentials/fresh-code.js';
import { verifyGrantToken } from './credentials/grant-token.js';
import { OneByOne } from './credentials/one-by-one.js';
import { PublicKeys } from './credentials/public-keys.js';
import type { JournalSum } from './journal/fold.js';
import type { RefusalReason } from './journal/records.js';
import type { Request, Resident } from './requests.js';
import type { Settings } from './settings.js';

/** What the desk sees of the lock. */
export interface LockDoor {
  readonly sum: JournalSum;
  /** Asks for something that the edge has verified; the answer is `null`, or why it is refused. */
  request(request: Request): RefusalReason | null;
  /**
   * Records and tells a refusal at the edge. `personId` is empty where nobody has shown who asks; `visitId` is of a visit
   * that the lock knows, or `null`.
   */
  refuse(request: string, personId: string, visitId: string | null, reason: RefusalReason): void;
  /** The calendar as the lock believes it, or `null` while it is unset. */
  utcMs(): number | null;
  report(): LockReport;
  /** Once everything recorded so far is durable: true, or false if the store failed. */
  synced(): Promise<boolean>;
}

export interface DeskParts {
  readonly lock: LockDoor;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly residents: readonly Resident[];
  readonly settings: Settings;
}

export interface DeskAnswer {
  /** `null` where the lock agreed. */
  readonly refused: RefusalReason | null;
  readonly visitId: string | null;
}

/** A code to be made: it has an expiry, a count, or both. */
export interface CodePlan {
  readonly holder: CodeHolder;
  readonly expiresUtcMs: number | null;
  readonly usesLeft: number | null;
}

export interface IssuedCode {
  readonly refused: RefusalReason | null;
  readonly userNumber: number | null;
  /** Shown once; the lock keeps a hash of it. */
  readonly code: string | null;
}

export interface IssuedAccessKey {
  readonly refused: RefusalReason | null;
  readonly id: string | null;
  /** Shown once; the lock keeps a hash of it. */
  readonly accessKey: string | null;
}

/** What a device has signed for. `request` is `null` where it only wants to see its visit. */
interface Proved {
  readonly visitId: string;
  readonly request: Request | null;
}

/** Codes that may wait for their hash, beyond which the keypad is being played with. Chosen. */
const CODES_WAITING_MAX = 8;

const USER_NUMBER_MOST = 9_999;

/**
 * Where bytes become requests: verifies who asks, and asks the lock on their behalf. It never decides who may. Whatever is
 * known before an `await` is looked up again after it, for the lock lives on meanwhile.
 */
export class Desk {
  /** What this desk stands before. */
  readonly lock: LockDoor;
  private readonly entropy: Entropy;
  private readonly clock: Clock;
  private readonly settings: Settings;
  private readonly residents: ReadonlyMap<string, Resident>;
  private readonly challenges: Challenges;
  private readonly keys = new PublicKeys();
  private readonly codes = new OneByOne(CODES_WAITING_MAX);

  constructor({ lock, entropy, clock, residents, settings }: DeskParts) {
    this.lock = lock;
    this.entropy = entropy;
    this.clock = clock;
    this.settings = settings;
    this.residents = new Map(residents.map((resident) => [resident.id, resident]));
    this.challenges = new Challenges(clock, entropy);
  }

  /** Something fresh to sign: good for one proof within 30 s. */
  challenge(): string {
    return this.challenges.make();
  }

  /** A firm announces a visit, or corrects one that its token names. */
  async presentToken(token: string): Promise<DeskAnswer> {
    const signed = await verifyGrantToken(token, this.access.providers, this.keys);
    if (typeof signed === 'string') return this.refuse('announceVisit', null, signed);
    const { grant, replaces } = signed;
    if (replaces === null) return this.ask({ kind: 'announceVisit', grant });
    return this.ask({ kind: 'correctVisit', replaces, grant });
  }

  /** A worker's device acts at the door. */
  async presentProof(statement: string): Promise<DeskAnswer> {
    const proved = await this.verifyProof(statement);
    if ('refused' in proved) return proved;
    return proved.request === null ? this.refuse('view', proved.visitId, 'notAllowed') : this.ask(proved.request);
  }

  /** A worker wants to see their own visit: verifies that, and asks nothing of the lock. */
  async presentView(statement: string): Promise<DeskAnswer> {
    const proved = await this.verifyProof(statement);
    if ('refused' in proved) return proved;
    const { request, visitId } = proved;
    return request === null ? this.answer(null, visitId) : this.refuse(request.kind, visitId, 'notAllowed');
  }

  /** A firm takes back what is its own. */
  async presentRevocations(statement: string): Promise<DeskAnswer> {
    const request = await verifyRevocations(statement, this.access.providers, this.keys);
    return typeof request === 'string' ? this.refuse('takeRevocations', null, request) : this.ask(request);
  }

  /** A firm makes one of its visits longer. */
  async presentProlongation(statement: string): Promise<DeskAnswer> {
    const prolongation = await verifyProlongation(statement, this.access.providers, this.keys);
    if (typeof prolongation === 'string') return this.refuse('prolongVisit', null, prolongation);
    const { request, challenge } = prolongation;
    if (!this.challenges.answer(challenge)) return this.refuse('prolongVisit', request.visitId, 'badChallenge');
    return this.ask(request);
  }

  /** Somebody types at the door. Wrong codes and right ones take equally long, and both go to the lock, which counts. */
  async enterCode(userNumber: number, code: string): Promise<DeskAnswer> {
    if (!isUserNumber(userNumber)) return this.refuse('enterCode', null, 'malformedStatement');
    const answer = this.codes.run(async () => {
      if (this.isLockedOut()) return this.refuse('enterCode', null, 'lockedOut');
      const known = this.access.codes.get(userNumber);
      const matches = await matchesCode(code, known?.hash);
      const right = matches && this.access.codes.get(userNumber)?.hash === known?.hash;
      const refused = this.lock.request({ kind: 'enterCode', userNumber, right });
      const visitId = refused === null && known?.holder.kind === 'visit' ? known.holder.visitId : null;
      return this.answer(refused, visitId);
    });
    return answer ?? this.refuse('enterCode', null, 'lockedOut');
  }

  /** Makes a code, by chance and never one that a thief tries first. Whoever has one already keeps the user number. */
  async issueCode(asker: Asker, { holder, expiresUtcMs, usesLeft }: CodePlan): Promise<IssuedCode> {
    const issued = this.codes.run(async () => {
      const userNumber = this.userNumberFor(holder);
      if (userNumber === null) return this.refuseCode(asker, 'tooMany');
      const code = freshCode(userNumber, this.entropy);
      const hash = await hashCode(code, this.entropy);
      const endUtcMs = expiresUtcMs ?? this.visitEndUtcMs(holder);
      const record: Code = { userNumber, holder, hash, expiresUtcMs: endUtcMs, usesLeft };
      const refused = this.lock.request({ kind: 'setCode', asker, code: record });
      return refused === null ? { refused, userNumber, code } : { refused, userNumber: null, code: null };
    });
    return issued ?? this.refuseCode(asker, 'tooMany');
  }

  /** A key to the local interface for a resident. */
  issueAccessKey(personId: string, forPersonId: string): IssuedAccessKey {
    const { text, record } = makeAccessKey(forPersonId, this.entropy);
    const refused = this.lock.request({ kind: 'setAccessKey', personId, accessKey: record });
    return refused === null ? { refused, id: record.id, accessKey: text } : { refused, id: null, accessKey: null };
  }

  /** Whose access key this is, or `null`. */
  personOf(accessKey: string): Resident | null {
    const personId = holderOf(accessKey, this.access);
    return personId === null ? null : (this.residents.get(personId) ?? null);
  }

  /** What somebody asks whom the caller has authenticated. */
  ask(request: Request): DeskAnswer {
    return this.answer(this.lock.request(request), visitIdOf(request));
  }

  private async verifyProof(statement: string): Promise<Proved | DeskAnswer> {
    const proof = readDeviceProof(statement);
    if (proof === null) return this.refuse('proof', null, 'malformedStatement');
    const { claims, keyId, text } = proof;
    const { act, visit: visitId, door, challenge } = claims;
    const grant = this.lock.sum.ledger.get(visitId)?.grant;
    if (grant === undefined) return this.refuse(act, visitId, 'unknownVisit');
    if (door !== this.settings.doorId) return this.refuse(act, visitId, 'wrongDoor');
    const { personId, issuance } = grant;
    if (issuance === null) return this.refuse(act, visitId, 'notProved');
    const { deviceId, deviceX } = issuance;
    if (keyId !== deviceId) return this.refuse(act, visitId, 'wrongDevice');
    if (!(await this.keys.verify(text, issuance, deviceX))) return this.refuse(act, visitId, 'badSignature');
    if (!this.challenges.answer(challenge)) return this.refuse(act, visitId, 'badChallenge');
    return { visitId, request: requestOf(claims, personId, { kind: 'device', deviceId }) };
  }

  private get access(): AccessView {
    return this.lock.sum.access;
  }

  private isLockedOut(): boolean {
    return this.clock.nowMs() < lockedOutUntilMs(this.access);
  }

  /** The one that the holder has, or the lowest that is free. */
  private userNumberFor(holder: CodeHolder): number | null {
    const { codes } = this.access;
    for (const code of codes.values()) {
      if (isSameHolder(code.holder, holder)) return code.userNumber;
    }
    for (let userNumber = 1; userNumber <= USER_NUMBER_MOST; userNumber += 1) {
      if (!codes.has(userNumber)) return userNumber;
    }
    return null;
  }

  /** A visit's code lasts as long as the visit does, unless it is to end earlier. */
  private visitEndUtcMs(holder: CodeHolder): number | null {
    return holder.kind === 'visit' ? (this.lock.sum.ledger.get(holder.visitId)?.untilUtcMs ?? null) : null;
  }

  private answer(refused: RefusalReason | null, visitId: string | null): DeskAnswer {
    return { refused, visitId };
  }

  /** Nobody has shown who asks: no name is recorded, only the visit that it was about. */
  private refuse(request: string, visitId: string | null, reason: RefusalReason): DeskAnswer {
    const known = visitId !== null && this.lock.sum.ledger.has(visitId) ? visitId : null;
    this.lock.refuse(request, '', known, reason);
    return this.answer(reason, visitId);
  }

  private refuseCode(asker: Asker, reason: RefusalReason): IssuedCode {
    this.lock.refuse('setCode', asker.kind === 'person' ? asker.personId : asker.providerId, null, reason);
    return { refused: reason, userNumber: null, code: null };
  }
}

function isUserNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= USER_NUMBER_MOST;
}

function visitIdOf(request: Request): string | null {
  switch (request.kind) {
    case 'announceVisit':
    case 'correctVisit':
      return request.grant.id;
    case 'prolongVisit':
      return request.visitId;
    default:
      return 'visitId' in request ? request.visitId : null;
  }
}
