// Imports over HTTP that do not come to their end: cancelled, or killed with the server; and files that come slowly, never,
// or are very large.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  formatSyntheticRow,
  generateSubscribers,
  SYNTHETIC_HEADER,
} from '../../src/sources/registry/generate-subscribers.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { findTraces } from '../support/find-traces.ts';
import { createManagementClient } from '../support/management-client.ts';
import { watchPeakMemory } from '../support/peak-memory.ts';
import { sendFile } from '../support/send-file.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

const ROWS = 150_000;
const REQUEST_TIMEOUT_MS = 500;
const STALLED_MS = 1500;
const MEGABYTE = 1_000_000;
/** What is thrown away on the way counts until it is collected. */
const SENT_MEGABYTES = 150;
const HELD_MEGABYTES = 75;
const data = `${makeTemporaryDirectory({ after })}/data`;
const ann = makePerson(1);
let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let operator: Record<string, string>;
let large: Buffer<ArrayBuffer>;
after(() => server?.stop());

before(async () => {
  const rows = [...generateSubscribers({ rows: ROWS, seed: 5 })].map(formatSyntheticRow);
  large = Buffer.from(`${SYNTHETIC_HEADER}${ann.number},normal,,,${ann.name},,\n${rows.join('')}`);
  await start();
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = { authorization: `Bearer ${made.token}` };
  const { json } = await sendFile(server.url, operator, 'msisdn,status\n13800138000,normal\n');
  const job = await client.call('POST /operator/registry/imports', {
    headers: operator,
    body: { upload_id: json.id },
  });
  await watchJob(client, operator, job.json.id);
});

async function start(): Promise<void> {
  server = await startServer({
    data,
    args: [
      ...['--headers-timeout-ms', `${REQUEST_TIMEOUT_MS}`, '--request-timeout-ms', `${REQUEST_TIMEOUT_MS}`],
      ...['--management-stalled-ms', `${STALLED_MS}`, '--jobs-at-once', '1'],
    ],
  });
  client = createManagementClient(server.port);
}

const act = (line: string, body?: unknown) =>
  client.call(line, { headers: operator, ...(body === undefined ? {} : { body }) });
const filesLeft = (): string[] =>
  ['registry-uploads', 'registry-import'].flatMap((name) =>
    existsSync(join(data, name)) ? readdirSync(join(data, name)) : [],
  );

/** Starts an import of the large file and waits until it has come to the phase. */
async function startImport(phase = 'reading'): Promise<string> {
  const { status, json } = await sendFile(server.url, operator, large);
  assert.equal(status, 201, JSON.stringify(json));
  const started = await act('POST /operator/registry/imports', { upload_id: json.id, replace: true });
  assert.equal(started.status, 202, started.text);
  for (;;) {
    const { json: job } = await act(`GET /operator/jobs/${started.json.id}`);
    assert.equal(job.ended_at, null, 'it ended too early to be stopped');
    if ((job.progress as { phase: string } | null)?.phase === phase) return String(started.json.id);
    await delay(5);
  }
}

/** How much each thread gives way to others, by its id. */
function nicesOf(pid: number): Map<number, number> {
  const threads = readdirSync(`/proc/${pid}/task`);
  const niceOf = (thread: string): number => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    // The 19th field; the second is a name in parentheses, which may hold spaces.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  };
  return new Map(threads.map((thread) => [Number(thread), niceOf(thread)]));
}

async function countRows(): Promise<unknown> {
  const { json } = await act('POST /operator/registry/statistics');
  return ((await watchJob(client, operator, json.id)).result as Record<string, unknown>).rows;
}

test('an import that is cancelled in the middle leaves the old rows and no file, and the next one may begin', async () => {
  const id = await startImport();
  assert.equal(
    (await act('POST /operator/registry/imports', { upload_id: 'another' })).status,
    404,
    'the file is judged first',
  );
  const second = await sendFile(server.url, operator, 'msisdn,status\n13900139000,normal\n');
  const refused = await act('POST /operator/registry/imports', { upload_id: second.json.id });
  assert.equal(refused.status, 409);
  assert.match(refused.text, new RegExp(`job ${id} of operator:root`));
  const cancelled = await act(`DELETE /operator/jobs/${id}`);
  assert.equal(cancelled.status, 200);
  assert.equal((await watchJob(client, operator, id)).state, 'cancelled');
  assert.deepEqual(filesLeft(), [second.json.id], 'only what was sent since');
  assert.equal(await countRows(), 1);
  const next = await act('POST /operator/registry/imports', { upload_id: second.json.id });
  assert.equal((await watchJob(client, operator, next.json.id)).state, 'done');
  assert.equal(await countRows(), 2);
  assert.deepEqual(filesLeft(), []);
});

