// An operator's file of subscriber records over HTTP: sent, looked into, imported, its rejected rows fetched; nothing of it
// stays, and nobody else gets near it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { enterImportArea } from '../../src/storage/sqlite/registry/import-area.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { findTraces } from '../support/find-traces.ts';
import { createManagementClient } from '../support/management-client.ts';
import { sendFile } from '../support/send-file.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

const LIMIT_BYTES = 100_000;
const HEADER = 'msisdn,status,activated_on,carrier,name,id_card,as_of,shop\n';
const data = `${makeTemporaryDirectory({ after })}/data`;
const area = join(data, 'registry-uploads');
const ann = makePerson(1);
let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: Record<string, string>;
after(() => server?.stop());

before(async () => {
  server = await startServer({
    data,
    args: [
      ...QUICK_PASSWORDS,
      ...['--registry-upload-max-bytes', `${LIMIT_BYTES}`, '--registry-uploads-max', '1'],
      ...['--log-level', 'trace', '--log-requests', 'all'],
    ],
  });
  client = createManagementClient(server.port);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
});

const act = (line: string, body?: unknown) =>
  client.call(line, { headers: operator, ...(body === undefined ? {} : { body }) });
const upload = (content: Parameters<typeof sendFile>[2], query?: string) =>
  sendFile(server.url, operator, content, query);
const importUpload = async (how: Record<string, unknown>) => {
  const { status, json, text } = await act('POST /operator/registry/imports', how);
  assert.equal(status, 202, text);
  return watchJob(client, operator, json.id);
};
const filesLeft = () => (existsSync(area) ? readdirSync(area) : []);

test('a file is shown as an import would read it, numbers masked and nobody named; then it is imported, and nothing of it stays', async () => {
  const content = [
    `${HEADER}${ann.number},normal,2020-03-01,mobile,${ann.name},${ann.idCard},2026-01-01,7`,
    `${makePerson(2).number},asleep,2020-03-01,mobile,${makePerson(2).name},,2026-01-01,7`,
    '12345,normal,,,,,,',
    `${makePerson(3).number},normal,,,,11010519491231002Y,,`,
    'too,few',
    '',
  ].join('\n');
  const { status, json } = await upload(content);
  assert.equal(status, 201, JSON.stringify(json));
  const { id, columns, preview, ...about } = json;
  assert.deepEqual(about, {
    ...{ bytes: Buffer.byteLength(content), format: 'csv', gzip: false, missing: [], demonstration: false },
  });
  assert.deepEqual((columns as unknown[]).at(-1), { name: 'shop', known: false });
  const rows = preview as readonly Record<string, unknown>[];
  assert.deepEqual(rows[0], {
    ...{ line: 2, number: '+86139****0977', status: 'normal', activated_on: '2020-03-01' },
    ...{ carrier: 'mobile', as_of: '2026-01-01', name: 'present', id_card: 'present', rejected: null },
  });
  assert.deepEqual(
    rows.map(({ line, status: read, name, id_card, rejected }) => [line, read, name, id_card, rejected]),
    [
      [2, 'normal', 'present', 'present', null],
      [3, null, 'present', 'absent', 'status_invalid'],
      [4, 'normal', 'absent', 'absent', 'msisdn_invalid'],
      [5, 'normal', 'absent', 'invalid', 'id_card_invalid'],
      [6, null, 'absent', 'absent', 'column_count'],
    ],
  );
  for (const secret of [ann.number, ann.name, ann.idCard])
    assert.ok(!JSON.stringify(json).includes(secret), 'no personal data comes back');
  assert.equal(statSync(join(area, String(id))).mode & 0o777, 0o600);
  assert.deepEqual(findTraces(data, [ann.name, ann.idCard]), [], 'sealed while it waits');

  const job = await importUpload({ upload_id: id });
  assert.deepEqual([job.state, job.error, job.kind], ['done', null, 'registry-import']);
  const result = job.result as Record<string, unknown>;
  assert.deepEqual(
    [result.accepted, result.rejected, result.rejected_file, typeof result.seconds],
    [1, 4, true, 'number'],
  );
  assert.deepEqual(filesLeft(), [`${id}.rejected.csv`]);
  const list = await act(`GET /operator/registry/imports/${job.id}/rejected`);
  assert.equal(list.headers['content-type'], 'text/csv');
  assert.equal(
    list.text,
    'line,reason,field\n3,status_invalid,status\n4,msisdn_invalid,msisdn\n5,id_card_invalid,id_card\n6,column_count,\n',
  );
  const found = await act('POST /operator/numbers/look-up', { number: ann.number });
  assert.deepEqual([found.json.found, found.json.has_name], [true, true]);
  assert.equal((await act('POST /operator/registry/imports', { upload_id: id })).status, 404, 'used up');
  assert.equal((await act(`GET /operator/registry/imports/${id}/rejected`)).status, 404);
});

