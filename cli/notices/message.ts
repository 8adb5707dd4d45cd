import * as v from 'valibot';
import type { WebhookMessage } from '../../hal/adapters/notices/webhook.js';

/** What a lock posts to its webhooks, as far as a receiver must know it: a lock of a later version may say more. */

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const utcMs = v.nullable(v.pipe(v.number(), v.finite()));
const span = v.pipe(v.number(), v.finite(), v.minValue(0));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const visitId = v.nullable(name);
const provider = v.custom<`provider:${string}`>((to) => typeof to === 'string' && /^provider:[\w.-]{1,64}$/u.test(to));

const noticeSchema = v.object({
  number,
  to: v.union([v.picklist(['owner', 'worker']), provider]),
  kind: name,
  visitId,
  detail: v.pipe(v.string(), v.maxLength(4_096)),
  utcMs,
  visitor: v.exactOptional(
    v.object({ name, firm: v.nullable(name), purpose: name, fromUtcMs: v.number(), untilUtcMs: v.number() }),
  ),
  result: v.exactOptional(
    v.object({
      entriesSpent: span,
      measured: v.object({ doorOpenMs: span, jams: span }),
      claimed: v.object({ delivered: v.boolean() }),
    }),
  ),
});

const heartbeatSchema = v.object({
  visitId: name,
  number,
  utcMs,
  newestNotice: span,
  nextWithinMs: v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000)),
});

const messageSchema = v.variant('type', [
  v.object({
    type: v.literal('notice'),
    door: name,
    stream: v.union([v.literal('home'), provider]),
    data: noticeSchema,
  }),
  v.object({ type: v.literal('heartbeat'), door: name, stream: v.literal('home'), data: heartbeatSchema }),
]);

/** `null` if it is no message of a lock. A notice of a kind that is not known here is one all the same. */
export function readMessage(text: string): WebhookMessage | null {
  try {
    const parsed = v.safeParse(messageSchema, JSON.parse(text));
    return parsed.success ? (parsed.output as WebhookMessage) : null;
  } catch {
    return null;
  }
}
