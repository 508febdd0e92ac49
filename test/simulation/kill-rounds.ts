// The promise of durability, put to the test: a server under signed load is killed with kill -9 at a random answer, again
// and again. What a client received and was charged for must be in the ledger, and nothing may be forgotten.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount, type NewAccount, runCommand, runJson } from '../support/command-line.ts';
import { openClient } from '../support/http-client.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';

export interface KillOptions {
  /** An empty directory for data and input files. */
  readonly directory: string;
  readonly rounds: number;
  readonly connections: number;
  /** Answers after which a round's server dies: a random number below this. */
  readonly maxAnswers: number;
  readonly random: () => number;
  readonly say: (text: string) => void;
}

export interface KillReport {
  readonly rounds: number;
  readonly received: number;
  readonly charged: number;
  readonly entries: number;
  /** Recorded, but the client died or the server did before the answer arrived. */
  readonly unheard: number;
}

interface Received {
  readonly requestId: string;
  readonly number: string;
  readonly result: string;
}

export interface LedgerEntry {
  readonly requestId: string;
  readonly outcome: string;
  readonly charged: boolean;
  readonly subject: string;
}

const PEOPLE = 200;
/** Asked so often that they reach the daily limit. */
const HOT = 8;
const DAILY_LIMIT = 150;
const QUOTA = 2000;
const BALANCE_MINOR = 100_000_000;

export async function endureKills(options: KillOptions): Promise<KillReport> {
  const data = join(options.directory, 'data');
  mkdirSync(data, { mode: 0o700 });
  const flags = ['--quota', `${QUOTA}`, '--balance', `${BALANCE_MINOR}`, '--rate', '1000000'];
  const account = await createAccount(data, [...flags, '--daily-limit', `${DAILY_LIMIT}`]);
  const people = Array.from({ length: PEOPLE }, (_, index) => makePerson(index));
  await importPeople(data, people);
  const numbers = people.map(({ number }) => number);
  const received: Received[] = [];

  for (let round = 1; round <= options.rounds; round += 1) {
    const server = await startServer({ data });
    const target = received.length + 1 + Math.floor(options.random() * options.maxAnswers);
    await loadUntil(server, account, numbers, options, received, target);
    await server.kill();
    const entries = await checkLedger(data, received);
    options.say(`round ${round}: ${received.length} answers received, ${entries.length} entries`);
  }

  // One more life: limits must still hold exactly, and the money must add up.
  const server = await startServer({ data });
  try {
    await checkLimits(server, account, numbers.slice(0, HOT), data, received);
    const entries = await checkLedger(data, received);
    await checkFunds(data, account, entries);
    const heard = new Set(received.map(({ requestId }) => requestId));
    return {
      rounds: options.rounds,
      received: received.length,
      charged: received.filter(isCharged).length,
      entries: entries.length,
      unheard: entries.filter(({ requestId }) => !heard.has(requestId)).length,
    };
  } finally {
    assert.equal(await server.stop(), 0, server.stderr());
  }
}

/** Keeps every connection busy; the server is killed from outside as soon as enough answers came. */
async function loadUntil(
  server: RunningServer,
  account: NewAccount,
  numbers: readonly string[],
  options: KillOptions,
  received: Received[],
  target: number,
): Promise<void> {
  const clients = await Promise.all(
    Array.from({ length: options.connections }, () => openClient(server.port)),
  );
  const enough = Promise.withResolvers<void>();
  const work = clients.map(async (client) => {
    for (;;) {
      const hot = options.random() < 0.2;
      const number = numbers[Math.floor(options.random() * (hot ? HOT : numbers.length))] ?? '';
      let answer: Received;
      try {
        answer = await ask(client, server.port, account, number);
      } catch (error) {
        // The connection dies with the server; anything else is a finding.
        if (error instanceof assert.AssertionError) enough.reject(error);
        return;
      }
      received.push(answer);
      if (received.length >= target) enough.resolve();
    }
  });
  await enough.promise;
  await server.kill();
  await Promise.all(work);
}

