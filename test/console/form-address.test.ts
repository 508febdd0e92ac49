// What of an Explorer's form stands in an address: never a personal value, and the rest comes back as it was.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Field } from '../../console/src/api/actions.ts';
import {
  explorerAddress,
  readFields,
  strangeNames,
  writeFields,
} from '../../console/src/pages/explorer/form-address.ts';
import { propertyRuns } from '../support/property-runs.ts';

const NOTES = { required: false, personal: false, encryptable: false, title: { en: '', zh: '' } };
const field = (name: string, type: Field['type'], notes: Partial<Field> = {}): Field => ({
  ...{ ...NOTES, name, type },
  ...notes,
});
const FIELDS: readonly Field[] = [
  field('Phone', 'string', { personal: true }),
  field('Mode', 'string', { choices: ['0', '1'] }),
  field('Note', 'string'),
  field('Limit', 'integer'),
  field('IsLong', 'boolean'),
  field('Names', 'list'),
  field('Tags', 'list', { fields: [field('Key', 'string'), field('Holder', 'string', { personal: true })] }),
  field('Encryption', 'struct', { seals: true, fields: [field('Iv', 'string')] }),
];
const PLAIN = { noNullPrototype: true };
const action = { action: 'Try', fields: FIELDS } as unknown as Parameters<typeof strangeNames>[0] & object;
const searchOf = (parts: Readonly<Record<string, string | undefined>>) =>
  new URLSearchParams(explorerAddress(action, parts).split('?')[1]);

test('what is not personal comes back from the address as it stood in the form; what is personal is never in it', () => {
  const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
  const filled = fc.record(
    {
      Mode: fc.constantFrom('0', '1'),
      Note: text,
      Limit: fc.integer({ min: -1e9, max: 1e9 }),
      IsLong: fc.boolean(),
      Names: fc.array(text, { minLength: 1, maxLength: 3 }),
      Tags: fc.array(fc.record({ Key: text }, PLAIN), { minLength: 1, maxLength: 2 }),
    },
    PLAIN,
  );
  fc.assert(
    fc.property(filled, (values) => {
      const secret = 'a-secret-of-mine';
      const whole = {
        ...values,
        Phone: secret,
        Tags: values.Tags.map((tag) => ({ ...tag, Holder: secret })),
        Encryption: { Iv: secret },
      };
      const search = searchOf(writeFields(action, whole, {}));
      assert.ok(!String(search).includes(secret));
      assert.deepEqual(strangeNames(action, search), []);
      const read = readFields(action, search);
      for (const [name, value] of Object.entries(read))
        assert.deepEqual(value, values[name as keyof typeof values]);
      const isShort = JSON.stringify([values.Names, values.Tags]).length < 200;
      if (isShort) assert.deepEqual(read, values);
    }),
    propertyRuns(200),
  );
});

test('a field that was emptied of its documented value stays empty, and one that never had a value is not named', () => {
  const search = searchOf(writeFields(action, { Mode: '', Limit: null }, { Mode: '1' }));
  assert.equal(String(search), 'action=Try&Mode=');
  assert.deepEqual(readFields(action, search), { Mode: undefined });
});

test('an address gives no value that the form could not have, and no personal one', () => {
  const given =
    'Phone=1&Mode=7&Limit=1e9&IsLong=yes&Names={"a":1}&Tags=[{"Holder":"x"}]&Encryption={"Iv":"x"}&Other=2';
  const search = new URLSearchParams(`action=Try&${given}&Note=${'x'.repeat(201)}`);
  assert.deepEqual(readFields(action, search), { Tags: [{}] });
  assert.deepEqual(strangeNames(action, search), ['Phone', 'Encryption', 'Other']);
  assert.deepEqual(strangeNames(undefined, search).length, 9);
});
