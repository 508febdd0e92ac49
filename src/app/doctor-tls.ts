// doctor's look at the certificate: there, fitting, valid for a while.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Configuration } from '../config/options.ts';
import { type MendCode, type Remark, remark } from '../domain/remark.ts';
import type { Clock } from '../ports/clock.ts';
import type { Diagnosis } from './diagnosis.ts';

const SUBJECT = 'TLS';
const DAY_MS = 86_400_000;
const SOON_DAYS = 21;

export function examineTls({ tlsCert, tlsKey }: Configuration, clock: Clock): Diagnosis[] {
  if (tlsCert === undefined && tlsKey === undefined) return [];
  if (tlsCert === undefined || tlsKey === undefined)
    return [
      problem('only one of tls-cert and tls-key is set', 'set both, or none', remark('tls_half'), 'tls_both'),
    ];
  try {
    const certificate = new X509Certificate(readFileSync(tlsCert));
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tlsKey))))
      return [
        problem(
          'the key does not belong to the certificate',
          'give the key that the certificate was made for',
          remark('tls_key_other'),
          'tls_key',
        ),
      ];
    const days = Math.floor((Date.parse(certificate.validTo) - clock.nowMs()) / DAY_MS);
    const finding = `the certificate is valid for ${days} days more`;
    const mend = 'get a new certificate and start the server again';
    if (days < 0) return [problem('the certificate has expired', mend, remark('tls_expired'), 'tls_renew')];
    return [
      days < SOON_DAYS
        ? {
            ...{ level: 'warning', subject: SUBJECT, finding, mend },
            ...{ remark: remark('tls_expires', { days }), mendCode: 'tls_renew' },
          }
        : { level: 'ok', subject: SUBJECT, finding },
    ];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return [
      problem(
        `certificate or key cannot be used (${code})`,
        'check both paths; both files are PEM',
        remark('tls_unusable', { reason: code }),
        'tls_files',
      ),
    ];
  }
}

function problem(finding: string, mend: string, said: Remark, mendCode: MendCode): Diagnosis {
  return { level: 'problem', subject: SUBJECT, finding, mend, remark: said, mendCode };
}
