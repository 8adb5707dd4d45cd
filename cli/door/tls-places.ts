import type { Place } from '../../hal/adapters/http/front-messages.js';
import { readTlsIdentity } from '../../hal/adapters/http/tls-files.js';
import type { ListenOptions } from '../listen-options.js';

/** Bad input is found before anything is done. Throws `ServerError`. */
export function tlsPlaces(listen: ListenOptions | undefined): Place[] {
  if (listen === undefined) return [];
  const { host, port, keyFile, certificateFile } = listen;
  return [{ kind: 'tls', host, port, identity: readTlsIdentity(keyFile, certificateFile) }];
}
