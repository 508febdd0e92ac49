// What an operator does over HTTP to keep a server sound: verify the ledger, export it, make backups that restore, ask the
// doctor; and that nobody else does.

import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { takeServeLock } from '../../src/storage/sqlite/serve-lock.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

type Values = Readonly<Record<string, unknown>>;

const root = makeTemporaryDirectory({ after });
const data = join(root, 'data');
let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: Record<string, string>;
let person: SignedUpPerson;
after(() => server?.stop());

before(async () => {
  server = await startServer({
    data,
    args: ['--first-run', '--ledger-sign-every-ms', '100', ...QUICK_PASSWORDS],
  });
  client = createManagementClient(server.port);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
  person = await signUpPerson(server, client, 'ann@example.org');
  const acquired = { body: { service_id: 'line-status' }, headers: person.headers };
  assert.ok((await client.call('POST /applications', acquired)).status < 300);
});

const act = (line: string, body?: Values) =>
  client.call(line, { headers: operator, ...(body === undefined ? {} : { body }) });

async function jobOf(line: string, body: Values = {}): Promise<{ job: Values; result: Values }> {
  const started = await act(line, body);
  assert.equal(started.status, 202, started.text);
  const job = await watchJob(client, operator, started.json.id);
  return { job, result: (job.result ?? {}) as Values };
}

function alter(sql: string): void {
  const database = new DatabaseSync(join(data, 'ledger.db'), { timeout: 10_000 });
  database.exec(sql);
  database.close();
}

test('a verification says what the command says, and a head noted from it is found in the chain later', async () => {
  let { result } = await jobOf('POST /operator/ledger/verify');
  // The next head is not yet signed.
  for (let round = 0; round < 50 && result.unsigned_tail !== 0; round += 1)
    ({ result } = await jobOf('POST /operator/ledger/verify'));
  assert.equal(result.ok, true, JSON.stringify(result));
  const shown = (await runJsonWithin(['ledger', 'verify', '--data', data])) as Values;
  assert.deepEqual(
    [result.entries, result.last_signed_seq, result.last_signed_hash, result.unsigned_tail],
    [shown.entries, shown.lastSignedSeq, shown.lastSignedHash, shown.unsignedTail],
  );
  const head = `${result.last_signed_seq}:${result.last_signed_hash}`;
  assert.equal((await jobOf('POST /operator/ledger/verify', { head })).result.ok, true);
  const state = (await act('GET /operator/ledger')).json;
  assert.equal(state.entries, result.entries);
  assert.match(String(state.public_key), /^[A-Za-z0-9+/=]{40,}$/);
  assert.equal((state.head as Values).hash, result.last_signed_hash);
  assert.deepEqual((state.last_verification as Values).ok, true);
  const other = `${result.last_signed_seq}:${'0f'.repeat(32)}`;
  const refused = (await jobOf('POST /operator/ledger/verify', { head: other })).result;
  assert.deepEqual([refused.ok, refused.first_bad_seq], [false, 1]);
  assert.match(String(refused.reason), /not the one that was noted down/);
  assert.equal((await act('POST /operator/ledger/verify', { head: 'x:y' })).status, 400);
});

test('an entry that was altered is named by the verification, and its holder is told that its proof is broken', async () => {
  const entry = async () =>
    (await client.call('GET /usage/apis?limit=1', { headers: person.headers })).status;
  assert.equal(await entry(), 200);
  const own = new DatabaseSync(join(data, 'ledger.db'), { readOnly: true });
  const row = own.prepare("SELECT max(seq) AS seq FROM entries WHERE kind = 'quota_grant'").get();
  own.close();
  const seq = Number(row?.seq);
  const line = `GET /usage/entries/${seq}`;
  const before = (await client.call(line, { headers: person.headers })).json;
  assert.deepEqual([before.kind, before.account_id], ['quota_grant', person.accountId]);
  alter(`UPDATE entries SET source = 'elsewhere' WHERE seq = ${seq}`);
  try {
    const { result } = await jobOf('POST /operator/ledger/verify');
    assert.deepEqual([result.ok, result.first_bad_seq], [false, seq]);
    assert.deepEqual([result.reason_code, result.reason_parameters], ['entry_altered', { seq }]);
    const proof = (await client.call(`${line}/proof`, { headers: person.headers })).json;
    assert.deepEqual(
      [proof.verdict, proof.head, (proof.last_verification as Values).ok],
      ['broken', null, false],
    );
    const { result: found } = await jobOf('POST /operator/doctor');
    assert.equal(found.ok, false);
    const bad = (found.checks as Values[]).find(({ level }) => level === 'problem');
    assert.deepEqual([bad?.code, bad?.parameters, bad?.mend_code], ['entry_altered', { seq }, 'restore']);
  } finally {
    alter(`UPDATE entries SET source = '' WHERE seq = ${seq}`);
  }
  assert.equal((await jobOf('POST /operator/ledger/verify')).result.ok, true);
});

