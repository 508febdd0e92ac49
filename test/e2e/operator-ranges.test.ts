// What an operator does to the table of number ranges while the server runs: each change counts for the next call and in
// what is published, and is in the audit log; what makes no sense changes nothing.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import type { NumberRange } from '../../src/ports/source.ts';
import { CHECK_1E, callAceData } from '../support/call-acedata.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PATH = '/operator/number-ranges';
const MAX_BYTES = 4096;
const person = makePerson(1);
const number = `+86${person.number}`;
const head = number.slice(0, 6);
const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let account: NewAccount;
let client: ReturnType<typeof createManagementClient>;
let headers: Readonly<Record<string, string>>;
after(() => server?.stop());

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '100']);
  await importPeople(data, [person]);
  const { token } = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  headers = { authorization: `Bearer ${token}` };
  server = await startServer({ data, args: ['--management-ranges-max-bytes', String(MAX_BYTES)] });
  client = createManagementClient(server.port);
});

const act = (line: string, body?: unknown) => client.call(line, { headers, body });
const published = async () => (await (await fetch(`${server.url}/number-ranges`)).json()) as NumberRange[];
const itemsOf = ({ json }: { readonly json: Record<string, unknown> }) => json.items as NumberRange[];

/** '0' where the number is served. */
async function ask(): Promise<unknown> {
  const body = { mobile: person.number };
  const { json } = await callAceData(server.port, { path: CHECK_1E, token: account.token, body });
  return json.result;
}

async function newestAct(): Promise<Readonly<Record<string, unknown>>> {
  const { json } = await act('GET /operator/audit?limit=1');
  const [newest] = json.items as readonly Readonly<Record<string, unknown>>[];
  return newest ?? {};
}

test('a range that is limited, removed and set again decides the very next call, and each act is audited', async () => {
  assert.equal(await ask(), '0');
  const [held] = itemsOf(await act(`GET ${PATH}?search=${encodeURIComponent(number)}`));
  const path = `${PATH}/${encodeURIComponent(held?.prefix ?? '')}`;
  const limited = { prefix: held?.prefix, holder: held?.holder, actions: ['line-tenure'] };
  const { status, json } = await act(`PUT ${path}`, { holder: held?.holder, actions: ['line-tenure'] });
  assert.deepEqual([status, json], [200, limited]);
  assert.equal(await ask(), '-1');
  assert.ok((await published()).some(({ actions }) => actions.join() === 'line-tenure'));
  const noted = await newestAct();
  assert.deepEqual(
    [noted.actor, noted.act, noted.subject, noted.before, noted.after],
    ['operator:root', 'ranges.set', held?.prefix, held, limited],
  );

  assert.equal((await act(`PUT ${path}`, { holder: held?.holder })).status, 200);
  assert.equal(await ask(), '0');
  assert.equal((await act(`DELETE ${path}`)).status, 204);
  assert.equal(await ask(), '-1');
  assert.deepEqual((await newestAct()).before, held);
  assert.equal((await act(`DELETE ${path}`)).status, 404);
  assert.equal((await act(`PUT ${path}`, { holder: held?.holder })).status, 200);
  assert.equal(await ask(), '0');
});

test('what makes no sense is refused by name, and the table stays as it was', async () => {
  const before = await published();
  const refused = async (line: string, body: unknown, message: RegExp) => {
    const { status, text } = await act(line, body);
    assert.equal(status, 400, line);
    assert.match(text, message);
  };
  await refused(`PUT ${PATH}/138`, { holder: 'mobile' }, /no prefix/);
  await refused(`PUT ${PATH}/+86138`, { holder: ' ' }, /1 to 64 characters/);
  await refused(`PUT ${PATH}/+86138`, { holder: 'a\nb' }, /more than one line/);
  await refused(`PUT ${PATH}/+86138`, { holder: 'a', actions: ['no-such'] }, /no-such is no action/);
  await refused(`PUT ${PATH}/+86138`, {}, /holder is missing/);
  const csv = (text: string, replace = false) => ({ csv: text, replace });
  await refused(`POST ${PATH}/import`, csv('prefix,holder\n+1202,a\n138,b\n'), /138 is no prefix/);
  await refused(`POST ${PATH}/import`, csv('number,holder\n+1202,a\n'), /first line must name/);
  await refused(`POST ${PATH}/import`, csv('prefix,holder\n"+1202"x,a\n'), /line 2 is not CSV/);
  await refused(`POST ${PATH}/import`, csv('prefix,holder\n"+1202","a\nb"\n'), /more than one line/);
  await refused(`POST ${PATH}/import`, csv('prefix,holder,actions\n', true), /replaces nothing/);
  await refused(`POST ${PATH}/import`, csv('', true), /first line must name/);
  assert.equal((await act(`POST ${PATH}/import`, csv('x'.repeat(MAX_BYTES)))).status, 413);
  assert.deepEqual(await published(), before);
});

