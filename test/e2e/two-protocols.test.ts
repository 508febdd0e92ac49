// Two protocols, one account: calls by chance through both, of accounts with several keys, while an operator tops up. Then
// every view of the money says the same, and what a model of the documentation says, to the last minor unit.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { AccountOffice } from '../../src/app/accounts.ts';
import type { ServiceName } from '../../src/domain/service.ts';
import { NO_CAPS } from '../../src/domain/usage-cap.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import type { IssuedKey } from '../../src/storage/sqlite/accounts/draw-key.ts';
import { prices, type Story, story } from '../simulation/account-arbitraries.ts';
import { createBooksReader, type LedgerEntry } from '../simulation/account-books.ts';
import {
  type AccountModel,
  type Caps,
  createAccountModel,
  type ExpectedRow,
} from '../simulation/account-model.ts';
import { expectedCode, PEOPLE, readCode, writeCall } from '../simulation/random-calls.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { openClient } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const RUNS = 6;
const STEPS = 400;
const REHEARSED_STEPS = 120;
const data = join(makeTemporaryDirectory({ after }), 'data');
let server: RunningServer;
let office: AccountOffice;
let client: ReturnType<typeof createManagementClient>;
let operator: Readonly<Record<string, string>>;
after(async () => {
  office?.close();
  await server?.kill();
});

before(async () => {
  office = openOperatorOffice(data);
  const { token } = office.administration.createOperatorToken('root');
  operator = { authorization: `Bearer ${token}` };
  await importPeople(data, PEOPLE);
  const rates = ['--rate-per-second', '1000000', '--sandbox-rate-per-second', '1000000'];
  server = await startServer({ data, args: ['--time-zone', NOON_ZONE, '--log-requests', 'none', ...rates] });
  client = createManagementClient(server.port);
});

interface Played {
  readonly accountId: string;
  readonly keys: readonly IssuedKey[];
  readonly credentialIds: readonly string[];
  readonly model: AccountModel;
  readonly story: Story;
  toppedUp: number;
  granted: number;
}

