// The channel of development: nothing leaves. The last mails stay in memory and each is printed on the terminal.

import type { Mail, MailChannel } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';

export interface OutboxOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly keepMax: number;
  /** Writes to the terminal, never to a log: the mails hold addresses and codes. */
  readonly print: (text: string) => void;
}

export interface ShownMail extends Mail {
  readonly timeMs: number;
}

export interface Outbox extends MailChannel {
  /** Oldest first. */
  mails(): readonly ShownMail[];
}

export function createOutbox({ clock, keepMax, print }: OutboxOptions): Outbox {
  const kept: ShownMail[] = [];
  return {
    name: 'outbox',
    async deliver(mail) {
      kept.push({ ...mail, timeMs: clock.nowMs() });
      if (kept.length > keepMax) kept.shift();
      const lines = [`To: ${mail.to}`, `Subject: ${mail.subject}`, '', ...mail.text.trimEnd().split('\n')];
      print(`${['-- mail (outbox: not sent) --', ...lines, '--'].join('\n')}\n`);
    },
    mails: () => [...kept],
    close() {},
  };
}