async function ask(
  client: Awaited<ReturnType<typeof openClient>>,
  port: number,
  account: NewAccount,
  number: string,
): Promise<Received> {
  const request = signTc3(account, {
    host: `127.0.0.1:${port}`,
    action: 'MobileStatus',
    payload: JSON.stringify({ Mobile: number }),
    timestampSeconds: Math.floor(Date.now() / 1000),
  });
  const { body } = await client.send(toBytes(request));
  const { Response } = JSON.parse(body.toString()) as { Response: { Result?: string; RequestId: string } };
  assert.ok(Response.Result === '0' || Response.Result === '-4', body.toString());
  return { requestId: Response.RequestId, number, result: Response.Result };
}

function isCharged({ result }: Received): boolean {
  return result === '0';
}

async function checkLedger(data: string, received: readonly Received[]): Promise<LedgerEntry[]> {
  const verdict = (await runJson(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verdict.ok, true, JSON.stringify(verdict));
  const entries = await readEntries(data);
  const byRequest = new Map(entries.map((entry) => [entry.requestId, entry]));
  assert.equal(byRequest.size, entries.length, 'a request is in the ledger twice');
  for (const answer of received) {
    const entry = byRequest.get(answer.requestId);
    assert.ok(entry !== undefined, `the answer to ${answer.requestId} was received but is not in the ledger`);
    assert.equal(entry.charged, isCharged(answer));
  }
  return entries;
}

/** Asks each number until the limit answers; exactly the limit's number of attempts must then be on record. */
async function checkLimits(
  server: RunningServer,
  account: NewAccount,
  numbers: readonly string[],
  data: string,
  received: Received[],
): Promise<void> {
  const client = await openClient(server.port);
  const last = new Map<string, string>();
  for (const number of numbers) {
    for (let attempts = 0; attempts <= DAILY_LIMIT; attempts += 1) {
      const answer = await ask(client, server.port, account, number);
      received.push(answer);
      last.set(number, answer.requestId);
      if (!isCharged(answer)) break;
    }
  }
  client.close();
  const entries = await readEntries(data);
  const subjects = new Map(entries.map(({ requestId, subject }) => [requestId, subject]));
  for (const [number, requestId] of last) {
    const subject = subjects.get(requestId);
    const counted = entries.filter(
      (entry) => entry.subject === subject && entry.outcome !== 'daily_limit',
    ).length;
    assert.equal(counted, DAILY_LIMIT, `${number} was answered ${counted} times on one day`);
  }
}

async function checkFunds(data: string, account: NewAccount, entries: readonly LedgerEntry[]): Promise<void> {
  const shown = await runJson(['account', 'show', account.accountId, '--data', data]);
  const { quota, balanceMinor } = readFunds(shown);
  const charged = entries.filter((entry) => entry.charged).length;
  assert.equal(quota, Math.max(0, QUOTA - charged));
  const paid = Math.max(0, charged - QUOTA);
  const spent = BALANCE_MINOR - balanceMinor;
  assert.equal(paid === 0 ? spent : spent % paid, 0, `${spent} spent on ${paid} calls`);
  assert.equal(spent > 0, paid > 0);
}

/** Quota of the service that the load asked, and the balance. */
function readFunds(shown: unknown): { readonly quota: number; readonly balanceMinor: number } {
  const { funds } = shown as { funds: { quota: Record<string, number>; balanceMinor: number } };
  return { quota: funds.quota['line-status'] ?? 0, balanceMinor: funds.balanceMinor };
}

async function readEntries(data: string): Promise<LedgerEntry[]> {
  const { code, stdout, stderr } = await runCommand([
    'ledger',
    'export',
    '--format',
    'ndjson',
    '--data',
    data,
  ]);
  assert.equal(code, 0, stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerEntry & { kind?: string })
    .filter(({ kind }) => kind === undefined || kind === 'call');
}
