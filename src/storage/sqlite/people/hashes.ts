// The hashes that people.db knows things by. What has few possible values (addresses, codes) is hashed under a key, so that
// the file alone cannot be searched for it; tokens have 256 random bits and need none.

import { hash } from 'node:crypto';
import { prepareHmacSha256 } from '../../../codecs/hmac-sha256.ts';
import { uuidOfHash } from '../../../codecs/uuid-of-hash.ts';
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
    personIdOf: ({ key }) => uuidOfHash(of('person', key)),
    ofCode: (purpose, { key }, code) => of('code', purpose, key, code),
    ofRecoveryCode: (personId, code) => of('recovery', personId, code),
  };
}

export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
