// The promise of the durable outbox, put to the test: a server that sends codes by mail and over a gateway is killed with kill -9 at a
// random answer, again and again. What was answered goes out, at most once more than once, and that is recorded.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCodesFile } from '../../src/storage/sqlite/codes/schema.ts';
import {
  callContacts,
  createCaller,
  openConnections,
  SENT,
  UNLIMITED_SENDS,
} from '../support/call-contacts.ts';
import { runCommand } from '../support/command-line.ts';
import type { NewAccount } from '../support/new-account.ts';
import { startReceiver } from '../support/receiver.ts';
import { startSmtpStation } from '../support/smtp-station.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

export interface SendKillOptions {
  /** An empty directory for the data. */
  readonly directory: string;
  readonly rounds: number;
  readonly connections: number;
  /** Answers after which a round's server dies: a random number below this. */
  readonly maxAnswers: number;
  readonly random: () => number;
  readonly say: (text: string) => void;
}

export interface SendKillReport {
  /** Sends that were answered. */
  readonly answered: number;
  /** Recorded, but the server died before the answer was heard. */
  readonly unheard: number;
  /** Asked for, but never recorded. */
  readonly unasked: number;
  readonly messages: number;
  /** Handed over again after a crash. */
  readonly resent: number;
  /** Of those, that had left before. */
  readonly twice: number;
  /** Given up at the second crash. */
  readonly givenUp: number;
}

interface Row {
  readonly id: string;
  readonly requestId: string;
  readonly state: string;
  readonly reason: string;
  readonly resent: boolean;
}

const STATION_DELAY_MAX_MS = 15;
const PATIENCE_MS = 30_000;
const ASK_EVERY_MS = 50;

