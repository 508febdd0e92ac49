// Channels whose answers a test decides, message by message.

import type { HandedOver, Message, MessageChannel } from '../../src/ports/message-channel.ts';

export interface SteeredChannel extends MessageChannel {
  /** What it was given, in order. */
  readonly given: readonly Message[];
  isClosed(): boolean;
}

export type Answer = (message: Message, signal: AbortSignal, nth: number) => Promise<HandedOver>;

const TAKEN: Answer = async ({ id }) => ({ reference: `ref-${id}` });

export function makeChannel(
  name: string,
  answer: Answer = TAKEN,
  kinds: MessageChannel['kinds'] = ['phone', 'email'],
): SteeredChannel {
  const given: Message[] = [];
  let closed = false;
  return {
    name,
    kinds,
    given,
    send(message, signal) {
      given.push(message);
      return answer(message, signal, given.length);
    },
    isUp: () => !closed,
    isClosed: () => closed,
    async close() {
      closed = true;
    },
  };
}

export function makeMessage(id: string, changes: Partial<Message> = {}): Message {
  return {
    ...{ id, kind: 'phone', to: '+8613800138000', subject: '', text: '111111', language: 'en' },
    expiresMs: Number.MAX_SAFE_INTEGER,
    ...changes,
  };
}
