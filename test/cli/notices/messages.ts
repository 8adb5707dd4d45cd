import type { WebhookMessage } from '../../../hal/adapters/notices/webhook.js';
import type { Heartbeat, Notice } from '../../../hal/contracts/notices.js';
import { streamOf } from '../../../hal/contracts/notices.js';

/** 1 June 2026, 10:00 UTC. */
export const TEN_UTC_MS = Date.UTC(2026, 5, 1, 10);

export function notice(number: number, parts: Partial<Notice> = {}): Notice {
  return { number, to: 'owner', kind: 'relocked', visitId: null, detail: '', utcMs: TEN_UTC_MS, ...parts };
}

export function noticeMessage(data: Notice, door = 'front-door'): WebhookMessage {
  return { type: 'notice', door, stream: streamOf(data.to), data };
}

export function beatMessage(number: number, parts: Partial<Heartbeat> = {}, door = 'front-door'): WebhookMessage {
  const data = { visitId: 'visit-1', number, utcMs: null, newestNotice: 0, nextWithinMs: 12_000, ...parts };
  return { type: 'heartbeat', door, stream: 'home', data };
}
