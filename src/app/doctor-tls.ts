// doctor's look at the certificate: there, fitting, valid for a while.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Configuration } from '../config/options.ts';
import type { Clock } from '../ports/clock.ts';
import type { Diagnosis } from './diagnosis.ts';

const SUBJECT = 'TLS';
const DAY_MS = 86_400_000;
const SOON_DAYS = 21;

export function examineTls({ tlsCert, tlsKey }: Configuration, clock: Clock): Diagnosis[] {
  if (tlsCert === undefined && tlsKey === undefined) return [];
  if (tlsCert === undefined || tlsKey === undefined)
    return [problem('only one of tls-cert and tls-key is set', 'set both, or none')];
  try {
    const certificate = new X509Certificate(readFileSync(tlsCert));
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tlsKey))))
      return [
        problem(
          'the key does not belong to the certificate',
          'give the key that the certificate was made for',
        ),
      ];
    const days = Math.floor((Date.parse(certificate.validTo) - clock.nowMs()) / DAY_MS);
    const finding = `the certificate is valid for ${days} days more`;
    const mend = 'get a new certificate and start the server again';
    if (days < 0) return [problem('the certificate has expired', mend)];
    return [
      days < SOON_DAYS
        ? { level: 'warning', subject: SUBJECT, finding, mend }
        : { level: 'ok', subject: SUBJECT, finding },
    ];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return [problem(`certificate or key cannot be used (${code})`, 'check both paths; both files are PEM')];
  }
}

function problem(finding: string, mend: string): Diagnosis {
  return { level: 'problem', subject: SUBJECT, finding, mend };
}
