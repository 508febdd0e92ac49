// The hashes that people.db knows things by. What has few possible values (addresses, codes) is hashed under a key, so that
// the file alone cannot be searched for it; tokens have 256 random bits and need none.

import { hash } from 'node:crypto';
import { prepareHmacSha256 } from '../../../codecs/hmac-sha256.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';

export interface PeopleHashes {
  ofEmail(email: EmailAddress): Buffer;
  /** A UUID of version 8 (RFC 9562). */
  personIdOf(email: EmailAddress): string;
  /** Bound to its purpose and address: a code moved to another row does not match. */
  ofCode(purpose: string, email: EmailAddress, code: string): Buffer;
  ofRecoveryCode(personId: string, code: string): Buffer;
}

export function createPeopleHashes(lookupKey: Buffer): PeopleHashes {
  const hmac = prepareHmacSha256(lookupKey);
  // As JSON, so that no two lists of parts make one text.
  const of = (...parts: readonly string[]): Buffer => hmac(JSON.stringify(parts));
  return {
    ofEmail: ({ key }) => of('email', key),
    personIdOf: ({ key }) => uuidOf(of('person', key)),
    ofCode: (purpose, { key }, code) => of('code', purpose, key, code),
    ofRecoveryCode: (personId, code) => of('recovery', personId, code),
  };
}

function uuidOf(hashed: Buffer): string {
  const bytes = Buffer.from(hashed.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
