// Opens the encrypted fields of a call: a data key of the account's KMS or a random key wrapped for the server, then
// AES-256-CBC or SM4-GCM per field (Tencent's field encryption). Every failure is one fault without detail, reached by
// the same work whatever failed first: answers must not become a padding oracle.

import { createHmac } from 'node:crypto';
import { AES_IV_BYTES, AES_KEY_BYTES, decryptAesCbc } from '../codecs/aes-cbc.ts';
import { decodeBase64 } from '../codecs/base64.ts';
import { unwrapWithRsa } from '../codecs/rsa-pkcs1.ts';
import { decryptSm2 } from '../codecs/sm2.ts';
import { decryptSm4Gcm, SM4_IV_BYTES, SM4_KEY_BYTES } from '../codecs/sm4-gcm.ts';
import { Fault } from '../domain/fault.ts';
import type { KeyVault, ServerKeyPairs } from '../ports/key-vault.ts';
import type { SealedFields } from './call.ts';
import type { UnwrappedKeys } from './unwrapped-keys.ts';

export interface FieldKeys {
  readonly vault: KeyVault;
  readonly pairs: ServerKeyPairs;
  /** May the account's KMS keys be used? */
  readonly kmsGrant: boolean;
  readonly unwrapped: UnwrappedKeys;
  readonly nowMs: number;
}

type Input = Readonly<Record<string, unknown>>;

interface Algorithm {
  readonly keyBytes: number;
  readonly ivBytes: number;
  unwrapKey(pairs: ServerKeyPairs, wrapped: Uint8Array): Buffer | undefined;
  decrypt(key: Buffer, iv: Buffer, ciphertext: Buffer, tag: Buffer | undefined): Buffer | undefined;
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  'AES-256-CBC': {
    keyBytes: AES_KEY_BYTES,
    ivBytes: AES_IV_BYTES,
    unwrapKey: (pairs, wrapped) => unwrapWithRsa(pairs.rsaPrivateKey, wrapped),
    decrypt: (key, iv, ciphertext) => decryptAesCbc(key, iv, ciphertext),
  },
  'SM4-GCM': {
    keyBytes: SM4_KEY_BYTES,
    ivBytes: SM4_IV_BYTES,
    unwrapKey: (pairs, wrapped) => decryptSm2(pairs.sm2PrivateHex, wrapped),
    decrypt: (key, iv, ciphertext, tag) => tag && decryptSm4Gcm(key, iv, { ciphertext, tag }),
  },
};

export const SEAL_ALGORITHMS: readonly string[] = Object.keys(ALGORITHMS);

/** Only blobs of a KMS hold it: it is not in the Base64 alphabet. */
const KMS_MARK = '-k-';
const TEXT_MAX_LENGTH = 4096;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The input with the listed fields decrypted; an empty list means that all is plain. */
export function openFields(
  sealed: SealedFields,
  input: Input,
  encryptable: readonly string[],
  accountId: number,
  keys: FieldKeys,
): Record<string, unknown> {
  if (sealed.fields.length === 0) return { ...input };
  const algorithm = Object.hasOwn(ALGORITHMS, sealed.algorithm) ? ALGORITHMS[sealed.algorithm] : undefined;
  if (algorithm === undefined) throw new Fault('parameter_value', { field: 'encryption.algorithm' });
  const ciphertexts = readCiphertexts(sealed, input, encryptable);

  const key = dataKey(sealed, algorithm, accountId, keys);
  const iv = readIv(sealed.iv ?? '', algorithm.ivBytes);
  const opened: Record<string, unknown> = { ...input };
  let failed = iv === undefined;
  for (const [i, { field, text }] of ciphertexts.entries()) {
    const ciphertext = decodeBase64(text, TEXT_MAX_LENGTH) ?? Buffer.alloc(0);
    const tag = decodeBase64(sealed.tags[i] ?? '', TEXT_MAX_LENGTH);
    const plaintext = algorithm.decrypt(key, iv ?? Buffer.alloc(algorithm.ivBytes), ciphertext, tag);
    const value = decodeUtf8(plaintext);
    if (value === undefined) failed = true;
    opened[field] = value;
  }
  if (failed) throw new Fault('decrypt_failed');
  return opened;
}

function readCiphertexts(sealed: SealedFields, input: Input, encryptable: readonly string[]) {
  const seen = new Set<string>();
  return sealed.fields.map((field) => {
    const text = field === undefined ? undefined : input[field];
    const usable = field !== undefined && encryptable.includes(field) && !seen.has(field);
    if (!usable || typeof text !== 'string' || text === '') throw new Fault('encrypt_field_unsupported');
    seen.add(field);
    return { field, text };
  });
}

/** The key that the fields are encrypted under, or a substitute that opens nothing. */
function dataKey(sealed: SealedFields, algorithm: Algorithm, accountId: number, keys: FieldKeys): Buffer {
  const { wrappedKey: blob } = sealed;
  const orSubstitute = (key: Buffer | undefined): Buffer => {
    const substitute = substituteKey(blob, algorithm.keyBytes, keys.pairs);
    return key?.length === algorithm.keyBytes ? key : substitute;
  };
  if (blob.includes(KMS_MARK)) {
    if (!keys.kmsGrant) throw new Fault('key_grant_missing');
    return orSubstitute(kmsKey(blob, accountId, keys.vault));
  }
  return keys.unwrapped.get(accountId, sealed.algorithm, blob, keys.nowMs, () => {
    const wrapped = decodeBase64(blob, TEXT_MAX_LENGTH) ?? Buffer.alloc(0);
    return orSubstitute(algorithm.unwrapKey(keys.pairs, wrapped));
  });
}

function kmsKey(blob: string, accountId: number, vault: KeyVault): Buffer | undefined {
  if (blob.length > TEXT_MAX_LENGTH) return undefined;
  try {
    return vault.decrypt(accountId, blob, '').plaintext;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** Keyed, so that a sender cannot compute it and learn from a success that his blob was rejected. */
function substituteKey(blob: string, length: number, pairs: ServerKeyPairs): Buffer {
  return createHmac('sha256', pairs.sm2PrivateHex)
    .update(`substitute key\n${blob}`)
    .digest()
    .subarray(0, length);
}

/** Base64 of the right length, or text that is itself as long (the older flow's "custom string"). */
function readIv(text: string, length: number): Buffer | undefined {
  if (text.length > TEXT_MAX_LENGTH) return undefined;
  const decoded = decodeBase64(text, TEXT_MAX_LENGTH);
  if (decoded?.length === length) return decoded;
  const raw = Buffer.from(text, 'utf8');
  return raw.length === length ? raw : undefined;
}

function decodeUtf8(bytes: Buffer | undefined): string | undefined {
  try {
    return bytes && UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