test('the ledger is exported as the command exports it, and the export is in the audit log', async () => {
  const csv = await act('GET /operator/ledger/export/csv');
  assert.equal(csv.text, (await runCommand(['ledger', 'export', '--data', data])).stdout);
  const own = await act(`GET /operator/ledger/export/ndjson?account_id=${person.accountId}`);
  const entries = own.text
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Values);
  assert.ok(entries.length > 0);
  assert.deepEqual([...new Set(entries.map(({ accountId }) => accountId))], [person.accountId]);
  const { json } = await act('GET /operator/audit?act=ledger.export&limit=1');
  const [noted] = json.items as Values[];
  assert.deepEqual(
    [noted?.actor, noted?.subject, (noted?.after as Values).format],
    ['operator:root', person.accountId, 'ndjson'],
  );
  for (const query of ['date_from=yesterday', 'account_id=nobody', 'colour=red'])
    assert.equal((await act(`GET /operator/ledger/export/csv?${query}`)).status, 400, query);
});

test('a backup of the console is private, without the master key, listed, and restores', async () => {
  const { job, result } = await jobOf('POST /operator/backups');
  assert.equal(job.state, 'done', JSON.stringify(job));
  assert.equal((result.ledger as Values).ok, true);
  assert.equal(result.master_key_included, false);
  const copy = join(data, 'backups', String(result.name));
  assert.equal(result.directory, copy);
  assert.equal(statSync(copy).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, 'backups')).mode & 0o777, 0o700);
  assert.ok(!readdirSync(copy).includes('master.key'));
  const { json } = await act('GET /operator/backups');
  const [listed] = json.items as Values[];
  assert.deepEqual(
    [json.count, listed?.name, listed?.master_key_included, json.directory],
    [1, result.name, false, join(data, 'backups')],
  );
  assert.ok(Number(listed?.bytes) > 0);
  const restored = join(root, 'restored');
  const key = ['--master-key', join(data, 'master.key')];
  const { code, stderr } = await runCommand(['restore', copy, '--data', restored, ...key]);
  assert.equal(code, 0, stderr);
  assert.equal(((await runJsonWithin(['ledger', 'verify', '--data', restored])) as Values).ok, true);
});

test('the master key goes into a backup only where that is asked for, which the audit log says', async () => {
  const { result } = await jobOf('POST /operator/backups', { with_master_key: true });
  assert.equal(result.master_key_included, true, JSON.stringify(result));
  assert.ok(readdirSync(String(result.directory)).includes('master.key'));
  const { json } = await act('GET /operator/audit?act=backup&limit=1');
  const [noted] = json.items as Values[];
  assert.deepEqual([noted?.actor, (noted?.after as Values).withMasterKey], ['operator:root', true]);
  assert.equal((await act('POST /operator/backups', { directory: '/tmp/x' })).status, 400);
});

test('the doctor of the console finds what the command finds, and the server keeps its lock', async () => {
  const { result } = await jobOf('POST /operator/doctor');
  const shown = JSON.parse((await runCommand(['doctor', '--data', data, '--json'])).stdout) as Values;
  // The clock ticks, the disk fills.
  const stable = (checks: unknown) =>
    (checks as Values[])
      .filter(({ subject }) => subject !== 'clock' && subject !== 'disk space')
      .map(({ level, subject, finding, mend = null }) => ({ level, subject, finding, mend }));
  const known = stable(shown.checks).filter(({ subject }) => subject !== 'settings');
  assert.deepEqual(
    stable(result.checks).filter(({ subject }) => subject !== 'settings'),
    known,
  );
  assert.equal(result.ok, true, JSON.stringify(result));
  for (const { level, code, parameters } of result.checks as Values[])
    assert.equal(code === null && parameters === null, level === 'ok', 'what is not fine has a code');
  const lock = takeServeLock(join(data, 'serve.lock'), process.pid);
  lock?.release();
  assert.equal(lock, undefined);
});

test('the sources show what state they are in, and what the last statistics counted', async () => {
  await jobOf('POST /operator/registry/statistics');
  const { json } = await act('GET /operator/sources');
  const [registry, sandbox] = json.items as Values[];
  assert.deepEqual([registry?.state, sandbox?.state, sandbox?.counted], ['present', 'present', null]);
  const counted = registry?.counted as Values;
  assert.ok(Number(counted.rows) > 0);
  assert.match(String(counted.as_of_newest), /^\d{4}-\d\d-\d\d$/);
});

test('a person verifies no ledger, exports none, makes no backup and asks no doctor', async () => {
  for (const line of [
    ...['GET /operator/ledger', 'POST /operator/ledger/verify', 'GET /operator/ledger/export/csv'],
    ...['GET /operator/ledger/export/ndjson', 'GET /operator/backups', 'POST /operator/backups'],
    ...['POST /operator/doctor', 'GET /operator/sources'],
  ]) {
    assert.equal((await client.call(line, { headers: person.headers })).status, 403, line);
    assert.equal((await client.call(line)).status, 401, line);
  }
});
