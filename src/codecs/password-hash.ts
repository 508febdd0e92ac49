// Password hashes: argon2id (RFC 9106) over the password in its normal form and a pepper, written in the PHC string format
// ("$argon2id$v=19$m=65536,t=3,p=1$salt$hash") so that each hash names the cost it was made with.

import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

export const SALT_BYTES = 16;
export const TAG_BYTES = 32;
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;
const run = promisify(argon2);

/** The pepper is no part of the text: a stolen hash alone cannot be guessed at. */
export async function hashPassword(
  password: string,
  pepper: Buffer,
  cost: PasswordCost,
  salt: Buffer,
): Promise<string> {
  return writePasswordHash(cost, salt, await derive(password, pepper, cost, salt));
}

export function writePasswordHash(
  { memoryKib, passes, parallelism }: PasswordCost,
  salt: Buffer,
  tag: Buffer,
): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

export async function verifyPassword(password: string, pepper: Buffer, stored: string): Promise<boolean> {
  const [, , , , salt = '', tag = ''] = PHC.exec(stored) ?? [];
  const cost = readPasswordCost(stored);
  if (cost === undefined) throw new Error('a stored password hash is malformed');
  const derived = await derive(password, pepper, cost, Buffer.from(salt, 'base64'));
  return timingSafeEqual(derived, Buffer.from(tag, 'base64'));
}

export function readPasswordCost(stored: string): PasswordCost | undefined {
  const [, memory, passes, parallelism] = PHC.exec(stored) ?? [];
  if (memory === undefined) return undefined;
  return { memoryKib: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
}

function derive(password: string, pepper: Buffer, cost: PasswordCost, salt: Buffer): Promise<Buffer> {
  return run('argon2id', {
    // One password typed on two keyboards may come in two forms.
    message: Buffer.from(password.normalize('NFKC'), 'utf8'),
    nonce: salt,
    secret: pepper,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: TAG_BYTES,
  });
}
