// New key pairs in the form that clients of cloud APIs know, and the check of pairs that they bring along.

import type { Random } from '../../../ports/random.ts';
import { AdministrationError } from './administration-error.ts';

/** A key that a migrating client already uses elsewhere. */
export interface BroughtKey {
  readonly secretId: string;
  readonly secretKey: string;
}

/** The secret and the token are shown once; afterwards only their sealed or hashed forms exist. */
export interface IssuedKey {
  readonly secretId: string;
  readonly secretKey: string;
  /** For protocols that authenticate by bearer token. */
  readonly token: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_CHARACTERS = 32;
const TOKEN_BYTES = 32;
const BROUGHT_ID = /^[A-Za-z0-9_-]{4,128}$/;
const BROUGHT_KEY = /^[\x21-\x7e]{8,128}$/;

export function drawKey(random: Random, brought?: BroughtKey): IssuedKey {
  if (brought !== undefined) checkBrought(brought);
  return {
    secretId: brought?.secretId ?? `AKID${drawText(random)}`,
    secretKey: brought?.secretKey ?? drawText(random),
    token: `lp_${random.bytes(TOKEN_BYTES).toString('base64url')}`,
  };
}

function checkBrought({ secretId, secretKey }: BroughtKey): void {
  if (!BROUGHT_ID.test(secretId))
    throw new AdministrationError('a secret id has 4 to 128 letters, digits, - or _');
  if (!BROUGHT_KEY.test(secretKey))
    throw new AdministrationError('a secret key has 8 to 128 visible ASCII characters');
}

/** Unbiased: bytes beyond the last whole multiple of the alphabet are thrown away. */
function drawText(random: Random): string {
  const usable = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < SECRET_CHARACTERS) {
    for (const byte of random.bytes(SECRET_CHARACTERS)) {
      if (byte < usable && text.length < SECRET_CHARACTERS) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
