import * as v from 'valibot';
import { furtherCheck, parseDocument } from '../../document.js';
import { closedObject } from '../../issue-message.js';

/** notices.yaml: who is enrolled for notices, and where they are sent. */

/** Who answers there is this machine itself: nothing crosses a network in the clear. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const webhookSchema = closedObject({
  url: v.pipe(
    v.string(),
    v.url('Give a URL, for example https://example.org/latchkey.'),
    v.check(isSafe, 'Give an https URL; http is for this machine only.'),
  ),
  secretFile: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/u, 'Name a file in this folder, without a path.'),
    v.description('The file in this folder that holds the secret: 24 to 64 bytes in base64.'),
  ),
});

const planSchema = closedObject({
  owner: v.pipe(
    closedObject({
      file: v.exactOptional(v.pipe(v.boolean(), v.description('Into notices.jsonl in this folder.')), false),
      webhook: v.exactOptional(webhookSchema),
    }),
    furtherCheck((owner, problemAt) => {
      if (!owner.file && owner.webhook === undefined) problemAt([], 'Give the owner a file, a webhook, or both.');
    }),
  ),
  providers: v.exactOptional(
    v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/u, 'Name a provider by its id.')), webhookSchema),
    {},
  ),
});

export type WebhookPlan = v.InferOutput<typeof webhookSchema>;
export type NoticePlan = v.InferOutput<typeof planSchema>;

/** The owner's notices stay in the folder, and nobody else is told anything. */
export const DEFAULT_PLAN: NoticePlan = { owner: { file: true }, providers: {} };

/** Throws `DocumentError`. */
export function readNoticePlan(text: string, file: string): NoticePlan {
  return parseDocument({ text, file, format: 'yaml' }, planSchema);
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.has(hostname));
}
