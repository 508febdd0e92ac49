// Accounts' webhooks: where notices go and the secret that signs them, one of each, in a sealed box (a URL may hold a token
// of the receiver's).

import type { DatabaseSync } from 'node:sqlite';
import { open, SEALED_BOX_NONCE_BYTES, seal } from '../../../codecs/sealed-box.ts';
import type { NoticeReceiver } from '../../../ports/notices.ts';
import type { Random } from '../../../ports/random.ts';

export const WEBHOOKS_SQL = `
  CREATE TABLE webhooks (
    account INTEGER PRIMARY KEY,
    sealed_receiver BLOB NOT NULL,
    disabled INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
  ) STRICT;`;

export interface WebhookSealing {
  readonly key: Buffer;
  readonly random: Random;
}

export interface Webhook extends NoticeReceiver {
  /** The receiver said that it is gone for good (HTTP 410). */
  readonly isDisabled: boolean;
}

const SECRET_BYTES = 32;

/** undefined where the account has none. Throws Error when the box does not open. */
export function findWebhook(
  database: DatabaseSync,
  { key }: WebhookSealing,
  accountId: number,
): Webhook | undefined {
  const row = database.prepare('SELECT * FROM webhooks WHERE account = ?').get(accountId);
  if (row === undefined) return undefined;
  const plain = open(key, row.sealed_receiver as Uint8Array, contextOf(accountId));
  if (plain === undefined) throw new Error('a sealed webhook does not open under this master key');
  const { url, secret } = JSON.parse(plain.toString()) as NoticeReceiver;
  return { url, secret, isDisabled: row.disabled === 1 };
}

/**
 * Sets the URL and enables the webhook. The secret is drawn with the first one, and anew when asked for; it is answered then
 * only, to be shown once.
 */
export function setWebhook(
  database: DatabaseSync,
  sealing: WebhookSealing,
  wanted: {
    readonly accountId: number;
    readonly url: string;
    readonly nowMs: number;
    readonly newSecret: boolean;
  },
): string | undefined {
  const { accountId, url, nowMs, newSecret } = wanted;
  const known = newSecret ? undefined : findWebhook(database, sealing, accountId)?.secret;
  const secret = known ?? sealing.random.bytes(SECRET_BYTES).toString('base64url');
  const plain = Buffer.from(JSON.stringify({ url, secret }));
  const nonce = sealing.random.bytes(SEALED_BOX_NONCE_BYTES);
  const box = seal(sealing.key, plain, contextOf(accountId), nonce);
  database
    .prepare(
      'INSERT OR REPLACE INTO webhooks (account, sealed_receiver, disabled, changed_ms) VALUES (?, ?, 0, ?)',
    )
    .run(accountId, box, nowMs);
  return known === undefined ? secret : undefined;
}

/** Nothing happens when the account has set another URL meanwhile. */
export function disableWebhook(
  database: DatabaseSync,
  sealing: WebhookSealing,
  accountId: number,
  url: string,
): void {
  if (findWebhook(database, sealing, accountId)?.url !== url) return;
  database.prepare('UPDATE webhooks SET disabled = 1 WHERE account = ?').run(accountId);
}

/** false when there was none. */
export function removeWebhook(database: DatabaseSync, accountId: number): boolean {
  return database.prepare('DELETE FROM webhooks WHERE account = ?').run(accountId).changes === 1;
}

function contextOf(accountId: number): string {
  return `webhook:${accountId}`;
}
