// Long works of operators over HTTP: started, watched to their end, listed, and opened to nobody else.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createManagementClient } from '../support/management-client.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

const data = `${makeTemporaryDirectory({ after })}/data`;
let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: Record<string, string>;
after(() => server?.stop());

before(async () => {
  server = await startServer({ data, args: ['--first-run', '--jobs-kept', '2', ...QUICK_PASSWORDS] });
  client = createManagementClient(server.port);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
});

const act = (line: string) => client.call(line, { headers: operator });
const count = async () =>
  watchJob(client, operator, (await act('POST /operator/registry/statistics')).json.id);

test('the statistics of the registry are counted in a job that says who started it and when it ended', async () => {
  const started = await act('POST /operator/registry/statistics');
  assert.equal(started.status, 202, started.text);
  assert.deepEqual(
    [started.json.kind, started.json.started_by, started.json.result, started.json.ended_at],
    ['registry-statistics', 'operator:root', null, null],
  );
  const job = await watchJob(client, operator, started.json.id);
  assert.deepEqual([job.state, job.error], ['done', null], JSON.stringify(job));
  assert.ok(String(job.ended_at) >= String(job.created_at));
  const result = job.result as Record<string, unknown>;
  const shown = JSON.parse((await runCommand(['registry', 'stats', '--data', data, '--json'])).stdout);
  assert.deepEqual(result, {
    ...{ rows: shown.rows, demonstration: true, by_status: shown.byStatus, by_carrier: shown.byCarrier },
    ...{ by_tenure_months: shown.byTenureMonths, with_name: shown.withName, with_id_card: shown.withIdCard },
    ...{ as_of_oldest: shown.asOfOldest, as_of_newest: shown.asOfNewest },
  });
});

test('jobs are listed newest first, as many that ended as the option keeps, and are found by kind', async () => {
  const jobs = [await count(), await count(), await count()];
  const { json } = await act('GET /operator/jobs?kind=registry-statistics');
  const items = json.items as readonly Record<string, unknown>[];
  assert.deepEqual(
    items.map(({ id }) => id),
    [jobs[2]?.id, jobs[1]?.id],
  );
  assert.equal(json.count, 2);
  assert.equal((await act(`GET /operator/jobs/${jobs[0]?.id}`)).status, 404);
  assert.equal((await act('GET /operator/jobs?kind=nothing')).status, 400);
  const second = await act('GET /operator/jobs?limit=1&offset=1');
  assert.deepEqual([second.json.count, (second.json.items as unknown[]).length], [2, 1]);
});

test('a job that has ended cannot be cancelled, and one that never was is not found', async () => {
  const { id } = await count();
  assert.equal((await act(`DELETE /operator/jobs/${id}`)).status, 409);
  assert.equal((await act('DELETE /operator/jobs/00000000-0000-4000-8000-000000000000')).status, 404);
});

test('nobody but an operator starts, sees or cancels a job', async () => {
  const person = await signUpPerson(server, client, 'ann@example.org');
  for (const line of [
    'POST /operator/registry/statistics',
    'GET /operator/jobs',
    'GET /operator/jobs/1',
    'DELETE /operator/jobs/1',
  ]) {
    assert.equal((await client.call(line, { headers: person.headers })).status, 403, line);
    assert.equal((await client.call(line)).status, 401, line);
  }
});

test('a job that is started stands in the audit log under the name of who started it', async () => {
  const { id } = await count();
  const { json } = await act('GET /operator/audit?act=registry.statistics&limit=1');
  const [{ actor, after: noted } = { actor: '', after: {} }] = json.items as readonly {
    actor: string;
    after: unknown;
  }[];
  assert.deepEqual([actor, noted], ['operator:root', { job: id }]);
});
