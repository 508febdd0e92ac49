// Draws codes and tokens from the injected chance, each value as likely as any other.

import { drawCode } from '../../domain/one-time-code.ts';
import type { Random } from '../../ports/random.ts';

/** So many that ten guesses in each quarter of an hour for a year hit with less than one chance in a hundred. */
const MAILED_DIGITS = 8;

export function drawMailedCode(random: Random): string {
  return drawCode('0123456789', MAILED_DIGITS, (count) => random.bytes(count));
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
