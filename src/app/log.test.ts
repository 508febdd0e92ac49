import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS } from '../actions/index.ts';
import { OPTIONS } from '../config/options.ts';
import { openLog } from './log.ts';

const SECRET = 'Zk9Qm3xLr8Tn2Vb7Wc5Yd1Hs6Jg4Pf0A';

function logged(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  openLog('info', { write: (line: string) => void lines.push(line) }).info(fields, 'seen');
  const text = lines.join('');
  assert.ok(!text.includes(SECRET), text);
  return JSON.parse(text) as Record<string, unknown>;
}

/** At the top, nested, in a list, and deeper than anybody would log. */
function everywhere(name: string): Record<string, unknown> {
  const field = { [name]: SECRET };
  return { ...field, input: field, calls: [{ input: { inner: { most: field } } }] };
}

test('every field that an action marks sensitive is left out of the log, at any depth', () => {
  const fields = ACTIONS.flatMap(({ input, output }) =>
    Object.entries({ ...input.properties, ...output.properties }),
  ).filter(([, schema]) => (schema as { sensitive?: boolean }).sensitive === true);
  assert.ok(fields.length >= 15);
  for (const [name] of fields) logged(everywhere(name));
});

test('the names of those fields on the wire are left out too', () => {
  for (const name of ['Mobile', 'Phone', 'Name', 'IdCard', 'id_card', 'Plaintext']) logged(everywhere(name));
});

test('every option that is secret is left out, and what keys and signatures are made of', () => {
  const secret = Object.entries(OPTIONS).filter(([, row]) => 'secret' in row && row.secret === true);
  assert.ok(secret.length >= 3);
  for (const [name] of secret) logged(everywhere(name));
  for (const name of ['secretId', 'secretKey', 'token', 'authorization', 'Authorization', 'signature'])
    logged(everywhere(name));
});

test('what an operator needs stays: request id, account, action, result and the place of a defect', () => {
  const line = logged({
    requestId: 'r-1',
    account: '100',
    action: 'line-status',
    result: 'known',
    durationMs: 3,
  });
  const { requestId, account, action, result, durationMs, msg } = line;
  assert.deepEqual(
    [requestId, account, action, result, durationMs, msg],
    ['r-1', '100', 'line-status', 'known', 3, 'seen'],
  );
  assert.match(JSON.stringify(logged({ err: new Error('broken') })), /app\/log\.test\.ts/);
});
