// How the fields of a call are encrypted: the object `encryption` (or a list with that one object, as the vendor's schema
// types it), or the same parameters beside the fields. Keys and ciphertexts themselves are judged by the core.

import type { EncryptionField } from '../../actions/encryption-fields.ts';
import type { SealedFields } from '../../core/call.ts';
import { Fault } from '../../domain/fault.ts';
import type { Endpoint } from './endpoints.ts';
import type { Body } from './read-parameters.ts';

/** Names in EncryptList: no action has as many fields, so there is nothing to set. */
export const SEALED_NAMES_MAX = 16;
export const DEFAULT_ALGORITHM = 'AES-256-CBC';
/** On the wire, by our own names. */
export const SEAL_NAMES = {
  encryptList: 'encrypt_list',
  ciphertextBlob: 'ciphertext_blob',
  iv: 'iv',
  algorithm: 'algorithm',
  tagList: 'tag_list',
} as const satisfies Record<EncryptionField, string>;
type Seal = (typeof SEAL_NAMES)[EncryptionField];
const SEALS: ReadonlyMap<string, Seal> = new Map(
  Object.values(SEAL_NAMES).map((seal) => [plainName(seal), seal]),
);
type Seals = Partial<Record<Seal, unknown>>;

/** undefined where nothing is encrypted. */
export function readSealed(body: Body, endpoint: Endpoint): SealedFields | undefined {
  const inStruct = collect(readStruct(body.encryption) ?? {}, 'encryption.');
  const beside = endpoint.sealsBeside ? collect(body, '') : {};
  if (isEmpty(inStruct)) return sealedOf(beside, endpoint, '');
  // Whichever was left out might be the one that was meant, and ciphertext be read as plain text.
  if (!isEmpty(beside)) throw new Fault('parameter_value', { field: 'encryption' });
  return sealedOf(inStruct, endpoint, 'encryption.');
}

function isEmpty(seals: Seals): boolean {
  return Object.keys(seals).length === 0;
}

function readStruct(given: unknown): Body | undefined {
  if (Array.isArray(given) && given.length > 1) throw new Fault('parameter_value', { field: 'encryption' });
  const value: unknown = Array.isArray(given) ? given[0] : given;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Fault('parameter_type', { field: 'encryption', expectedType: 'object' });
  return value as Body;
}

/** Names in any spelling (`encrypt_list`, `encryptList`, `EncryptList`), each at most once. */
function collect(values: Body, prefix: string): Seals {
  const seals: Seals = {};
  for (const name of Object.keys(values)) {
    const seal = SEALS.get(plainName(name));
    if (seal === undefined || values[name] === null) continue;
    if (seals[seal] !== undefined) throw new Fault('parameter_value', { field: prefix + seal });
    seals[seal] = values[name];
  }
  return seals;
}

function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function sealedOf(seals: Seals, endpoint: Endpoint, prefix: string): SealedFields | undefined {
  const list = readTexts(seals, 'encrypt_list', prefix);
  const wrappedKey = readText(seals, 'ciphertext_blob', prefix);
  const iv = readText(seals, 'iv', prefix);
  const algorithm = readText(seals, 'algorithm', prefix);
  const tags = readTexts(seals, 'tag_list', prefix) ?? [];
  // A key without a list would leave ciphertext to be read as plain text.
  if (list === undefined && wrappedKey !== undefined && wrappedKey !== '')
    throw missing('encrypt_list', prefix);
  if (list === undefined || list.length === 0) return undefined;
  if (wrappedKey === undefined) throw missing('ciphertext_blob', prefix);
  if (iv === undefined) throw missing('iv', prefix);
  const fields = new Map(Object.entries(endpoint.fields).map(([wire, ours]) => [plainName(wire), ours]));
  return {
    fields: list.map((name) => fields.get(plainName(name))),
    wrappedKey,
    iv,
    algorithm: algorithm === undefined || algorithm === '' ? DEFAULT_ALGORITHM : algorithm,
    tags,
  };
}

function missing(seal: Seal, prefix: string): Fault {
  return new Fault('parameter_missing', { field: prefix + seal });
}

function readText(seals: Seals, seal: Seal, prefix: string): string | undefined {
  const value = seals[seal];
  if (value === undefined || typeof value === 'string') return value;
  throw new Fault('parameter_type', { field: prefix + seal, expectedType: 'string' });
}

function readTexts(seals: Seals, seal: Seal, prefix: string): readonly string[] | undefined {
  const value = seals[seal];
  if (value === undefined) return undefined;
  const field = prefix + seal;
  if (!Array.isArray(value)) throw new Fault('parameter_type', { field, expectedType: 'list' });
  if (value.length > SEALED_NAMES_MAX) throw new Fault('parameter_value', { field });
  if (value.some((element) => typeof element !== 'string'))
    throw new Fault('parameter_type', { field, expectedType: 'list' });
  return value as readonly string[];
}
