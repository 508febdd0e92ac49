// A body that a management call takes: members that it does not know are refused by name, because a limit that was misspelt
// would be no limit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TSchema } from 'typebox';
import { Type } from '../core/json-schema.ts';
import { CAP_CHANGES, CAPS } from './accounts/credential-shape.ts';
import { createInputReader } from './read-input.ts';
import { defineRoute, ManagementError } from './route.ts';

const readerOf = (method: 'POST' | 'PATCH', caps: TSchema) =>
  createInputReader(
    defineRoute({
      name: 'credential',
      group: 'credentials',
      method,
      path: '/credentials',
      access: ['session'],
      summary: { en: '', zh: '' },
      shape: 'acedata',
      body: Type.Object({
        limited_amount: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
        name: Type.Optional(Type.String()),
        caps: Type.Optional(caps),
      }),
      ignored: ['host'],
      success: 201,
      answer: undefined,
      errors: [],
      examples: [],
      run: () => ({}),
    }),
  );
const readBody = (body: object, read = readerOf('POST', CAPS)) =>
  read({
    parameters: {},
    query: '',
    body: Buffer.from(JSON.stringify(body)),
    contentType: 'application/json',
  }).body;

const refusal =
  (message: string) =>
  (error: unknown): boolean =>
    error instanceof ManagementError && error.code === 'bad_request' && error.message === message;

test('a member that the call does not know is refused by its name, null as well', () => {
  assert.throws(() => readBody({ limit_amount: 1 }), refusal('There is no member "limit_amount".'));
  assert.throws(() => readBody({ limited_amount: 1, Caps: null }), refusal('There is no member "Caps".'));
  assert.throws(() => readBody(JSON.parse('{"__proto__":1}')), refusal('There is no member "__proto__".'));
});

test('a cap that does not exist is refused by its name', () => {
  const misspelt = { caps: { calls_per_day: 1, call_per_month: 1 } };
  for (const read of [readerOf('POST', CAPS), readerOf('PATCH', CAP_CHANGES)])
    assert.throws(() => readBody(misspelt, read), refusal('There is no member "caps.call_per_month".'));
});

test("members of the vendor's that have no effect are taken and left out", () => {
  assert.deepEqual(readBody({ host: { any: 1 }, limited_amount: null }), { limited_amount: null });
});

test('null in a change is what it says or is refused, never dropped: elsewhere it is as absent', () => {
  const change = readerOf('PATCH', CAP_CHANGES);
  assert.deepEqual(readBody({ limited_amount: null, caps: null }, change), {
    limited_amount: null,
    caps: null,
  });
  assert.throws(() => readBody({ name: null }, change), refusal('name must not be null.'));
  assert.deepEqual(readBody({ host: null }, change), {});
  assert.deepEqual(readBody({ name: null, caps: null }), {});
});
