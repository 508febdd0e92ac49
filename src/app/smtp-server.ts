// The mail server of the configuration, the same for every mail that leaves.

import { readFileSync } from 'node:fs';
import type { Configuration } from '../config/options.ts';
import { parseEmailAddress } from '../domain/email-address.ts';

/** Throws Error when the settings do not fit together. */
export function smtpServerOf(configuration: Configuration) {
  const { mailFrom, smtpUser, smtpPassword, smtpCa, smtpSecurity } = configuration;
  if (parseEmailAddress(mailFrom) === undefined) throw new Error('--mail-from is not an e-mail address');
  if ((smtpUser === undefined) !== (smtpPassword === undefined))
    throw new Error('smtp-user and smtp-password belong together');
  const security = smtpSecurity === 'tls' || smtpSecurity === 'none' ? smtpSecurity : 'starttls';
  return {
    host: configuration.smtpHost,
    port: configuration.smtpPort,
    security,
    credentials:
      smtpUser === undefined || smtpPassword === undefined
        ? undefined
        : { user: smtpUser, password: smtpPassword },
    ca: smtpCa === undefined ? undefined : readFileSync(smtpCa, 'utf8'),
    from: mailFrom,
    connections: configuration.smtpConnections,
  } as const;
}
