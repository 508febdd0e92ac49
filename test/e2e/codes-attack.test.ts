// Two attacks over the wire. Guessing: ten thousand codes over new codes, spellings, aliases and connections are compared no more
// often than the budget allows. Pumping: of a thousand numbers of one prefix as many get a message as its limit says, then none, and the
// books say why.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RefusalSum } from '../../src/ports/verifications.ts';
import {
  type ContactCall,
  callContacts,
  createCaller,
  NO_CODE,
  openConnections,
  REFUSED,
  SENT,
  UNLIMITED,
  UNLIMITED_SENDS,
  WRONG_CODE,
} from '../support/call-contacts.ts';
import { openCodesFor } from '../support/code-stores.ts';
import { count } from '../support/codes.ts';
import { runCommand } from '../support/command-line.ts';
import type { NewAccount } from '../support/new-account.ts';
import { codeShownFor } from '../support/shown-code.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const GUESSES = 10_000;
const BUDGET = 5;
const CONNECTIONS = 32;
const COST_MINOR = 7;
const SEND = 'SendIntlPhoneEmailCode';
const BREAKER_SENDS = 20;
const PREFIX_MAX = 100;

const data = join(makeTemporaryDirectory({ after }), 'data');
let account: NewAccount;
let server: RunningServer;
let answeredSends = 0;
after(() => server?.kill());

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createCaller(data);
  server = await start();
});

function start(...more: readonly string[]): Promise<RunningServer> {
  const costs = ['--message-costs', `{"default":${COST_MINOR},"email":0}`];
  const breaker = ['--verify-breaker-percent', '10', '--verify-breaker-sends', `${BREAKER_SENDS}`];
  const limits = ['--verify-limits', JSON.stringify({ ...UNLIMITED, prefix: PREFIX_MAX })];
  const args = [...UNLIMITED_SENDS, ...limits, ...breaker, ...costs, '--log-requests', 'none', ...more];
  return startServer({ data, args });
}

/** Makes all calls over so many connections, each as soon as one is free; the codes of the answers, in the calls' order. */
async function callAll(calls: readonly ContactCall[]): Promise<string[]> {
  const clients = await openConnections(server.port, CONNECTIONS);
  const answers: string[] = [];
  let next = 0;
  await Promise.all(
    clients.map(async (client) => {
      for (let at = next++; at < calls.length; at = next++) {
        const call = calls[at];
        if (call !== undefined) answers[at] = (await callContacts(client, account, server.port, call)).code;
      }
      client.close();
    }),
  );
  answeredSends += calls.filter(({ action }, at) => action === SEND && answers[at] === SENT).length;
  return answers;
}

/** Every spelling of one mailbox that could pass for another one. */
function mailboxSpelling(at: number): string {
  const forms = [
    ...['victim@example.org', 'Victim@example.org', 'VICTIM@EXAMPLE.ORG', 'victim@Example.Org'],
    ...[
      `victim+${at}@example.org`,
      `Victim+${at % 7}@example.org`,
      'victim+@example.org',
      'vIctim+a+b@example.org',
    ],
  ];
  return forms[at % forms.length] ?? '';
}

function numberSpelling(at: number): string {
  const forms = ['13800139999', '+8613800139999', '008613800139999'];
  return forms[at % forms.length] ?? '';
}

