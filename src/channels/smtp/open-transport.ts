// Pooled connections to a mail server (RFC 5321, STARTTLS by RFC 3207), and a mail as they carry it: to one recipient, with
// nothing in it that could add another.

import { createTransport } from 'nodemailer';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { ChannelError, type Mail } from '../../ports/channel.ts';
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
  /** Of each step: connecting, the greeting, each answer. */
  readonly timeoutMs: number;
  readonly connections: number;
  readonly clock: Clock;
}

export function openTransport(options: SmtpOptions) {
  const { host, port, security, credentials, ca, timeoutMs, connections } = options;
  return createTransport({
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
}

/** Throws ChannelError when `to` is not one address: the library would read a list out of it. */
export function addressMail({ to, subject, text }: Mail, { from, clock }: SmtpOptions) {
  if (parseEmailAddress(to) === undefined) throw new ChannelError('address', false);
  return {
    from: { name: '', address: from },
    to: { name: '', address: to },
    envelope: { from, to: [to] },
    subject,
    text,
    date: new Date(clock.nowMs()),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
