import type { CodeHolder, RevocationTarget } from '../../firmware/access/authority.js';
import type { JournalEvent } from '../../firmware/journal/records.js';
import { count } from './quantity-texts.js';
import type { Told } from './told.js';
import { good, plain, warning } from './told.js';

/** What is recorded of who may enter at all. */
export type AccessEvent = Extract<
  JournalEvent,
  {
    readonly kind:
      | 'providerEnrolled'
      | 'guestSet'
      | 'codeSet'
      | 'codeAccepted'
      | 'codeRefused'
      | 'accessKeySet'
      | 'policySet'
      | 'workerMet'
      | 'petLooseSet'
      | 'revoked'
      | 'revocationsTaken';
  }
>;

export function accessText(event: AccessEvent): Told {
  switch (event.kind) {
    case 'providerEnrolled':
      return plain(`knows ${event.provider.name}: ${count(event.provider.keys.length, 'key', 'keys')}`);
    case 'guestSet':
      return plain(`knows the guest ${event.guest.personId}`);
    case 'codeSet':
      return plain(`has a new code for ${holderText(event.code.holder)}`);
    case 'codeAccepted':
      return good(`the code of user ${event.userNumber} is right`);
    case 'codeRefused':
      return warning(`the code typed for user ${event.userNumber} is refused`);
    case 'accessKeySet':
      return plain(`has a new key for the app of ${event.accessKey.personId}`);
    case 'policySet':
      return plain(`has new rules: ${count(event.policy.rules.length, 'rule', 'rules')}`);
    case 'workerMet':
      return plain(`notes: ${event.personId} has met ${event.workerId}`);
    case 'petLooseSet':
      return plain(`notes: the pet is ${event.loose ? 'loose' : 'shut away'}`);
    case 'revoked':
      return warning(`trusts ${targetText(event.target)} no more, as ${event.personId} asked`);
    case 'revocationsTaken': {
      const { providerId, sequence, targets } = event;
      return warning(
        `takes list ${sequence} of ${providerId}: ${targets.map(targetText).join(', ') || 'nothing revoked'}`,
      );
    }
  }
}

function holderText(holder: CodeHolder): string {
  return holder.kind === 'visit' ? `the visit ${holder.visitId}` : holder.personId;
}

const kindTexts: Readonly<Record<RevocationTarget['kind'], string>> = {
  worker: 'the worker',
  device: 'the phone',
  provider: 'the firm',
  key: 'the key',
  grant: 'the grant',
  code: 'the code of user',
  guest: 'the guest',
  accessKey: 'the app key',
};

/** What was taken back; a phone's name is too long to be read in full. */
export function targetText({ kind, id }: RevocationTarget): string {
  return `${kindTexts[kind]} ${kind === 'device' ? `${id.slice(0, 8)}…` : id}`;
}