export async function endureSendKills(options: SendKillOptions): Promise<SendKillReport> {
  const ends: (() => unknown)[] = [];
  try {
    return await endure(options, { after: (end: () => unknown) => void ends.push(end) });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

async function endure(
  options: SendKillOptions,
  hooks: { after(end: () => unknown): void },
): Promise<SendKillReport> {
  const { random } = options;
  const data = join(options.directory, 'data');
  mkdirSync(data, { mode: 0o700 });
  const account = await createCaller(data);
  /** How often each recipient got a message. */
  const arrived = new Map<string, number>();
  const arrive = (to: string): void => void arrived.set(to, (arrived.get(to) ?? 0) + 1);
  const late = (then: () => void): void => void setTimeout(then, random() * STATION_DELAY_MAX_MS);
  const gateway = await startReceiver(hooks as Parameters<typeof startReceiver>[0], {
    answer({ body }, response) {
      arrive((JSON.parse(body) as { to: string }).to);
      late(() => response.end('{"id":"g"}'));
      return undefined;
    },
  });
  const mail = await startSmtpStation({
    onData(stream, { envelope }, done) {
      stream.resume().on('end', () => {
        for (const { address } of envelope.rcptTo) arrive(address);
        late(done);
      });
    },
  });
  hooks.after(() => mail.stop());
  const start = (): Promise<RunningServer> =>
    startServer({
      data,
      args: [
        ...UNLIMITED_SENDS,
        ...['--code-channels', '{"phone":"webhook","email":"smtp"}', '--log-requests', 'none'],
        ...['--gateway-url', gateway.origin, '--gateway-reference', 'id', '--smtp-host', '127.0.0.1'],
        ...['--smtp-port', String(mail.port), '--smtp-security', 'none', '--messages-at-once', '8'],
      ],
    });

  const asked = new Set<string>();
  /** Request ids by recipient. */
  const answered = new Map<string, string>();
  for (let round = 1; round <= options.rounds; round += 1) {
    const server = await start();
    const target = answered.size + 1 + Math.floor(random() * options.maxAnswers);
    await loadUntil(server, account, options, asked, answered, target);
    options.say(`round ${round}: ${answered.size} sends answered, ${arrived.size} messages arrived`);
  }

  const server = await start();
  try {
    await waitUntilSent(data);
  } finally {
    assert.equal(await server.stop(), 0, server.stderr());
  }
  return judge(data, asked, answered, arrived);
}

/** Keeps every connection busy with sends to ever new recipients, and kills the server as soon as enough are answered. */
async function loadUntil(
  server: RunningServer,
  account: NewAccount,
  { connections, random }: SendKillOptions,
  asked: Set<string>,
  answered: Map<string, string>,
  target: number,
): Promise<void> {
  const clients = await openConnections(server.port, connections);
  const enough = Promise.withResolvers<void>();
  const work = clients.map(async (client) => {
    for (;;) {
      const at = asked.size;
      const to = random() < 0.5 ? `person${at}@example.org` : `+86138${String(at).padStart(8, '0')}`;
      asked.add(to);
      try {
        const call = { action: 'SendIntlPhoneEmailCode', to } as const;
        const { code, requestId } = await callContacts(client, account, server.port, call);
        assert.equal(code, SENT);
        answered.set(to, requestId);
      } catch (error) {
        // The connection dies with the server; anything else is a finding.
        if (error instanceof assert.AssertionError) enough.reject(error);
        return;
      }
      if (answered.size >= target) enough.resolve();
    }
  });
  await enough.promise;
  await server.kill();
  await Promise.all(work);
}

async function waitUntilSent(data: string): Promise<void> {
  const database = openCodesFile(join(data, 'codes.db'), { readOnly: true });
  try {
    const waiting = database.prepare(
      'SELECT count(*) AS total FROM verifications WHERE sealed_message IS NOT NULL',
    );
    for (let waitedMs = 0; Number(waiting.get()?.total) > 0; waitedMs += ASK_EVERY_MS) {
      assert.ok(waitedMs < PATIENCE_MS, `${waiting.get()?.total} messages still wait`);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  } finally {
    database.close();
  }
}

async function judge(
  data: string,
  asked: ReadonlySet<string>,
  answered: ReadonlyMap<string, string>,
  arrived: ReadonlyMap<string, number>,
): Promise<SendKillReport> {
  const recorded = await readRecorded(data);
  const rows = readRows(data);
  for (const [to, requestId] of answered) {
    assert.ok(recorded.has(requestId), 'an answered send is charged');
    const row = rows.get(requestId);
    assert.ok(row !== undefined, 'an answered send is kept');
    const times = arrived.get(to) ?? 0;
    if (row.state === 'failed') assert.deepEqual([row.reason, row.resent], ['unconfirmed', true]);
    else assert.ok(times >= 1, `an answered send went out: ${JSON.stringify(row)}`);
    assert.ok(times <= (row.resent ? 2 : 1), `${times} messages, ${JSON.stringify(row)}`);
  }
  for (const row of rows.values())
    assert.ok(recorded.has(row.requestId), 'what was not recorded is not kept');
  for (const requestId of recorded) assert.ok(rows.has(requestId), 'what is recorded is kept');
  // Recipients have one send each: all messages are those of what is recorded.
  const all = [...rows.values()];
  const unheard = recorded.size - answered.size;
  const strangers = [...arrived.keys()].filter((to) => !answered.has(to)).length;
  assert.ok(
    strangers <= unheard,
    `${strangers} messages of sends that nobody answered, ${unheard} of them recorded`,
  );
  const messages = [...arrived.values()].reduce((sum, times) => sum + times, 0);
  const twice = [...arrived.values()].filter((times) => times > 1).length;
  const resent = all.filter((row) => row.resent).length;
  assert.ok(twice <= resent);
  for (const [to, times] of arrived) assert.ok(times <= 2, `${to} got ${times}`);
  const givenUp = all.filter(({ state }) => state === 'failed').length;
  return {
    answered: answered.size,
    unheard,
    unasked: asked.size - recorded.size,
    messages,
    resent,
    twice,
    givenUp,
  };
}

/** Request ids of the sends in the ledger. */
async function readRecorded(data: string): Promise<ReadonlySet<string>> {
  const { code, stdout, stderr } = await runCommand([
    'ledger',
    'export',
    '--format',
    'ndjson',
    '--data',
    data,
  ]);
  assert.equal(code, 0, stderr);
  const entries = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { action?: string; requestId: string; charged: boolean })
    .filter(({ action }) => action === 'contact-code-send');
  const ids = new Set(entries.map(({ requestId }) => requestId));
  assert.equal(ids.size, entries.length, 'a send is charged twice');
  assert.ok(entries.every(({ charged }) => charged));
  return ids;
}

function readRows(data: string): ReadonlyMap<string, Row> {
  const database = openCodesFile(join(data, 'codes.db'), { readOnly: true });
  try {
    const rows = database.prepare('SELECT * FROM verifications').all();
    return new Map(
      rows.map((row) => [
        String(row.request_id),
        {
          id: String(row.id),
          requestId: String(row.request_id),
          state: String(row.delivery_state),
          reason: String(row.reason),
          resent: row.resent === 1,
        },
      ]),
    );
  } finally {
    database.close();
  }
}