test('5,000 calls through both protocols: ledger, list, aggregate, CSV and balance agree with each other and with the documents', async (t) => {
  const ends = new Map<string, number>();
  let calls = 0;
  const property = fc.asyncProperty(
    prices,
    fc.tuple(story('live', STEPS), story('without a service', STEPS), story('sandbox', REHEARSED_STEPS)),
    async (priceList, stories) => {
      await operate('PATCH /operator/prices', priceList);
      const accounts = stories.map((one) => openAccount(one, priceList));
      await Promise.all(accounts.map((account) => play(account)));
      for (const account of accounts) await judge(account);
      await judgeLedger(accounts);
    },
  );
  // The first difference is named by its call; a story of hundreds of calls, and shorter ones, would only bury it.
  const { failed, seed, counterexamplePath, errorInstance } = await fc.check(property, {
    ...propertyRuns(RUNS),
    endOnFailure: true,
  });
  if (failed) throw new Error(`seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
  t.diagnostic(`${calls} calls: ${JSON.stringify(Object.fromEntries(ends))}`);
  assert.ok(calls >= 5000, `only ${calls} calls`);
  for (const end of [
    ...['known', 'match', 'mismatch', 'number_vacant', 'no_record', 'number_invalid', 'name_invalid'],
    ...['id_card_invalid', 'range_unsupported', 'completed', 'daily_limit', 'daily_limit_reached'],
    ...['funds_exhausted', 'cap_reached', 'key_not_allowed', 'service_not_activated', 'parameter_missing'],
    ...['body_malformed', 'action_unknown', 'not_authentic', 'paid by quota', 'paid by balance'],
  ])
    assert.ok(ends.has(end), `${end} among ${JSON.stringify([...ends])}`);

  /** One call after the other of each account, all accounts at once. */
  async function play(account: Played): Promise<void> {
    const connection = await openClient(server.port);
    for (const [at, step] of account.story.steps.entries()) {
      if (step.kind !== 'call') await fund(account, step);
      else {
        const { call } = step;
        const key = account.keys[call.key];
        assert.ok(key !== undefined);
        const expected = account.model.take(call);
        const { body } = await connection.send(writeCall(call, key, systemClock.nowMs()));
        const code = readCode(call.protocol, body);
        const what = `step ${at}, ${JSON.stringify([call, expected, account.story.setup])}: ${body}`;
        assert.equal(code, expectedCode(call, expected.end), what);
        calls += 1;
        const paidBy = `paid by ${expected.row?.paidBy}`;
        for (const end of [expected.end, paidBy]) ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }
    connection.close();
  }
});

function openAccount(one: Story, priceList: Readonly<Record<string, number>>): Played {
  const { sandbox, services, quota, balance, dailyLimit, caps, keys } = one.setup;
  const { administration } = office;
  const { account, key } = office.open({
    ...{ name: 'Test', sandbox, state: 'active', dailyLimit, quota, balanceMinor: balance },
    services: services as readonly ServiceName[],
  });
  const { accountId } = account;
  if (caps !== undefined)
    administration.changeAccount(accountId, 'account.limits', { caps: { ...NO_CAPS, ...caps } });
  const others = keys.slice(1).map((own) =>
    administration.createKey(accountId, undefined, {
      restriction: {
        service: own.service as ServiceName | undefined,
        actions: own.actions === undefined ? undefined : new Set(own.actions),
        expiresAtMs: undefined,
        callsMax: own.callsMax,
        caps: capsOf(own.caps),
      },
    }),
  );
  const issued = [key, ...others];
  const known = administration.keys(accountId);
  return {
    accountId,
    keys: issued,
    credentialIds: issued.map(({ secretId }) =>
      String(known.find((row) => row.secretId === secretId)?.credentialId),
    ),
    model: createAccountModel(one.setup, priceList),
    story: one,
    toppedUp: balance,
    granted: quota * services.length,
  };
}

function capsOf(caps: Caps | undefined) {
  return caps === undefined ? undefined : { ...NO_CAPS, ...caps };
}

async function operate(line: string, body: unknown): Promise<void> {
  const { status, text } = await client.call(line, { headers: operator, body });
  assert.equal(status, 200, text);
}

async function fund(account: Played, step: Exclude<Story['steps'][number], { kind: 'call' }>): Promise<void> {
  const path = `/operator/accounts/${account.accountId}`;
  if (step.kind === 'top-up') {
    await operate(`POST ${path}/top-up`, { amount: step.minor });
    account.model.topUp(step.minor);
    account.toppedUp += step.minor;
  } else {
    await operate(`POST ${path}/quota`, { services: [step.service], calls: step.calls });
    account.model.grant(step.service, step.calls);
    account.granted += step.calls;
  }
}

/** The views over HTTP: of the account as an operator and its holder see it, and of each key as it sees itself. */
async function judge(account: Played): Promise<void> {
  const { accountId, keys, credentialIds, model, story: told, toppedUp } = account;
  const { sandbox } = told.setup;
  const ofAccount = createBooksReader(client, operator, `?user_id=${accountId}`);
  await judgeViews(ofAccount, model.rows, sandbox, credentialIds);
  for (const [at, { token }] of keys.entries()) {
    const ofKey = createBooksReader(client, { authorization: `Bearer ${token}` });
    const own = model.rows.filter(({ key }) => key === at);
    await judgeViews(ofKey, own, sandbox, credentialIds);
    const { balance, quota } = model.left();
    assert.deepEqual(await ofKey.balance(), { balance, quota }, 'what is left');
    assert.equal(balance, toppedUp - sum(model.rows, ({ deducted }) => deducted), 'the model itself');
  }
}

async function judgeViews(
  reader: ReturnType<typeof createBooksReader>,
  expected: readonly ExpectedRow[],
  sandbox: boolean,
  credentialIds: readonly string[],
): Promise<void> {
  const list = await reader.list();
  const recorded = list
    .filter(({ metadata }) => metadata.ledger_seq !== null)
    .sort((one, other) => (one.metadata.ledger_seq ?? 0) - (other.metadata.ledger_seq ?? 0));
  assert.deepEqual(
    recorded.map((row) => [
      ...[row.metadata.protocol, row.metadata.action, row.credential_id, row.metadata.outcome],
      ...[row.metadata.charged, row.metadata.paid_by, row.used_amount, row.original_amount],
      ...[row.deducted_amount, row.remaining_amount, row.metadata.remaining_quota],
    ]),
    expected
      .filter(({ left }) => left !== undefined)
      .map((row) => [
        ...[row.protocol, row.action, credentialIds[row.key], row.outcome, row.charged, row.paidBy],
        ...[row.price, row.price, row.deducted, row.left?.balance, row.left?.quota],
      ]),
    'calls of the ledger in the usage list',
  );
  assert.deepEqual(
    list
      .filter(({ metadata }) => metadata.ledger_seq === null)
      .map(({ metadata, ...row }) =>
        [
          ...[metadata.protocol, metadata.action, row.credential_id, metadata.outcome, metadata.sandbox],
          ...[metadata.charged, row.used_amount, row.deducted_amount],
        ].join(' '),
      )
      .sort(),
    expected
      .filter(({ left }) => left === undefined)
      .map((row) =>
        [row.protocol, row.action, credentialIds[row.key], row.outcome, sandbox, false, 0, 0].join(' '),
      )
      .sort(),
    'refused and rehearsed calls in the usage list',
  );

  const { items, total, requests } = await reader.days();
  assert.equal(
    total,
    sum(expected, ({ deducted }) => deducted),
  );
  assert.equal(requests, expected.length);
  const groups = Map.groupBy(expected, ({ protocol, action }) => `${protocol} ${action}`);
  assert.deepEqual(
    new Map(
      items.map((item) => [
        `${item.protocol} ${item.action}`,
        [
          ...[item.amount, item.original_amount, item.requests, item.charged],
          ...[item.paid_by_quota, item.paid_by_balance, item.refused, item.sandbox],
        ],
      ]),
    ),
    new Map(
      [...groups].map(([name, rows]) => {
        const count = (is: (row: ExpectedRow) => boolean) => rows.filter(is).length;
        return [
          name,
          [
            ...[sum(rows, ({ deducted }) => deducted), sum(rows, ({ price }) => price), rows.length],
            ...[count(({ charged }) => charged), count(({ paidBy }) => paidBy === 'quota')],
            count(({ paidBy }) => paidBy === 'balance'),
            sandbox ? 0 : count(({ left }) => left === undefined),
            sandbox ? rows.length : 0,
          ],
        ] as const;
      }),
    ),
    'the aggregate by API',
  );
  assert.equal(new Set(items.map((item) => `${item.protocol} ${item.action}`)).size, items.length, 'one day');

  assert.deepEqual(
    (await reader.csv()).map(([id, , status, deducted, original, trace]) => [
      id,
      status,
      deducted,
      original,
      trace,
    ]),
    list.map((row) => [
      ...[row.id, String(row.status_code), String(row.deducted_amount), String(row.original_amount)],
      row.trace_id,
    ]),
    'the CSV has the rows of the list',
  );
}

async function judgeLedger(accounts: readonly Played[]): Promise<void> {
  const verified = (await runJsonWithin(['ledger', 'verify', '--data', data])) as { ok: boolean };
  assert.equal(verified.ok, true, JSON.stringify(verified));
  const { stdout } = await runCommand(['ledger', 'export', '--format', 'ndjson', '--data', data]);
  const entries = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);
  for (const { accountId, keys, model, toppedUp, granted } of accounts) {
    const own = entries.filter((entry) => entry.accountId === accountId);
    assert.deepEqual(
      own
        .filter(({ kind }) => kind === 'call')
        .map(({ protocol, action, secretId, outcome, charged, priceMinor, paidBy, amount }) => [
          ...[protocol, action, secretId, outcome, charged, priceMinor, paidBy, amount],
        ]),
      model.rows
        .filter(({ left }) => left !== undefined)
        .map(({ protocol, action, key, outcome, charged, price, paidBy, deducted }) => [
          ...[protocol, action, keys[key]?.secretId, outcome, charged, price, paidBy],
          paidBy === 'quota' ? 1 : deducted,
        ]),
      'calls of the ledger',
    );
    const amounts = (kind: LedgerEntry['kind']) =>
      sum(
        own.filter((entry) => entry.kind === kind),
        ({ amount }) => amount,
      );
    assert.deepEqual([amounts('top_up'), amounts('quota_grant')], [toppedUp, granted]);
  }
}

function sum<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((total, row) => total + amount(row), 0);
}
