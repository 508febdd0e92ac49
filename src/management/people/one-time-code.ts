// Draws codes and tokens from the injected chance, each value as likely as any other.

import type { Random } from '../../ports/random.ts';

/** So many that ten guesses in each quarter of an hour for a year hit with less than one chance in a hundred. */
const DIGITS = 8;
const CODES = 10 ** DIGITS;
const UINT32 = 2 ** 32;

export function drawCode(random: Random): string {
  for (;;) {
    const drawn = random.bytes(4).readUInt32BE();
    // The last, incomplete range would favour small codes.
    if (drawn < UINT32 - (UINT32 % CODES)) return String(drawn % CODES).padStart(DIGITS, '0');
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 80 random bits in four groups of four. */
export function drawRecoveryCode(random: Random): string {
  const letters = Array.from(random.bytes(16), (byte) => BASE32.charAt(byte & 31)).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** As typed by a person: case, spaces and hyphens do not matter. */
export function foldRecoveryCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '');
}
