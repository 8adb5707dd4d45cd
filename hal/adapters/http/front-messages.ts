import type { Limits } from './limits.js';
import type { TlsIdentity } from './tls-files.js';

/** Where a front thread listens. */
export type Place =
  | { readonly kind: 'socket'; readonly path: string }
  /** Port 0 takes any that is free. */
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly identity: TlsIdentity };

/** What a front thread is started with. */
export interface FrontOrder {
  readonly place: Place;
  readonly limits: Limits;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What the front thread says. */
export type FromFront =
  | { readonly kind: 'listening'; readonly port: number | null }
  | { readonly kind: 'cannotListen'; readonly reason: string }
  /** A whole request. `id` counts up over the life of the thread. */
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderList;
      readonly body: Uint8Array<ArrayBuffer> | null;
    }
  /** Nobody waits for the answer, or for the rest of it, any more. */
  | { readonly kind: 'gone'; readonly id: number };

/** What it is told. */
export type ToFront =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly status: number;
      readonly headers: HeaderList;
      /** `null`: an event stream, whose pieces follow. */
      readonly body: Uint8Array<ArrayBuffer> | null;
    }
  | { readonly kind: 'piece'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'close' };
