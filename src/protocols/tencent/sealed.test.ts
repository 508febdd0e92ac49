// How a caller says which fields are encrypted, and when a mistake in it is met.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protocolOver, tc3, v1 } from '../../../test/support/tencent-protocol.ts';
import { Fault } from '../../domain/fault.ts';

const protocol = protocolOver();
const STRUCT = { EncryptList: ['Mobile', 'Other'], CiphertextBlob: 'blob', Iv: 'iv' };
const PERSON = { IdCard: 'i', Name: 'n', Phone: 'p' };

const read = (payload: unknown, action = 'MobileStatus') =>
  protocol.readCall(tc3({ action, payload: JSON.stringify(payload) }));
const sealed = (encryption: unknown) => read({ Mobile: 'm', Encryption: encryption }).sealed;

/** What the wire shows for a mistake that the core meets when it comes to the encrypted fields. */
function shownFor(payload: unknown, action?: string): string {
  const call = read(payload, action);
  try {
    assert.fail(`sealed is ${String(call.sealed)}`);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { Code, Message } = JSON.parse(protocol.renderFault(error, tc3(), call)).Response.Error;
    return `${Code} ${Message}`;
  }
}

test('the struct Encryption arrives under our own field names', () => {
  const fields = ['msisdn', undefined];
  const plain = { fields, wrappedKey: 'blob', iv: 'iv', algorithm: 'AES-256-CBC', tags: [] };
  assert.deepEqual(sealed(STRUCT), plain);
  assert.deepEqual(sealed({ ...STRUCT, Algorithm: null, TagList: null }), plain);
  assert.deepEqual(sealed({ ...STRUCT, Algorithm: 'SM4-GCM', TagList: ['t', 'u'] }), {
    ...plain,
    algorithm: 'SM4-GCM',
    tags: ['t', 'u'],
  });
  const call = protocol.readCall(
    v1({
      'Encryption.EncryptList.0': 'Mobile',
      'Encryption.EncryptList.1': 'Other',
      'Encryption.CiphertextBlob': 'blob',
      'Encryption.Iv': 'iv',
    }),
  );
  assert.deepEqual(call.sealed, plain);
  assert.deepEqual(call.input, { msisdn: '13800138000' });
});

test('PhoneVerification has its own parameters and not the struct', () => {
  const call = read(
    { ...PERSON, CiphertextBlob: 'b', EncryptList: ['Phone', 'IdCard'], Iv: 'v' },
    'PhoneVerification',
  );
  assert.deepEqual(call.sealed, {
    fields: ['msisdn', 'idCard'],
    wrappedKey: 'b',
    iv: 'v',
    algorithm: 'AES-256-CBC',
    tags: [],
  });
  assert.deepEqual(call.input, { idCard: 'i', name: 'n', msisdn: 'p' });
  assert.deepEqual(read({ ...PERSON, Encryption: STRUCT }, 'PhoneVerification').unknown, ['Encryption']);
  assert.deepEqual(read({ CiphertextBlob: 'b' }, 'MobileStatus').unknown, ['CiphertextBlob']);
});

test('an empty list means that nothing is encrypted, with Iv null or absent', () => {
  for (const encryption of [
    { EncryptList: [], CiphertextBlob: 'b', Iv: null, Algorithm: 'AES-256-CBC', TagList: [] },
    { EncryptList: [] },
  ]) {
    assert.equal(sealed(encryption), undefined);
  }
  assert.equal(protocol.readCall(v1({ 'Encryption.CiphertextBlob': 'b' })).sealed, undefined);
  assert.equal(read({ ...PERSON, CiphertextBlob: 'b', Iv: 'v' }, 'PhoneVerification').sealed, undefined);
});

test('a mistake in it is no obstacle to reading the call, and shows its wire name when the core meets it', () => {
  const type = (field: string, expected: string) =>
    `InvalidParameter The value type of parameter \`${field}\` is not valid, input type should be \`${expected}\``;
  const missing = (field: string) =>
    `MissingParameter The request is missing a required parameter \`${field}\`.`;
  const struct = (changes: object) => shownFor({ Encryption: { ...STRUCT, ...changes } });
  assert.equal(shownFor({ Encryption: 'x' }), type('Encryption', 'object'));
  assert.equal(shownFor({ Encryption: [] }), type('Encryption', 'object'));
  assert.equal(shownFor({ Encryption: { Iv: 'x' } }), missing('Encryption.EncryptList'));
  assert.equal(struct({ EncryptList: 'Mobile' }), type('Encryption.EncryptList', 'list'));
  assert.equal(struct({ EncryptList: [1] }), type('Encryption.EncryptList', 'string'));
  assert.equal(struct({ CiphertextBlob: 1 }), type('Encryption.CiphertextBlob', 'string'));
  assert.equal(struct({ CiphertextBlob: null }), missing('Encryption.CiphertextBlob'));
  assert.equal(struct({ Iv: {} }), type('Encryption.Iv', 'string'));
  assert.equal(struct({ Iv: null }), missing('Encryption.Iv'));
  assert.equal(struct({ Algorithm: 1 }), type('Encryption.Algorithm', 'string'));
  assert.equal(struct({ TagList: 't' }), type('Encryption.TagList', 'list'));
  assert.match(
    struct({ EncryptList: Array(17).fill('Mobile') }),
    /^InvalidParameterValue .*`Encryption.EncryptList`/,
  );
  const flat = (changes: object) => shownFor({ ...PERSON, ...changes }, 'PhoneVerification');
  assert.equal(flat({ EncryptList: ['Phone'] }), missing('CiphertextBlob'));
  assert.equal(flat({ EncryptList: ['Phone'], CiphertextBlob: 'b' }), missing('Iv'));
  assert.equal(flat({ EncryptList: {}, CiphertextBlob: 'b' }), type('EncryptList', 'list'));
});

test('an algorithm that is not offered is named', () => {
  const call = read({ Encryption: { ...STRUCT, Algorithm: 'DES' } });
  const fault = new Fault('parameter_value', { field: 'encryption.algorithm' });
  assert.equal(
    JSON.parse(protocol.renderFault(fault, tc3(), call)).Response.Error.Message,
    'The value specified in the parameter `Encryption.Algorithm` is not valid.',
  );
});
