// How the fields of a call are encrypted: the struct Encryption, or PhoneVerification's own CiphertextBlob, EncryptList
// and Iv. Keys and ciphertexts themselves are judged by the core.

import type { SealedFields } from '../../core/call.ts';
import { Fault } from '../../domain/fault.ts';

/** Names in EncryptList: no action has as many fields, so there is nothing to set. */
const LIST_MAX = 16;
const DEFAULT_ALGORITHM = 'AES-256-CBC';

export interface SealNames {
  /** '' where the parameters stand beside the others, 'encryption.' in the struct. */
  readonly prefix: string;
  /** Must a list be there? Forms cannot write an empty one. */
  readonly listRequired: boolean;
  /** Our field for a name in EncryptList. */
  readonly fieldOf: (wireName: string) => string | undefined;
}

/** undefined where nothing is encrypted. */
export function readSealed(
  seals: Readonly<Record<string, unknown>>,
  names: SealNames,
): SealedFields | undefined {
  const { prefix } = names;
  const values = prefix === '' ? seals : seals.encryption;
  if (values === undefined) return undefined;
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new Fault('parameter_type', { field: 'encryption', expectedType: 'object' });
  }
  const read = values as Readonly<Record<string, unknown>>;
  const encryptList = readTexts(read, 'encryptList', prefix);
  const wrappedKey = readText(read, 'ciphertextBlob', prefix);
  const iv = readText(read, 'iv', prefix);
  const algorithm = readText(read, 'algorithm', prefix);
  const tags = readTexts(read, 'tagList', prefix) ?? [];
  if (encryptList === undefined && names.listRequired) {
    throw new Fault('parameter_missing', { field: `${prefix}encryptList` });
  }
  // The official tool sends an empty list and no Iv when only the answer shall be encrypted.
  if (encryptList === undefined || encryptList.length === 0) return undefined;
  if (wrappedKey === undefined) throw new Fault('parameter_missing', { field: `${prefix}ciphertextBlob` });
  if (iv === undefined) throw new Fault('parameter_missing', { field: `${prefix}iv` });
  return {
    fields: encryptList.map(names.fieldOf),
    wrappedKey,
    iv,
    algorithm: algorithm ?? DEFAULT_ALGORITHM,
    tags,
  };
}

function readText(values: Readonly<Record<string, unknown>>, name: string, prefix: string) {
  const value = values[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new Fault('parameter_type', { field: prefix + name, expectedType: 'string' });
}

function readTexts(values: Readonly<Record<string, unknown>>, name: string, prefix: string) {
  const value = values[name];
  if (value === undefined) return undefined;
  const field = prefix + name;
  if (!Array.isArray(value)) throw new Fault('parameter_type', { field, expectedType: 'list' });
  if (value.length > LIST_MAX) throw new Fault('parameter_value', { field });
  for (const element of value) {
    if (typeof element !== 'string') throw new Fault('parameter_type', { field, expectedType: 'string' });
  }
  return value as readonly string[];
}