test('an import works in threads of its own, behind the calls in priority', {
  skip: process.platform !== 'linux' && 'only Linux lets a thread be nice by itself',
}, async () => {
  const id = await startImport();
  const nices = nicesOf(server.pid);
  await act(`DELETE /operator/jobs/${id}`);
  assert.equal(nices.get(server.pid), 0, 'the thread of the calls');
  // The job's own and those that parse for it.
  assert.ok([...nices.values()].filter((nice) => nice === 5).length >= 2, [...nices.values()].join());
});

test('a job beyond those that may be at work at once waits, and can be cancelled before it began', async () => {
  const rows = await countRows();
  const id = await startImport('writing');
  const waiting = await act('POST /operator/registry/statistics');
  assert.equal(waiting.json.state, 'queued');
  const cancelled = await act(`DELETE /operator/jobs/${waiting.json.id}`);
  assert.deepEqual([cancelled.json.state, cancelled.json.progress], ['cancelled', null]);
  const next = await act('POST /operator/registry/statistics');
  assert.equal(next.json.state, 'queued');
  await act(`DELETE /operator/jobs/${id}`);
  const counted = await watchJob(client, operator, next.json.id);
  const { state } = await watchJob(client, operator, id);
  // What was nearly written when the word came may end as written: the state never says otherwise than the rows.
  const expected = state === 'cancelled' ? rows : ROWS + 1;
  assert.equal((counted.result as Record<string, unknown>).rows, expected, String(state));
});

test('killed in the middle of an import the server leaves the old rows and nothing readable, and its next start removes the file', async () => {
  const rows = await countRows();
  await startImport();
  await server.kill();
  assert.ok(filesLeft().length > 0, 'it was not killed in the middle');
  assert.deepEqual(findTraces(data, [ann.name]), []);
  await start();
  assert.deepEqual(filesLeft(), []);
  assert.equal(await countRows(), rows);
});

test('stopped in the middle of an import the server ends in time and leaves the old rows and no file', async () => {
  const rows = await countRows();
  await startImport();
  assert.equal(await server.stop(), 0);
  assert.deepEqual(filesLeft(), []);
  await start();
  assert.equal(await countRows(), rows);
});

test('a file may come for longer than any other request, as long as something comes', async () => {
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('msisdn,status\n');
    for (let piece = 0; piece < 5; piece += 1) {
      await delay(REQUEST_TIMEOUT_MS);
      yield Buffer.from(`${makePerson(piece).number},normal\n`);
    }
  }
  const { status, json } = await sendFile(server.url, operator, slowly());
  assert.equal(status, 201, JSON.stringify(json));
  await act(`DELETE /operator/registry/uploads/${json.id}`);
});

test('a sender that sends nothing more is cut off, and its file is gone', async () => {
  const over = Promise.withResolvers<void>();
  async function* never(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('msisdn,status\n');
    await over.promise;
  }
  await assert.rejects(sendFile(server.url, operator, never()));
  over.resolve();
  while (filesLeft().length > 0) await delay(5);
});

test('a large file is not held in memory', async () => {
  const chunk = Buffer.alloc(MEGABYTE, `${ann.number},normal\n`);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('msisdn,status\n');
    for (let piece = 0; piece < SENT_MEGABYTES; piece += 1) yield chunk;
  }
  const before = watchPeakMemory(server.pid).stop() ?? 0;
  const { status, json } = await sendFile(server.url, operator, pieces());
  assert.equal(status, 201, JSON.stringify(json));
  const grown = (watchPeakMemory(server.pid).stop() ?? 0) - before;
  assert.ok(grown < HELD_MEGABYTES * MEGABYTE, `${grown} bytes more`);
  await act(`DELETE /operator/registry/uploads/${json.id}`);
});