test('sending, importing and discarding stand in the audit log as the command line writes them', async () => {
  const { json } = await upload(`${HEADER}${ann.number},normal,,,,,,\n`);
  await importUpload({ upload_id: json.id, replace: true, region: 'cn' });
  const discarded = await upload(`${HEADER}${ann.number},normal,,,,,,\n`);
  assert.equal((await act(`DELETE /operator/registry/uploads/${discarded.json.id}`)).status, 204);
  assert.equal((await act(`DELETE /operator/registry/uploads/${discarded.json.id}`)).status, 404);
  const { json: log } = await act('GET /operator/audit?limit=5');
  const acts = (log.items as { act: string; actor: string; after: Record<string, unknown> }[]).reverse();
  assert.deepEqual(
    acts.map((one) => [one.act, one.actor]),
    [
      'registry.upload',
      'registry.import',
      'registry.imported',
      'registry.upload',
      'registry.upload-discard',
    ].map((name) => [name, 'operator:root']),
  );
  const { job, ...asked } = acts[1]?.after ?? {};
  assert.deepEqual(asked, { region: 'CN', replace: true });
  assert.ok(job !== undefined);
  assert.deepEqual(acts[2]?.after, { accepted: 1, rejected: 0 });
});

test('an import that fails says why, leaves nothing of the file, and the next one may begin', async () => {
  const { json } = await upload(`${HEADER}${ann.number},normal,,,,,,\n`);
  // As a command in another process does.
  const other = enterImportArea(data);
  const job = await importUpload({ upload_id: json.id });
  other?.release();
  assert.deepEqual(
    [job.state, job.error, job.error_code, job.result],
    ['failed', 'another import is at work in this data directory', 'import_at_work', null],
  );
  assert.ok(!filesLeft().includes(String(json.id)));
  const again = await upload(`${HEADER}${ann.number},normal,,,,,,\n`);
  assert.equal((await importUpload({ upload_id: again.json.id })).state, 'done');
});

test('NDJSON and gzip are recognised, columns that are missing are named, and more rows than are shown do no harm', async () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    JSON.stringify({ msisdn: makePerson(index).number, status: 'normal', carrier: null, note: 'x' }),
  );
  const { status, json } = await upload(gzipSync(rows.join('\n')));
  assert.equal(status, 201, JSON.stringify(json));
  assert.deepEqual([json.format, json.gzip], ['ndjson', true]);
  assert.deepEqual(json.missing, ['activated_on', 'name', 'id_card', 'as_of']);
  assert.deepEqual((json.columns as { name: string; known: boolean }[]).at(-1), {
    name: 'note',
    known: false,
  });
  assert.deepEqual(
    (json.preview as { line: number }[]).map(({ line }) => line),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  const job = await importUpload({ upload_id: json.id });
  assert.equal((job.result as Record<string, unknown>).accepted, 30);
});

test('what an import would refuse as a whole is refused when it is sent, with the reason, and is not kept', async () => {
  for (const [content, words, code] of [
    ['name,status\nx,y\n', /does not name the column msisdn/, 'import_column_missing'],
    ['', /has no rows: it is empty, or its lines are blank/, 'import_no_rows'],
    ['\n \r\n\n', /has no rows.*Its first line names columns \(msisdn,status/, 'import_no_rows'],
    ['msisdn,status,status\n', /occurs twice/, 'import_column_twice'],
    [gzipSync('msisdn,status\n').subarray(0, 20), /gzip file is damaged/, 'import_gzip_damaged'],
  ] as const) {
    const before = filesLeft();
    const { status, json } = await upload(content as string);
    assert.equal(status, 400, JSON.stringify(json));
    const { remark } = json.error as { remark: { code: string } };
    assert.match(JSON.stringify(json.error), words);
    assert.equal(remark.code, code);
    assert.deepEqual(filesLeft(), before);
  }
  const wrongType = await sendFile(server.url, { ...operator, 'content-type': 'text/plain' }, 'x');
  assert.equal(wrongType.status, 400);
  assert.equal((await upload('x', '?region=XX')).status, 400);
});

test('a file over the limit is refused, whether its length is said or not, and nothing of it is kept', async () => {
  const before = filesLeft();
  const large = Buffer.alloc(LIMIT_BYTES + 1, 'x');
  const said = await upload(large);
  assert.deepEqual([said.status, (said.json.error as { code: string }).code], [413, 'too_large']);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < large.length; at += 10_000) yield large.subarray(at, at + 10_000);
  }
  const unsaid = await upload(pieces());
  assert.equal(unsaid.status, 413);
  assert.deepEqual(filesLeft(), before);
  assert.equal((await act('GET /operator/jobs')).status, 200, 'the server goes on');
});

