// The promise of durability, put to the test: a server under signed load is killed with kill -9 at a random answer, again
// and again. What a client received and was charged for must be in the ledger, and nothing may be forgotten.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { openClient } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson, type Person } from '../support/subscribers.ts';
import { findCounterBreaches } from './counter-replay.ts';

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
  /** Charged to the balance, quota being used up. */
  readonly paid: number;
  /** Refused by a daily limit. */
  readonly limited: number;
  readonly entries: number;
  /** Recorded, but the client died or the server did before the answer arrived. */
  readonly unheard: number;
}

interface Question {
  readonly action: 'MobileStatus' | 'PhoneVerification';
  readonly payload: Readonly<Record<string, string>>;
  /** The values that are counted, in the action's order. */
  readonly counted: readonly string[];
}

interface Received {
  readonly requestId: string;
  readonly asked: Question;
  readonly charged: boolean;
}

interface LedgerEntry {
  readonly requestId: string;
  readonly service: string;
  readonly action: string;
  readonly outcome: string;
  readonly charged: boolean;
  readonly paidBy: string;
  readonly amount: number;
  readonly counters: string;
}

/** Result codes that are charged, and the one of the daily limit; a load of known people gets no others. */
const RESULTS = {
  MobileStatus: { charged: ['0'], limit: '-4' },
  PhoneVerification: { charged: ['0', '-4'], limit: '-12' },
};
const PEOPLE = 200;
/** Asked so often that they reach the daily limit. */
const HOT = 8;
const HOT_SHARE = 0.2;
const IDENTITY_SHARE = 0.4;
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
  const received: Received[] = [];

  for (let round = 1; round <= options.rounds; round += 1) {
    const server = await startServer({ data });
    const target = received.length + 1 + Math.floor(options.random() * options.maxAnswers);
    await loadUntil(server, account, people, options, received, target);
    await server.kill();
    const entries = await checkLedger(data, received);
    options.say(`round ${round}: ${received.length} answers received, ${entries.length} entries`);
  }

  // One more life: limits must still hold exactly, and the money must add up.
  const server = await startServer({ data });
  try {
    await exhaustLimits(server, account, people.slice(0, HOT), received);
    const entries = await checkLedger(data, received);
    await checkFunds(data, account, entries);
    const heard = new Set(received.map(({ requestId }) => requestId));
    return {
      rounds: options.rounds,
      received: received.length,
      charged: received.filter(({ charged }) => charged).length,
      paid: entries.filter(({ paidBy }) => paidBy === 'balance').length,
      limited: entries.filter(({ outcome }) => outcome === 'daily_limit').length,
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
  people: readonly Person[],
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
      let answer: Received;
      try {
        answer = await ask(client, server.port, account, invent(people, options.random));
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

/** Of an identity match the elements are now and then those of three people, so that each counter fills on its own. */
function invent(people: readonly Person[], random: () => number): Question {
  const among = random() < HOT_SHARE ? HOT : people.length;
  const draw = (): Person => people[Math.floor(random() * among)] as Person;
  if (random() >= IDENTITY_SHARE) return lineStatusOf(draw());
  return random() < 0.5 ? identityOf(draw(), draw(), draw()) : wholeIdentityOf(draw());
}

function lineStatusOf({ number }: Person): Question {
  return { action: 'MobileStatus', payload: { Mobile: number }, counted: [number] };
}

function wholeIdentityOf(person: Person): Question {
  return identityOf(person, person, person);
}

function identityOf({ number }: Person, { name }: Person, { idCard }: Person): Question {
  const payload = { Phone: number, Name: name, IdCard: idCard };
  return { action: 'PhoneVerification', payload, counted: [number, name, idCard] };
}

async function ask(
  client: Awaited<ReturnType<typeof openClient>>,
  port: number,
  account: NewAccount,
  asked: Question,
): Promise<Received> {
  const request = signTc3(account, {
    host: `127.0.0.1:${port}`,
    action: asked.action,
    payload: JSON.stringify(asked.payload),
    timestampSeconds: Math.floor(Date.now() / 1000),
  });
  const { body } = await client.send(toBytes(request));
  const { Response } = JSON.parse(body.toString()) as { Response: { Result?: string; RequestId: string } };
  const { charged, limit } = RESULTS[asked.action];
  const isCharged = charged.includes(Response.Result ?? '');
  assert.ok(isCharged || Response.Result === limit, body.toString());
  return { requestId: Response.RequestId, asked, charged: isCharged };
}

async function checkLedger(data: string, received: readonly Received[]): Promise<LedgerEntry[]> {
  const verdict = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verdict.ok, true, JSON.stringify(verdict));
  const entries = await readEntries(data);
  const byRequest = new Map(entries.map((entry) => [entry.requestId, entry]));
  assert.equal(byRequest.size, entries.length, 'a request is in the ledger twice');
  for (const answer of received) {
    const entry = byRequest.get(answer.requestId);
    assert.ok(entry !== undefined, `the answer to ${answer.requestId} was received but is not in the ledger`);
    assert.equal(entry.charged, answer.charged);
  }
  const asked = new Map(received.map((answer) => [answer.requestId, answer.asked.counted]));
  assert.deepEqual(
    findCounterBreaches(entries, DAILY_LIMIT, (requestId) => asked.get(requestId)),
    [],
  );
  return entries;
}

/** Asks about each person until the limit answers; the ledger's check tells whether that was neither early nor late. */
async function exhaustLimits(
  server: RunningServer,
  account: NewAccount,
  people: readonly Person[],
  received: Received[],
): Promise<void> {
  const client = await openClient(server.port);
  for (const question of people.flatMap((person) => [lineStatusOf(person), wholeIdentityOf(person)])) {
    let attempts = 0;
    for (let charged = true; charged; attempts += 1) {
      assert.ok(attempts <= DAILY_LIMIT, `${question.action} was answered ${attempts} times on one day`);
      const answer = await ask(client, server.port, account, question);
      received.push(answer);
      charged = answer.charged;
    }
  }
  client.close();
}

/** Each service's quota went first, the rest was paid from the balance. */
async function checkFunds(data: string, account: NewAccount, entries: readonly LedgerEntry[]): Promise<void> {
  const shown = await runJsonWithin(['account', 'show', account.accountId, '--data', data]);
  const { funds } = shown as { funds: { quota: Record<string, number>; balanceMinor: number } };
  let paidMinor = 0;
  for (const service of ['line-status', 'identity-match']) {
    const charged = entries.filter((entry) => entry.charged && entry.service === service);
    const paid = charged.filter(({ paidBy }) => paidBy === 'balance');
    assert.equal(funds.quota[service] ?? 0, Math.max(0, QUOTA - charged.length), service);
    assert.equal(paid.length, Math.max(0, charged.length - QUOTA), service);
    paidMinor += paid.reduce((sum, { amount }) => sum + amount, 0);
  }
  assert.equal(BALANCE_MINOR - funds.balanceMinor, paidMinor);
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
