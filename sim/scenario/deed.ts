import type { Provider } from '../../firmware/access/authority.js';
import type { CodePlan } from '../../firmware/desk.js';
import type { Request } from '../../firmware/requests.js';
import type { Firm } from '../people/firm.js';
import type { HandDeed } from '../world.js';
import type { Belongings } from './belongings.js';
import type { Show } from './scenario.js';
import type { TokenVisit, Visit } from './visit.js';

/**
 * What somebody can do in a story. Whatever somebody asks on a phone, wherever they stand, goes by the network and is
 * lost while it is down. The bell, the buttons and the keypad at the door work without.
 */
export type Deed =
  | { readonly kind: 'hand'; readonly holds: 'never' | 'perhaps' | 'always'; readonly make: MakeHandDeed }
  | { readonly kind: 'ask'; readonly via: Via; readonly make: MakeRequest }
  | {
      readonly kind: 'askForVisit';
      readonly via: Via;
      /** What the step may say besides (`distance`), or must (`by`). */
      readonly companion: 'distance' | 'by' | null;
      readonly make: MakeVisitRequest;
    }
  /** Of all requests only this one says which entry it is for. */
  | { readonly kind: 'enter' }
  /** By the owner's own hand. */
  | { readonly kind: 'announce' }
  | { readonly kind: 'show'; readonly via: Via; readonly make: (person: string) => Show }
  | { readonly kind: 'showForVisit'; readonly via: Via; readonly make: (person: string, visit: Visit) => Show }
  | {
      readonly kind: 'showOfToken';
      readonly companion: 'by' | null;
      readonly make: (visit: TokenVisit, byMs: number) => Show;
    }
  | { readonly kind: 'typeOwnCode' }
  | { readonly kind: 'readNotes' }
  | { readonly kind: 'say'; readonly say: Say }
  | { readonly kind: 'sayOfToken'; readonly make: (visit: TokenVisit) => Say };

export type Via = 'network' | 'door';

export type MakeHandDeed = (holdMs: number) => HandDeed;
export type MakeRequest = (personId: string) => Request;
export type MakeVisitRequest = (personId: string, visit: Visit, companions: Companions) => Request;

/** Nothing that the lock learns of. */
export type Say = (belongings: Belongings) => void;

/** What a step says besides the deed. */
export interface Companions {
  readonly distanceM: number | null;
  readonly byMs: number;
}

/** Who can act in a story, and what their deeds name. */
export interface Cast {
  readonly people: readonly string[];
  readonly firms: readonly CastFirm[];
  /** By the name of the holder. */
  readonly codes: ReadonlyMap<string, CodePlan>;
}

export interface CastFirm {
  readonly firm: Firm;
  /** As the owner has enrolled it. */
  readonly provider: Provider;
}

/** What firms, workers, visits and keys can be called in a token. */
export const tokenNamePattern = /^[A-Za-z0-9._-]{1,64}$/;

/** What a firm calls in its tokens what the story calls so. */
export function withinToken(name: string): string {
  return name.replaceAll(' ', '-');
}
