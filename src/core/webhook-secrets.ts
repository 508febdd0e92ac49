// Secrets that status webhooks are signed with: drawn here, shown once, and kept sealed to their account.

import { open, SEALED_BOX_NONCE_BYTES, seal } from '../codecs/sealed-box.ts';
import type { Random } from '../ports/random.ts';

export interface WebhookSecrets {
  draw(account: number): { readonly secret: string; readonly sealed: Buffer };
  /** Throws Error when the box does not open under this master key. */
  open(account: number, sealed: Uint8Array): string;
}

const SECRET_BYTES = 32;
/** By which scanners of repositories and logs know one. */
const PREFIX = 'whsec_';

export function createWebhookSecrets(sealKey: Buffer, random: Pick<Random, 'bytes'>): WebhookSecrets {
  const contextOf = (account: number) => `webhook-secret:${account}`;
  return {
    draw(account) {
      const secret = `${PREFIX}${random.bytes(SECRET_BYTES).toString('base64url')}`;
      const nonce = random.bytes(SEALED_BOX_NONCE_BYTES);
      return { secret, sealed: seal(sealKey, Buffer.from(secret), contextOf(account), nonce) };
    },
    open(account, sealed) {
      const opened = open(sealKey, sealed, contextOf(account));
      if (opened === undefined) throw new Error('a webhook secret does not open under this master key');
      return opened.toString();
    },
  };
}
