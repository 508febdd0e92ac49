// What is revoked, rotated, disabled or suspended is refused at the next call, through both protocols, with the server idle
// and with fifty calls running; and what was allowed before goes on being allowed.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AccountOffice } from '../../src/app/accounts.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { type CallingKey, readCode, writeCall } from '../simulation/random-calls.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { type KeepAliveClient, openClient } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { NOON_ZONE, openOperatorOffice } from '../support/operator-office.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const CALLS = 50;
const ROUNDS = 5;
const UNKNOWN = { tencent: 'AuthFailure.SecretIdNotFound', acedata: 'invalid_token' };
const DISABLED = { tencent: 'AuthFailure.SecretIdNotFound', acedata: 'disabled' };
const SUSPENDED = { tencent: 'UnauthorizedOperation.ChargeStatusException', acedata: 'disabled' };

const data = join(makeTemporaryDirectory({ after }), 'data');
const subscriber = makePerson(1);
const connections: KeepAliveClient[] = [];
let server: RunningServer;
let office: AccountOffice;
let client: ReturnType<typeof createManagementClient>;
let owner: SignedUpPerson;
let operator: Readonly<Record<string, string>>;
after(async () => {
  for (const connection of connections) connection.close();
  office?.close();
  await server?.kill();
});

before(async () => {
  office = openOperatorOffice(data);
  await importPeople(data, [subscriber]);
  server = await startServer({
    data,
    args: [
      ...['--time-zone', NOON_ZONE, '--log-requests', 'none', '--rate-per-second', '1000000'],
      ...['--daily-limit', '1000000', '--free-quota', '{"line-status":1000000}', ...QUICK_PASSWORDS],
    ],
  });
  client = createManagementClient(server.port);
  operator = { authorization: `Bearer ${office.administration.createOperatorToken('root').token}` };
  owner = await signUpPerson(server, client, 'ann@example.org');
  await manage('POST /applications', owner.headers, { service_id: 'line-status' });
  for (let at = 0; at < CALLS + 2; at += 1) connections.push(await openClient(server.port));
});

async function manage(line: string, headers: Readonly<Record<string, string>>, body?: unknown) {
  const { status, json, text } = await client.call(line, { headers, body });
  assert.ok(status < 300, `${line}: ${status} ${text}`);
  return json;
}

interface Credential extends CallingKey {
  readonly id: string;
}

function credentialOf(json: Readonly<Record<string, unknown>>): Credential {
  const { id, token, secret_id: secretId, secret_key: secretKey } = json;
  return { id: String(id), token: String(token), secretId: String(secretId), secretKey: String(secretKey) };
}

async function call(
  connection: KeepAliveClient | undefined,
  key: CallingKey,
  protocol: 'tencent' | 'acedata',
): Promise<string> {
  assert.ok(connection !== undefined);
  const asked = {
    ...({ action: 'line-status', line: 'normal', name: 'right', idCard: 'right', flaw: 'none' } as const),
    ...{ protocol, key: 0, detailed: false, number: subscriber.number },
  };
  const { body } = await connection.send(writeCall(asked, key, systemClock.nowMs()));
  return readCode(protocol, body);
}

/** Both protocols, on connections that are open already. */
async function callBoth(key: CallingKey) {
  const [one, other] = connections.slice(CALLS);
  const [tencent, acedata] = await Promise.all([call(one, key, 'tencent'), call(other, key, 'acedata')]);
  return { tencent, acedata };
}

/** Calls one after the other on fifty connections until it is told to stop; what is sent after `refused` must be refused. */
function keepCalling(key: CallingKey) {
  let stopped = false;
  let refusedFrom = Number.POSITIVE_INFINITY;
  let sent = 0;
  const late: string[] = [];
  const running = connections.slice(0, CALLS).map(async (connection, at) => {
    while (!stopped) {
      sent += 1;
      const number = sent;
      const code = await call(connection, key, at % 2 === 0 ? 'tencent' : 'acedata');
      if (number > refusedFrom) late.push(code);
    }
  });
  return {
    refused(): void {
      refusedFrom = sent;
    },
    /** The answers to what was sent after that. */
    async stop(): Promise<string[]> {
      stopped = true;
      await Promise.all(running);
      return late;
    },
    sent: () => sent,
  };
}

interface Act {
  readonly what: string;
  readonly expected: typeof UNKNOWN;
  act(key: Credential): Promise<unknown>;
  undo?(key: Credential): Promise<unknown>;
}

const ACTS: readonly Act[] = [
  {
    what: 'revoked by its owner',
    expected: UNKNOWN,
    act: ({ id }) => manage(`DELETE /credentials/${id}`, owner.headers),
  },
  {
    what: 'rotated by its owner',
    expected: UNKNOWN,
    async act({ id }) {
      const rotated = credentialOf(await manage(`POST /credentials/${id}/rotate`, owner.headers));
      assert.deepEqual(
        await callBoth(rotated),
        { tencent: '0', acedata: '0' },
        'the new secret works at once',
      );
    },
  },
  {
    what: 'disabled by its owner',
    expected: DISABLED,
    act: ({ id }) => manage(`PATCH /credentials/${id}`, owner.headers, { disabled: true }),
    undo: ({ id }) => manage(`PATCH /credentials/${id}`, owner.headers, { disabled: false }),
  },
  {
    what: 'of an account that an operator suspends',
    expected: SUSPENDED,
    act: () => manage(`POST /operator/accounts/${owner.accountId}/suspend`, operator),
    undo: () => manage(`POST /operator/accounts/${owner.accountId}/resume`, operator),
  },
  {
    what: 'revoked on the command line',
    expected: UNKNOWN,
    act: ({ secretId }) => runJsonWithin(['key', 'revoke', secretId, '--data', data]),
  },
];

for (const { what, expected, act, undo } of ACTS) {
  test(`a credential ${what} is refused at the next call, idle and while fifty calls run`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = credentialOf(await manage('POST /credentials', owner.headers, {}));
      assert.deepEqual(await callBoth(key), { tencent: '0', acedata: '0' }, 'a new credential works at once');
      const load = round === 0 ? undefined : keepCalling(key);
      await act(key);
      load?.refused();
      assert.deepEqual(await callBoth(key), expected, `round ${round}`);
      const late = (await load?.stop()) ?? [];
      assert.ok(
        !late.includes('0'),
        `${late.filter((code) => code === '0').length} of ${late.length} went through`,
      );
      if (undo === undefined) continue;
      await undo(key);
      assert.deepEqual(await callBoth(key), { tencent: '0', acedata: '0' }, 'and it is taken back at once');
    }
  });
}
