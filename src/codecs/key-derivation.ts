// Keys derived from the one master key: HKDF-SHA256 (RFC 5869), one purpose each, so that none tells another.

import { hkdfSync } from 'node:crypto';

export const KEY_PURPOSES = [
  'blind-index',
  'limit-counter',
  'subject',
  'secret-envelope',
  'kms',
  'server-key-pairs',
  'ledger-signing',
  'messages',
  'contact-lookup',
  'code-hash',
  'webhook-secret',
  'kept-answers-seal',
  'kept-answers-lookup',
  'people-seal',
  'people-lookup',
  'people-pepper',
  'audit-number',
  'master-check',
] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

const DERIVED_BYTES = 32;
const MASTER_BYTES_MIN = 32;

/** 32 bytes for one purpose. The labels are part of every stored file: changing one loses what was made with it. */
export function deriveKey(master: Buffer, purpose: KeyPurpose): Buffer {
  if (master.length < MASTER_BYTES_MIN)
    throw new RangeError(`a master key has ${MASTER_BYTES_MIN} bytes or more`);
  return Buffer.from(hkdfSync('sha256', master, '', `lineproof/1/${purpose}`, DERIVED_BYTES));
}
