import type { NoticeResult } from '../../hal/contracts/notices.js';
import type { JournalEvent } from '../journal/records.js';

/** The measured facts of a visit's end, and apart from them what the worker said. */
export function resultOf(ended: Extract<JournalEvent, { kind: 'visitEnded' }>): NoticeResult {
  const { entriesSpent, doorOpenMs, jams, deliveryClaimed } = ended;
  return { entriesSpent, measured: { doorOpenMs, jams }, claimed: { delivered: deliveryClaimed } };
}
