// Accounts' webhooks: a URL and the secret that signs what is sent to it, together in a box that is sealed to the account.

import { open, SEALED_BOX_NONCE_BYTES, seal } from '../codecs/sealed-box.ts';
import type { CodeStore } from '../ports/code-store.ts';
import type { NoticeReceiver, NoticeReceivers } from '../ports/notices.ts';
import type { Random } from '../ports/random.ts';

export interface ShownWebhook {
  readonly url: string;
  readonly isDisabled: boolean;
  /** Notices that its queue had no room for, since the URL was set. */
  readonly dropped: number;
}

export interface WebhookDesk extends NoticeReceivers {
  show(accountId: number): Promise<ShownWebhook | undefined>;
  /**
   * Sets the URL and enables the webhook. The secret is drawn with the first one, and anew when asked for; it is answered then
   * only, to be shown once.
   */
  set(
    accountId: number,
    wanted: { readonly url: string; readonly newSecret: boolean; readonly nowMs: number },
  ): Promise<string | undefined>;
  /** With the notices that wait for it; false when there was none. */
  remove(accountId: number): Promise<boolean>;
}

type WebhookStore = Pick<CodeStore, 'webhook' | 'putWebhook' | 'disableWebhook' | 'removeWebhook'>;

const SECRET_BYTES = 32;

export function createWebhookDesk(
  store: WebhookStore,
  sealKey: Buffer,
  random: Pick<Random, 'bytes'>,
): WebhookDesk {
  const contextOf = (accountId: number): string => `webhook:${accountId}`;

  async function read(accountId: number) {
    const stored = await store.webhook(accountId);
    if (stored === undefined) return undefined;
    const plain = open(sealKey, stored.sealedReceiver, contextOf(accountId));
    if (plain === undefined) throw new Error('a sealed webhook does not open under this master key');
    return { ...stored, receiver: JSON.parse(plain.toString()) as NoticeReceiver };
  }

  return {
    async find(accountId) {
      const known = await read(accountId);
      return known === undefined || known.isDisabled ? undefined : known.receiver;
    },
    async disable(accountId, url) {
      const known = await read(accountId);
      if (known?.receiver.url === url) await store.disableWebhook(accountId, known.sealedReceiver);
    },
    async show(accountId) {
      const known = await read(accountId);
      if (known === undefined) return undefined;
      const { receiver, isDisabled, dropped } = known;
      return { url: receiver.url, isDisabled, dropped };
    },
    async set(accountId, { url, newSecret, nowMs }) {
      const known = newSecret ? undefined : (await read(accountId))?.receiver.secret;
      const secret = known ?? random.bytes(SECRET_BYTES).toString('base64url');
      const plain = Buffer.from(JSON.stringify({ url, secret } satisfies NoticeReceiver));
      const nonce = random.bytes(SEALED_BOX_NONCE_BYTES);
      await store.putWebhook(accountId, seal(sealKey, plain, contextOf(accountId), nonce), nowMs);
      return known === undefined ? secret : undefined;
    },
    remove: (accountId) => store.removeWebhook(accountId),
  };
}
