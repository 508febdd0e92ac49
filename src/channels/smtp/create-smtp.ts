// Mail over SMTP for the queue of registration and sign-in. Errors keep the reply's number only.

import { ChannelError, type MailChannel } from '../../ports/channel.ts';
import { addressMail, openTransport, type SmtpOptions } from './open-transport.ts';
import { readFailure } from './read-failure.ts';

export function createSmtp(options: SmtpOptions): MailChannel {
  const transport = openTransport(options);
  return {
    name: 'smtp',
    async deliver(mail) {
      const addressed = addressMail(mail, options);
      try {
        await transport.sendMail(addressed);
      } catch (error) {
        const { replyCode, code, isPermanent } = readFailure(error);
        throw new ChannelError(String(replyCode ?? code), !isPermanent);
      }
    },
    close: () => transport.close(),
  };
}