test('a list is added to the table or replaces it; its export is the list again, also with what looks like a formula', async () => {
  const before = await published();
  const exported = await act(`GET ${PATH}/export`);
  assert.match(String(exported.headers['content-disposition']), /number-ranges\.csv/);
  assert.doesNotMatch(exported.text, /^[=+@-]/m);
  const added = await act(`POST ${PATH}/import`, { csv: '\uFEFFprefix,holder\n+1202,=1+1\n' });
  assert.deepEqual(added.json, { ranges: 1 });
  assert.equal((await published()).length, before.length + 1);

  const few = `holder,prefix,actions\nmobile,${head},\n=1+1,+1202,line-status line-tenure\n`;
  assert.deepEqual((await act(`POST ${PATH}/import`, { csv: few, replace: true })).json, { ranges: 2 });
  const replaced = [
    { prefix: '+1202', holder: '=1+1', actions: ['line-status', 'line-tenure'] },
    { prefix: head, holder: 'mobile', actions: [] },
  ];
  assert.deepEqual(await published(), replaced);
  assert.equal(await ask(), '0');
  const { act: name, after } = await newestAct();
  assert.deepEqual([name, after], ['ranges.replace', { ranges: 2 }]);

  const { text } = await act(`GET ${PATH}/export`);
  assert.match(text, /^'=1\+1|,'=1\+1,/m);
  await act(`POST ${PATH}/import`, { csv: exported.text, replace: true });
  assert.deepEqual(await published(), before);
  await act(`POST ${PATH}/import`, { csv: text, replace: true });
  assert.deepEqual(await published(), replaced);
  await act(`POST ${PATH}/import`, { csv: exported.text, replace: true });
});

test('ranges are found by a prefix both ways, a whole number or their holder, page by page', async () => {
  const found = async (query: string) => {
    const { json } = await act(`GET ${PATH}?${query}`);
    return [json.count, (json.items as NumberRange[]).map(({ prefix }) => prefix)];
  };
  assert.deepEqual(await found('search=13800138000'), [1, ['+86138']]);
  assert.deepEqual(await found('search=%2B8613800138000'), [1, ['+86138']]);
  assert.deepEqual(await found('search=+8613800138000'), [1, ['+86138']]);
  assert.deepEqual(await found('search=134&limit=2&offset=1'), [10, ['+861341', '+861342']]);
  assert.deepEqual(await found('search=BROAD'), [1, ['+86192']]);
  assert.deepEqual(await found('search=nobody'), [0, []]);
  const { json } = await act(`GET ${PATH}?limit=1`);
  const names = (json.actions as readonly { readonly name: string }[]).map(({ name }) => name);
  assert.ok(names.includes('line-status') && !names.includes('contact-code-send'));
});

test('while somebody else writes the registry the call is given up in time, and other calls are answered', async () => {
  const writer = new DatabaseSync(join(data, 'registry.db'));
  writer.exec('BEGIN IMMEDIATE');
  try {
    const setting = act(`PUT ${PATH}/+1203`, { holder: 'late' });
    assert.equal(await ask(), '0');
    const { status, headers: answered } = await setting;
    assert.deepEqual([status, answered['retry-after']], [503, '1']);
  } finally {
    writer.exec('ROLLBACK');
    writer.close();
  }
  assert.equal((await act(`PUT ${PATH}/+1203`, { holder: 'late' })).status, 200);
});