for (const [what, spell, first] of [
  ['mailbox', mailboxSpelling, 'victim@example.org'],
  ['number', numberSpelling, '+8613800139999'],
] as const) {
  test(`of ${GUESSES} guesses at a code for one ${what}, over new codes, spellings and connections, only the budget is compared`, async () => {
    const [sent] = await callAll([{ action: SEND, to: first }]);
    assert.equal(sent, SENT);
    const code = await codeShownFor(server, first);
    const calls: ContactCall[] = [];
    for (let at = 0; at < GUESSES; at += 1) {
      // New codes for ever new spellings, as long as one is sent.
      if (at % 20 === 19) calls.push({ action: SEND, to: spell(at) });
      const guess = String((Number(code) + 1 + at) % 1_000_000).padStart(6, '0');
      calls.push({ action: 'CreateIntlPhoneEmail', to: spell(at * 3 + 1), code: guess });
    }
    const answers = await callAll(calls);
    const guesses = answers.filter((_, at) => calls[at]?.action === 'CreateIntlPhoneEmail');
    assert.equal(guesses.length, GUESSES);
    const compared = guesses.length - count(guesses, NO_CODE);
    assert.ok(compared <= BUDGET, `${compared} were compared`);
    assert.equal(count(guesses, WRONG_CODE), compared);
    const sends = answers.filter((_, at) => calls[at]?.action === SEND);
    assert.equal(count(sends, REFUSED), sends.length - count(sends, SENT));
    assert.ok(count(sends, REFUSED) > 0.9 * sends.length, 'once nothing can be entered nothing is sent');
    // Whoever has the code cannot tell this from a code that is over, neither with it nor with any other spelling.
    const right: ContactCall[] = [0, 1, 2, 3, 4, 5].map((at) => ({
      action: 'CreateIntlPhoneEmail',
      to: spell(at),
      code,
    }));
    assert.deepEqual(new Set(await callAll(right)), new Set([NO_CODE]));
  });
}

/** The books, read when the server has gone. */
async function readSums(): Promise<readonly RefusalSum[]> {
  const store = await openCodesFor(join(data, 'codes.db'));
  try {
    return await store.refusalSums(1, 0);
  } finally {
    await store.close();
  }
}

test('of 1,000 numbers of one prefix at once as many get a message as its limit says, later none: why and what that saved is in the books and the metrics', async () => {
  const prefix = '1381234';
  const calls = (from: number): ContactCall[] =>
    Array.from({ length: 1000 }, (_, at) => ({
      action: SEND,
      to: `${prefix}${String(from + at * 7).padStart(4, '0')}`,
    }));
  const refusedIn = async (guard: string): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(new RegExp(`guard="${guard}",country="CN"\\} (\\d+)\n`).exec(text)?.[1]);
  };
  // A burst is over before anybody could have entered a code: that nobody does shows later.
  const burst = await callAll(calls(0));
  assert.deepEqual([count(burst, SENT), count(burst, REFUSED)], [PREFIX_MAX, 1000 - PREFIX_MAX]);
  const other: ContactCall = { action: SEND, to: '13912340000' };
  assert.deepEqual(await callAll([other]), [SENT], 'other prefixes are served');
  assert.equal(await refusedIn('prefix'), 1000 - PREFIX_MAX);
  assert.equal(await server.stop(), 0);
  const shown = `${server.stdout()}${server.stderr()}`.match(/To: \+861381234\d{4}\n/g) ?? [];
  assert.equal(shown.length, PREFIX_MAX, 'no more messages than were answered');
  server = await start('--verify-breaker-seconds', '0');
  assert.deepEqual(new Set(await callAll(calls(1))), new Set([REFUSED]));
  assert.equal(await refusedIn('breaker'), 1000);
  assert.equal(await server.stop(), 0);
  const sums = (await readSums()).filter(({ guard }) => guard === 'prefix' || guard === 'breaker');
  const [breaker, limit] = sums;
  assert.deepEqual(breaker, {
    ...{ guard: 'breaker', country: 'CN', count: 1000, savedMinor: 1000 * COST_MINOR },
  });
  const times = 1000 - PREFIX_MAX;
  assert.deepEqual(limit, { guard: 'prefix', country: 'CN', count: times, savedMinor: times * COST_MINOR });
});

test('each send that was answered is in the ledger, and none that was refused', async () => {
  const { stdout } = await runCommand(['ledger', 'export', '--format', 'ndjson', '--data', data]);
  assert.equal(
    stdout.split('\n').filter((line) => line.includes('"contact-code-send"')).length,
    answeredSends,
  );
});
