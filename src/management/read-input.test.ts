// A body that a management call takes: members that it does not know are refused by name, because a limit that was misspelt
// would be no limit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { CAPS } from './accounts/credential-shape.ts';
import { createInputReader } from './read-input.ts';
import { defineRoute, ManagementError } from './route.ts';

const read = createInputReader(
  defineRoute({
    name: 'credential-create',
    group: 'credentials',
    method: 'POST',
    path: '/credentials',
    access: ['session'],
    summary: { en: '', zh: '' },
    shape: 'acedata',
    body: Type.Object({
      limited_amount: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
      caps: Type.Optional(CAPS),
    }),
    ignored: ['host'],
    success: 201,
    answer: undefined,
    errors: [],
    examples: [],
    run: () => ({}),
  }),
);
const readBody = (body: object) =>
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
  assert.throws(() => readBody(misspelt), refusal('There is no member "caps.call_per_month".'));
});

test("members of the vendor's that have no effect are taken and left out", () => {
  assert.deepEqual(readBody({ host: { any: 1 }, limited_amount: null }), { limited_amount: null });
});
