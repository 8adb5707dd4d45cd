import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { ServerError } from './server-error.js';

/** PEM texts. */
export interface TlsIdentity {
  readonly key: string;
  readonly certificate: string;
}

/**
 * Reads what a TLS server shows and proves. The key may be readable by its owner only, and must belong to the
 * certificate, the first of its file. Throws `ServerError`.
 */
export function readTlsIdentity(keyFile: string, certificateFile: string): TlsIdentity {
  const key = read(keyFile, 'the private key');
  const certificate = read(certificateFile, 'the certificate');
  const mode = statSync(keyFile).mode & 0o777;
  if (process.getuid !== undefined && (mode & 0o077) !== 0) {
    throw new ServerError(`${keyFile}: the private key is open to other users; close it: chmod 600 ${keyFile}`);
  }
  const privateKey = parsed(() => createPrivateKey(key), keyFile, 'a private key in PEM, without a passphrase');
  const shown = parsed(() => new X509Certificate(certificate), certificateFile, 'a certificate in PEM');
  if (!shown.checkPrivateKey(privateKey)) {
    throw new ServerError(`${certificateFile}: is not the certificate of ${keyFile}; name two that belong together`);
  }
  return { key, certificate };
}

function read(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ServerError(`${file}: ${what} cannot be read: ${code ?? message}; name another file`, { cause: error });
  }
}

function parsed<Parsed>(parse: () => Parsed, file: string, what: string): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new ServerError(`${file}: is not ${what}`, { cause: error });
  }
}
