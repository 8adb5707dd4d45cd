import { readFileSync, statSync } from 'node:fs';
import type { Notice, NoticeStream, NoticeTransport } from '../../contracts/notices.js';
import type { DataFolder } from '../files/data-folder.js';
import { DataFolderError } from '../files/data-folder.js';
import { NoticeFile } from './notice-file.js';
import type { NoticePlan, WebhookPlan } from './notice-plan.js';
import { DEFAULT_PLAN, readNoticePlan } from './notice-plan.js';
import { NoticeRouter } from './notice-router.js';
import { Webhook } from './webhook.js';
import { readSecret } from './webhook-signature.js';

const PLAN_FILE = 'notices.yaml';
const NOTICE_FILE = 'notices.jsonl';

export interface NoticesOptions {
  readonly folder: DataFolder;
  readonly doorId: string;
  /** Whether the network is up, for the file that stands for a network's other end. */
  readonly isOnline: () => boolean;
  /** A notice has reached all its receivers. */
  readonly onArrival: (notice: Notice) => void;
  /** One clause for a person: a receiver refuses what no later try will mend. */
  readonly onTrouble: (trouble: string) => void;
}

/**
 * The way out for notices, as the data folder's notices.yaml has it; without that, into a file there. Throws
 * `DocumentError` or `DataFolderError`.
 */
export function openNotices(options: NoticesOptions): NoticeTransport {
  const { folder, isOnline, onArrival } = options;
  const { owner, providers } = readPlan(folder);
  const home: NoticeTransport[] = [];
  if (owner.file) home.push(new NoticeFile(folder.file(NOTICE_FILE), isOnline));
  if (owner.webhook !== undefined) home.push(openWebhook(owner.webhook, options));
  const routes = new Map<NoticeStream, readonly NoticeTransport[]>([['home', home]]);
  for (const [id, webhook] of Object.entries(providers)) routes.set(`provider:${id}`, [openWebhook(webhook, options)]);
  return new NoticeRouter(routes, onArrival);
}

function readPlan(folder: DataFolder): NoticePlan {
  const path = folder.file(PLAN_FILE);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return DEFAULT_PLAN;
  return readNoticePlan(readPrivately(path, false), path);
}

function openWebhook({ url, secretFile }: WebhookPlan, { folder, doorId, onTrouble }: NoticesOptions): Webhook {
  const path = folder.file(secretFile);
  const secret = readSecret(readPrivately(path, true));
  if (secret === null) {
    const mend = `make one: openssl rand -base64 32 > ${path}`;
    throw new DataFolderError(`${path}: holds no secret, which has 24 to 64 bytes in base64; ${mend}`);
  }
  return new Webhook({ url: new URL(url), secret, doorId, onTrouble });
}

function readPrivately(path: string, isSecret: boolean): string {
  try {
    if (isSecret && process.getuid !== undefined && (statSync(path).mode & 0o077) !== 0) {
      throw new DataFolderError(`${path}: is open to other users; close it: chmod 600 ${path}`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DataFolderError(`${path}: cannot be read: ${code ?? message}; ${PLAN_FILE} names it`, { cause: error });
  }
}
