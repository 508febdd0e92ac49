// The channel of development: nothing leaves. The last messages stay in memory, and each is shown on the terminal.

import type { ContactKind, Message, MessageChannel } from '../../ports/message-channel.ts';

export interface MessageOutboxOptions {
  readonly keepMax: number;
  /** Writes to the terminal, never to a log: messages hold numbers and codes. */
  readonly print: (text: string) => void;
}

export interface MessageOutbox extends MessageChannel {
  /** By the id of its verification, while it is among the last. */
  find(id: string): Message | undefined;
}

const KINDS: readonly ContactKind[] = ['phone', 'email'];

export function createMessageOutbox({ keepMax, print }: MessageOutboxOptions): MessageOutbox {
  const kept = new Map<string, Message>();
  return {
    name: 'outbox',
    kinds: KINDS,
    async send(message) {
      const { id, to, subject, text } = message;
      kept.set(id, message);
      const [oldest] = kept.size > keepMax ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      const heading = subject === '' ? [] : [`Subject: ${subject}`];
      const lines = [`To: ${to}`, ...heading, '', ...text.trimEnd().split('\n')];
      print(`${['-- message (outbox: not sent) --', ...lines, '--'].join('\n')}\n`);
      return { reference: '' };
    },
    find: (id) => kept.get(id),
    isUp: () => true,
    async close() {
      kept.clear();
    },
  };
}