test('a second file does not come in while one is arriving, and takes the place of one that nobody imports', async () => {
  const arrived = Promise.withResolvers<void>();
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(HEADER);
    await arrived.promise;
    yield Buffer.from(`${ann.number},normal,,,,,,\n`);
  }
  const first = upload(slowly());
  while (!filesLeft().some((name) => !name.endsWith('.csv'))) await new Promise(setImmediate);
  assert.equal((await upload(`${HEADER}${ann.number},normal,,,,,,\n`)).status, 409);
  arrived.resolve();
  const { status, json } = await first;
  assert.equal(status, 201);
  const second = await upload(`${HEADER}${ann.number},normal,,,,,,\n`);
  assert.equal(second.status, 201);
  assert.equal((await act('POST /operator/registry/imports', { upload_id: json.id })).status, 404);
  await act(`DELETE /operator/registry/uploads/${second.json.id}`);
});

test('a sender that leaves in the middle leaves nothing behind', async () => {
  const leaving = new AbortController();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(HEADER);
    await new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
  }
  const sent = fetch(`${server.url}/api/v1/operator/registry/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...operator },
    body: ReadableStream.from(broken()),
    signal: leaving.signal,
    duplex: 'half',
  } as RequestInit);
  const isThere = () => filesLeft().some((name) => !name.endsWith('.csv'));
  while (!isThere()) await new Promise(setImmediate);
  leaving.abort();
  await assert.rejects(sent);
  while (isThere()) await new Promise(setImmediate);
});

test('no cell of a file comes out of the list of rejected rows, so that no formula does', async () => {
  const formula = '=HYPERLINK("http://evil.example";"x")';
  const quoted = `"${formula.replaceAll('"', '""')}"`;
  const { json } = await upload(
    `msisdn,status,carrier,${quoted}\n${quoted},normal,,\n${ann.number},${quoted},,\n${ann.number},normal,"@SUM(1)",1\n`,
  );
  const job = await importUpload({ upload_id: json.id });
  const { text } = await act(`GET /operator/registry/imports/${job.id}/rejected`);
  assert.equal(text, 'line,reason,field\n2,msisdn_invalid,msisdn\n3,status_invalid,status\n');
  assert.ok(text.split(/[,\n]/).every((cell) => !/^[=+\-@]/.test(cell)));
});

test('nobody but an operator sends, imports or fetches, and a session sends only from a page of this server', async () => {
  const person = await signUpPerson(server, client, 'ann@example.org');
  const content = `${HEADER}${ann.number},normal,,,,,,\n`;
  assert.equal((await sendFile(server.url, {}, content)).status, 401);
  assert.equal((await sendFile(server.url, person.headers, content)).status, 403);
  for (const line of ['POST /operator/registry/imports', 'GET /operator/registry/imports/1/rejected']) {
    assert.equal((await client.call(line, { headers: person.headers, body: {} })).status, 403, line);
    assert.equal((await client.call(line, { body: {} })).status, 401, line);
  }
  const { link } = (await runJsonWithin(['operator', 'link', 'zoe', '--data', data])) as { link: string };
  const body = { link: new URL(link).hash.slice(1) };
  const { cookie } = await client.call('POST /operator/session', { body });
  const send = (headers: Record<string, string>) =>
    client.call('POST /operator/registry/uploads', {
      text: content,
      headers: { 'content-type': 'text/csv', cookie, ...headers },
    });
  assert.equal((await send({})).status, 403);
  assert.equal((await send({ origin: 'https://evil.example' })).status, 403);
  const own = await send({ origin: client.origin });
  assert.equal(own.status, 201, own.text);
  await act(`DELETE /operator/registry/uploads/${own.json.id}`);
  for (const secret of [ann.number, ann.name, ann.idCard])
    assert.ok(!server.stderr().includes(secret), 'no personal data in the log');
});
