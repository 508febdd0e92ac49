// SM2 public key encryption (GB/T 32918.4): ciphertexts are 04, x, y, C3 (32 bytes), C2, or the same as ASN.1.
// The curve comes from sm-crypto-v2 (OpenSSL's SM2 cannot be reached from Node), the rest is put together here so
// that chance is injected and the check value is compared in constant time.

import { hash, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as SmCrypto from 'sm-crypto-v2';

const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const COORDINATE_BYTES = 32;
const POINT_BYTES = 65;
const CHECK_BYTES = 32;
const DRAWS_MAX = 64;

export interface Sm2KeyPair {
  /** The scalar, 64 hex digits. */
  readonly privateHex: string;
  /** The uncompressed point, 130 hex digits from 04. */
  readonly publicHex: string;
}

let library: typeof SmCrypto | undefined;

/** Read when first needed: few calls are encrypted so, and every command would read it. */
function curve(): typeof SmCrypto.sm2 {
  library ??= createRequire(import.meta.url)('sm-crypto-v2') as typeof SmCrypto;
  return library.sm2;
}

/** Strong random bytes of the given length. */
export type DrawBytes = (length: number) => Uint8Array;

export function generateSm2KeyPair(drawBytes: DrawBytes): Sm2KeyPair {
  const privateHex = drawSm2PrivateHex(drawBytes);
  return { privateHex, publicHex: sm2PublicHex(privateHex) };
}

/** The scalar alone: its point takes as long to find as thousands of scalars. */
export function drawSm2PrivateHex(drawBytes: DrawBytes): string {
  for (let draws = 0; draws < DRAWS_MAX; draws += 1) {
    const privateHex = Buffer.from(drawBytes(COORDINATE_BYTES)).toString('hex');
    const scalar = BigInt(`0x${privateHex}`);
    // The standard leaves out order - 1 as well: signing could not use it.
    if (scalar > 0n && scalar < ORDER - 1n) return privateHex;
  }
  throw new Error('random bytes gave no SM2 scalar');
}

export function sm2PublicHex(privateHex: string): string {
  return curve().getPublicKeyFromPrivateKey(privateHex);
}

/** Throws when the point is not on the curve. Plaintext must not be empty. */
export function encryptSm2(publicHex: string, plaintext: Uint8Array, drawBytes: DrawBytes): Buffer {
  if (plaintext.length === 0) throw new RangeError('SM2 encrypts at least one byte');
  for (let draws = 0; draws < DRAWS_MAX; draws += 1) {
    const ephemeral = generateSm2KeyPair(drawBytes);
    const shared = sharedPoint(ephemeral.privateHex, publicHex);
    const body = applyKeystream(shared, plaintext);
    if (body !== undefined) {
      return Buffer.concat([Buffer.from(ephemeral.publicHex, 'hex'), checkValue(shared, plaintext), body]);
    }
  }
  throw new Error('random bytes gave no SM2 keystream');
}

/** undefined when the ciphertext was altered or made for another key. */
export function decryptSm2(privateHex: string, ciphertext: Uint8Array): Buffer | undefined {
  if (ciphertext.length <= POINT_BYTES + CHECK_BYTES || ciphertext[0] !== 4) return undefined;
  const shared = tryShare(privateHex, ciphertext.subarray(0, POINT_BYTES));
  if (shared === undefined) return undefined;
  const plaintext = applyKeystream(shared, ciphertext.subarray(POINT_BYTES + CHECK_BYTES));
  if (plaintext === undefined) return undefined;
  const check = ciphertext.subarray(POINT_BYTES, POINT_BYTES + CHECK_BYTES);
  return timingSafeEqual(check, checkValue(shared, plaintext)) ? plaintext : undefined;
}

/** SEQUENCE of x, y, C3 and C2 (GB/T 35276), for callers that ask for it. */
export function sm2CiphertextToAsn1(ciphertext: Buffer): Buffer {
  const x = ciphertext.subarray(1, 1 + COORDINATE_BYTES);
  const y = ciphertext.subarray(1 + COORDINATE_BYTES, POINT_BYTES);
  const check = ciphertext.subarray(POINT_BYTES, POINT_BYTES + CHECK_BYTES);
  const body = ciphertext.subarray(POINT_BYTES + CHECK_BYTES);
  return der(0x30, Buffer.concat([derInteger(x), derInteger(y), der(0x04, check), der(0x04, body)]));
}

function tryShare(privateHex: string, point: Uint8Array): Buffer | undefined {
  try {
    return sharedPoint(privateHex, Buffer.from(point).toString('hex'));
  } catch {
    return undefined; // not a point of the curve
  }
}

/** x and y of scalar times point. */
function sharedPoint(privateHex: string, publicHex: string): Buffer {
  return Buffer.from(curve().ecdh(privateHex, publicHex, false)).subarray(1);
}

/** Bytes xor KDF(shared); undefined for a keystream of zeros, which the standard refuses. */
function applyKeystream(shared: Buffer, bytes: Uint8Array): Buffer | undefined {
  const result = Buffer.from(bytes);
  let any = 0;
  for (let at = 0, counter = 1; at < bytes.length; at += 32, counter += 1) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    const block = hash('sm3', Buffer.concat([shared, suffix]), 'buffer').subarray(0, bytes.length - at);
    for (const [i, key] of block.entries()) {
      any |= key;
      result[at + i] = (result[at + i] ?? 0) ^ key;
    }
  }
  return any === 0 ? undefined : result;
}

function checkValue(shared: Buffer, plaintext: Uint8Array): Buffer {
  const x = shared.subarray(0, COORDINATE_BYTES);
  return hash('sm3', Buffer.concat([x, plaintext, shared.subarray(COORDINATE_BYTES)]), 'buffer');
}

function derInteger(value: Buffer): Buffer {
  const start = value.findIndex((byte) => byte !== 0);
  const digits = value.subarray(start === -1 ? value.length - 1 : start);
  return der(0x02, (digits[0] ?? 0) < 0x80 ? digits : Buffer.concat([Buffer.of(0), digits]));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
