import type { RefusalReason } from '../journal/records.js';
import { refusalTexts } from '../refusal-texts.js';
import { refusalStatuses } from './refusal-statuses.js';

/** What went wrong, as RFC 9457 has it: told as application/problem+json. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  /** The same for all problems of its kind. */
  readonly title: string;
  /** One sentence for a person; never repeats what was sent. */
  readonly detail: string;
  /** The lock's own word for a refusal; `null` where nothing was asked of it. */
  readonly reason: RefusalReason | null;
}

/** Like its `detail`, without a refusal. */
export function problem(status: Problem['status'], title: string, detail: string): Problem {
  return { status, title, detail, reason: null };
}

export function refusal(reason: RefusalReason): Problem {
  const text = refusalTexts[reason];
  const detail = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return { status: refusalStatuses[reason], title: 'Refused', detail, reason };
}

export function problemResponse({ status, title, detail, reason }: Problem): Response {
  const body = { title, status, detail, ...(reason !== null && { reason }) };
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return new Response(`${JSON.stringify(body)}\n`, { status, headers });
}
