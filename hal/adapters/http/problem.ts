import { STATUS_CODES } from 'node:http';

/** When whoever was turned away for asking too much may try again. Chosen. */
const RETRY_AFTER_S = 1;

/** Why a request is turned away before the interface sees it. */
const DETAILS = {
  400: 'This is no request that the lock could answer.',
  411: 'The body has to say its length beforehand.',
  413: 'The body is too long.',
  429: 'Too many requests. Try again later.',
  431: 'The request has too many headers.',
  500: 'This is a fault in Latchkey itself.',
  503: 'The lock is busy. Try again later.',
} as const;

export type ProblemStatus = keyof typeof DETAILS;

/** What a client is told then (RFC 9457). */
export function problemText(status: ProblemStatus): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (status === 429 || status === 503) headers['retry-after'] = String(RETRY_AFTER_S);
  return { headers, body: `${JSON.stringify({ title: STATUS_CODES[status], status, detail: DETAILS[status] })}\n` };
}

export function problem(status: ProblemStatus): Response {
  const { headers, body } = problemText(status);
  return new Response(body, { status, headers });
}
