// One-time codes by mail over SMTP. A mail has certainly not left before its first octet follows the server's consent to DATA
// (RFC 5321 section 4.1.1.4), nor when the server refused it; between the two nobody knows. SMTP gives no receipts.

import type { Readable } from 'node:stream';
import { ChannelError } from '../../ports/channel.ts';
import type { MessageChannel } from '../../ports/message-channel.ts';
import { addressMail, openTransport, type SmtpOptions } from './open-transport.ts';
import { readFailure } from './read-failure.ts';

export interface SmtpMessagesOptions extends SmtpOptions {
  readonly name: string;
  /** Messages that may be under way or wait for a connection. */
  readonly sendingMax: number;
}

export function createSmtpMessages(options: SmtpMessagesOptions): MessageChannel {
  const { name, from, clock, sendingMax } = options;
  const transport = openTransport(options);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const sending = new Set<AbortController>();
  /** What the library sends, by the signal of its message; more than once where an idle connection was lost. */
  const bodies = new WeakMap<AbortSignal, Readable[]>();
  let isUp = true;
  let isClosed = false;

  transport.use('stream', ({ message, data }, done) => {
    const { signal } = data;
    const read = message.createReadStream.bind(message);
    message.createReadStream = (streamOptions) => {
      const body = read(streamOptions);
      if (signal !== undefined) bodies.set(signal, [...(bodies.get(signal) ?? []), body]);
      return body;
    };
    done();
  });

  function describeFailure(error: unknown, signal: AbortSignal): ChannelError {
    const { code, replyCode, statusCode, isPermanent } = readFailure(error);
    isUp = !isClosed && (replyCode !== undefined || (isUp && signal.aborted));
    if (replyCode !== undefined) return new ChannelError(statusCode ?? String(replyCode), !isPermanent);
    const mayHaveLeft = bodies.get(signal)?.some((body) => body.readableDidRead) ?? false;
    const reason = signal.aborted ? (isClosed ? 'closed' : 'timeout') : code;
    return new ChannelError(reason, !isPermanent && !mayHaveLeft, mayHaveLeft);
  }

  return {
    name,
    kinds: ['email'],
    async send(message, signal) {
      if (isClosed) throw new ChannelError('closed', true);
      if (signal.aborted) throw new ChannelError('timeout', true);
      if (message.kind !== 'email') throw new ChannelError('address', false);
      if (message.expiresMs <= clock.nowMs()) throw new ChannelError('expired', false);
      if (sending.size >= sendingMax) throw new ChannelError('busy', true);
      // The same however often the message is handed over, so that a mailbox can tell.
      const mail = { ...addressMail(message, options), messageId: `<${message.id}@${domain}>` };
      const own = new AbortController();
      const stop = () => own.abort();
      signal.addEventListener('abort', stop, { once: true });
      sending.add(own);
      try {
        await transport.sendMail({ ...mail, signal: own.signal });
        isUp = !isClosed;
        return { reference: '' };
      } catch (error) {
        throw describeFailure(error, own.signal);
      } finally {
        sending.delete(own);
        signal.removeEventListener('abort', stop);
      }
    },
    isUp: () => isUp,
    async close() {
      isClosed = true;
      isUp = false;
      for (const own of sending) own.abort();
      transport.close();
    },
  };
}
