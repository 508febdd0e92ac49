// Mail over SMTP (RFC 5321, STARTTLS by RFC 3207) through pooled connections. Errors keep the reply's number only: servers
// repeat addresses in their texts.

import { createTransport } from 'nodemailer';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { ChannelError, type MailChannel } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** tls: from the first byte. starttls: demanded, never optional. none: readable on the way. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  /** Trusted instead of the public authorities, in PEM. */
  readonly ca: string | undefined;
  /** The sender's address. */
  readonly from: string;
  readonly timeoutMs: number;
  readonly connections: number;
  readonly clock: Clock;
}

const PERMANENT = new Set(['EAUTH', 'EENVELOPE', 'EMESSAGE', 'ETLS', 'EOAUTH2', 'ENOAUTH', 'ECONFIG']);

export function createSmtp(options: SmtpOptions): MailChannel {
  const { host, port, security, credentials, ca, from, timeoutMs, connections, clock } = options;
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(credentials === undefined ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    name: 'smtp',
    async deliver({ to, subject, text }) {
      // The library would read a list of addresses out of it.
      if (parseEmailAddress(to) === undefined) throw new ChannelError('address', false);
      try {
        await transport.sendMail({
          from: { name: '', address: from },
          to: { name: '', address: to },
          envelope: { from, to: [to] },
          subject,
          text,
          date: new Date(clock.nowMs()),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw judge(error);
      }
    },
    close: () => transport.close(),
  };
}

/** 5xx is final (RFC 5321 section 4.2.1), and so is what another attempt would meet again. */
function judge(error: unknown): ChannelError {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  if (responseCode !== undefined) return new ChannelError(String(responseCode), responseCode < 500);
  return new ChannelError(code, !PERMANENT.has(code));
}
