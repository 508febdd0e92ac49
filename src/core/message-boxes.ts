// Recipients and texts in sealed boxes, each bound to its verification.

import { open, SEALED_BOX_NONCE_BYTES, seal } from '../codecs/sealed-box.ts';
import type { WaitingMessage } from '../ports/code-store.ts';
import type { Message } from '../ports/message-channel.ts';
import type { Random } from '../ports/random.ts';

export interface MessageBoxes {
  seal(message: Message): { readonly sealedContact: Buffer; readonly sealedMessage: Buffer };
  /** Throws Error when the box does not open under this master key. */
  openContact(id: string, box: Uint8Array): string;
  open(waiting: WaitingMessage): Message;
}

export function createMessageBoxes(sealKey: Buffer, random: Pick<Random, 'bytes'>): MessageBoxes {
  const close = (text: string, context: string): Buffer =>
    seal(sealKey, Buffer.from(text), context, random.bytes(SEALED_BOX_NONCE_BYTES));

  function reveal(box: Uint8Array, context: string): string {
    const opened = open(sealKey, box, context);
    if (opened === undefined) throw new Error('a sealed message does not open under this master key');
    return opened.toString();
  }

  const openContact: MessageBoxes['openContact'] = (id, box) => reveal(box, `contact:${id}`);
  return {
    seal: ({ id, to, subject, text, language }) => ({
      sealedContact: close(to, `contact:${id}`),
      sealedMessage: close(JSON.stringify({ subject, text, language }), `message:${id}`),
    }),
    openContact,
    open({ id, kind, sealedContact, sealedMessage, expiresMs }) {
      const written = JSON.parse(reveal(sealedMessage, `message:${id}`)) as Pick<
        Message,
        'subject' | 'text' | 'language'
      >;
      return { id, kind, to: openContact(id, sealedContact), expiresMs, ...written };
    },
  };
}
