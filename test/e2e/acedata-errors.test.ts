// Every error code of AceData's documents provoked over HTTP, in both profiles: by a live account wherever one can, and all
// of them in the sandbox. Expected statuses, messages and envelopes are written from those documents, not read from our tables.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import {
  type AceDataAnswer,
  type AceDataCall,
  CHECK_1E,
  CHECK_2E,
  CHECK_3E,
  callAceData,
  errorOf,
} from '../support/call-acedata.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const STATUSES: Readonly<Record<'seed' | 'current', Readonly<Record<string, number>>>> = {
  seed: { token_mismatched: 400 },
  current: { token_mismatched: 401 },
};
const COMMON_STATUSES: Readonly<Record<string, number>> = {
  api_not_implemented: 400,
  bad_request: 400,
  no_token: 400,
  invalid_token: 401,
  token_expired: 401,
  used_up: 403,
  disabled: 403,
  no_api: 404,
  too_many_requests: 429,
  api_error: 500,
  timeout: 504,
};
const DOCUMENTED_MESSAGES: Readonly<Record<string, string>> = {
  token_mismatched: 'The specified token is not matched with API.',
  api_not_implemented: 'The API is not implemented.',
  invalid_token: 'The specified token is invalid or wrong.',
  api_error: 'Internal server error.',
};
/** By the last digits of the number, as the sandbox's page lists them. */
const REHEARSED: readonly (readonly [digits: string, code: string])[] = [
  ...([
    ['0013', 'no_api'],
    ['0014', 'api_not_implemented'],
    ['0004', 'bad_request'],
  ] as const),
  ...([
    ['0101', 'no_token'],
    ['0103', 'invalid_token'],
    ['0114', 'token_expired'],
  ] as const),
  ...([
    ['0115', 'token_mismatched'],
    ['0301', 'token_mismatched'],
    ['0113', 'disabled'],
  ] as const),
  ...([
    ['0302', 'disabled'],
    ['0303', 'disabled'],
    ['0304', 'used_up'],
    ['0305', 'used_up'],
  ] as const),
  ...([
    ['0201', 'too_many_requests'],
    ['0205', 'too_many_requests'],
    ['0701', 'timeout'],
  ] as const),
  ...([
    ['0705', 'api_error'],
    ['0706', 'api_error'],
  ] as const),
];
/** A live source that is late is a busy one, with a result code. */
const SANDBOX_ONLY = ['timeout'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const person = makePerson(1);
const body = { mobile: person.number };
const base = makeTemporaryDirectory({ after });

for (const profile of ['seed', 'current'] as const) {
  describe(`in the profile ${profile}`, () => {
    const data = join(base, profile);
    const accounts: Record<string, NewAccount> = {};
    const provokedLive = new Set<string>();
    const rehearsed = new Set<string>();
    let server: RunningServer;

    before(async () => {
      mkdirSync(data, { mode: 0o700 });
      const make = async (name: string, ...flags: string[]): Promise<void> => {
        accounts[name] = await createAccount(data, flags);
      };
      await make('rich', '--quota', '1000', '--rate', '1000');
      await make('sandbox', '--sandbox');
      await make('elsewhere', '--quota', '10', '--activate', 'line-tenure');
      await make('poor');
      await make('hurried', '--quota', '10', '--rate', '1');
      await make('limited', '--quota', '10', '--daily-limit', '1');
      await make('capped', '--quota', '10');
      await runJsonWithin(['account', 'limits', idOf('capped'), '--cap-calls-per-day', '1', '--data', data]);
      await make('suspended', '--quota', '10');
      await make('unverified', '--quota', '10', '--unverified');
      await runJsonWithin(['account', 'suspend', idOf('suspended'), '--data', data]);
      await importPeople(data, [person]);
      server = await startServer({ data, args: ['--acedata-profile', profile] });
    });
    after(() => server?.stop());

    const idOf = (name: string): string => accounts[name]?.accountId ?? '';
    const tokenOf = (name: string): string => accounts[name]?.token ?? '';
    const ask = (name: string, call: AceDataCall = {}): Promise<AceDataAnswer> =>
      callAceData(server.port, { token: tokenOf(name), body, ...call });

    /** With a credential of its own that is restricted in this way. */
    async function askAs(...restriction: string[]): Promise<AceDataAnswer> {
      const made = await runJsonWithin(['key', 'create', idOf('rich'), '--data', data, ...restriction]);
      return callAceData(server.port, { token: (made as NewAccount).token, body });
    }

    function judge(
      answer: AceDataAnswer,
      code: string,
      message = DOCUMENTED_MESSAGES[code],
      provoked = provokedLive,
    ): void {
      const { status, json, headers } = answer;
      const error = errorOf(answer);
      assert.equal(error.code, code, JSON.stringify(json));
      assert.equal(status, STATUSES[profile][code] ?? COMMON_STATUSES[code]);
      if (message !== undefined) assert.equal(error.message, message);
      assert.ok(error.message.length > 0);
      assert.deepEqual(Object.keys(error), ['code', 'message']);
      const members = ['error', 'trace_id'];
      assert.deepEqual(Object.keys(json), profile === 'seed' ? ['success', ...members] : members);
      if (profile === 'seed') assert.equal(json.success, false);
      assert.match(String(json.trace_id), UUID);
      assert.equal(headers.get('www-authenticate'), status === 401 ? 'Bearer' : undefined);
      if (code === 'too_many_requests') assert.match(headers.get('retry-after') ?? '', /^[1-9]\d{0,4}$/);
      else assert.equal(headers.get('retry-after'), undefined);
      provoked.add(code);
    }

    test('no token, and no Authorization at all, are no_token', async () => {
      judge(await callAceData(server.port, { body }), 'no_token');
      for (const Authorization of ['', 'Bearer', 'Bearer  '])
        judge(await callAceData(server.port, { body, headers: { Authorization } }), 'no_token');
    });

    test('unknown, malformed, foreign and revoked tokens are invalid_token, alike but for their trace id', async () => {
      await runJsonWithin(['key', 'create', idOf('rich'), '--data', data]).then(async (made) => {
        const { secretId, token } = made as NewAccount;
        assert.equal((await callAceData(server.port, { token, body })).status, 200);
        await runJsonWithin(['key', 'revoke', secretId, '--data', data]);
        judge(await callAceData(server.port, { token, body }), 'invalid_token');
      });
      const good = tokenOf('rich');
      const wrong = [`${good}x`, good.slice(0, -1), good.toUpperCase(), `lp_${'A'.repeat(43)}`, 'é', '*'];
      wrong.push(
        'a'.repeat(5000),
        accounts.rich?.secretKey ?? '',
        'platform-v1-',
        '{token}',
        `${good} ${good}`,
      );
      const seen = new Set<string>();
      for (const token of wrong) {
        const answer = await callAceData(server.port, { token, body });
        judge(answer, 'invalid_token');
        const { trace_id: _, ...rest } = answer.json;
        const headers = [...answer.headers].filter(([name]) => name !== 'date');
        seen.add(JSON.stringify([answer.status, rest, headers]));
      }
      for (const Authorization of [`Basic ${good}`, `TC3-HMAC-SHA256 Credential=${good}`, good])
        judge(await callAceData(server.port, { body, headers: { Authorization } }), 'invalid_token');
      assert.equal(seen.size, 1);
    });

    test('the scheme is read in any case, with any number of spaces', async () => {
      for (const scheme of ['bearer', 'BEARER', 'bEaReR  ']) {
        const headers = { Authorization: `${scheme} ${tokenOf('rich')}` };
        assert.equal((await callAceData(server.port, { body, headers })).status, 200);
      }
    });

    test('a service that the account has not acquired is token_mismatched', async () => {
      judge(await ask('elsewhere'), 'token_mismatched');
    });

    test('a credential for another service or other actions is token_mismatched', async () => {
      judge(await askAs('--service', 'identity-match'), 'token_mismatched');
      judge(await askAs('--actions', 'name-match,line-tenure'), 'token_mismatched');
    });

    test('paths of the family that are not served are api_not_implemented, whoever asks', async () => {
      for (const path of ['idcard/check-1e', 'idcard/check-2e', 'idcard/ocr', 'bankcard/check-4e'])
        judge(await ask('rich', { path: `/identity/${path}` }), 'api_not_implemented');
      judge(await callAceData(server.port, { path: '/identity/bankcard/check-1e' }), 'api_not_implemented');
    });

    test('other paths and other methods are no_api', async () => {
      for (const path of [
        '/identity',
        '/identity/',
        '/identity/phone',
        '/identity/phone/check-4e',
        '/identity//x',
      ])
        judge(await ask('rich', { path }), 'no_api');
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
        judge(await ask('rich', { method }), 'no_api');
      assert.equal((await ask('rich', { path: `${CHECK_1E}/?x=1` })).status, 200);
    });

    test('bodies that are not one plain JSON object are bad_request', async () => {
      const mobile = person.number;
      const bodies = [
        ...['', '[]', 'null', '"x"', '{"mobile":', `mobile=${mobile}`, '{} {}'],
        ...[`{"mobile":"1","mobile":"${mobile}"}`, `{"mobile":"1","mob\\u0069le":"${mobile}"}`],
        `{"mobile":"${mobile}","x":${'['.repeat(9)}${']'.repeat(9)}}`,
        Buffer.from([0x7b, 0xff, 0x7d]),
        `{"mobile":"${'1'.repeat(70_000)}"}`,
      ];
      for (const given of bodies) judge(await ask('rich', { body: given }), 'bad_request');
    });

    test('missing and mistyped fields are bad_request and named as on the wire; values are never repeated', async () => {
      const { name, number, idCard } = person;
      const cases: readonly (readonly [path: string, body: object, field: string])[] = [
        [CHECK_1E, {}, 'mobile'],
        [CHECK_1E, { mobile: null }, 'mobile'],
        [CHECK_1E, { mobile: Number(number) }, 'mobile'],
        [CHECK_1E, { mobile: [number] }, 'mobile'],
        [CHECK_1E, { phone: number }, 'mobile'],
        [CHECK_2E, { mobile: number }, 'name'],
        [CHECK_3E, { name, mobile: number, id_card: idCard }, 'phone'],
        [CHECK_3E, { name, phone: number }, 'id_card'],
        [CHECK_3E, { name, phone: number, id_card: idCard, verify_mode: idCard }, 'verify_mode'],
        [CHECK_3E, { name, phone: number, id_card: { [idCard]: 1 } }, 'id_card'],
        [CHECK_1E, { mobile: number, encryption: number }, 'encryption'],
        [CHECK_1E, { mobile: number, encryption: { ciphertext_blob: 5 } }, 'encryption.ciphertext_blob'],
        [CHECK_1E, { mobile: number, encryption: [{}, {}] }, 'encryption'],
        [CHECK_3E, { name, phone: number, id_card: idCard, encrypt_list: ['name'] }, 'ciphertext_blob'],
      ];
      for (const [path, given, field] of cases) {
        const answer = await ask('rich', { path, body: given });
        judge(answer, 'bad_request');
        assert.match(errorOf(answer).message, new RegExp(`\`${field.replace('.', '\\.')}\``));
        for (const secret of [name, number, idCard]) assert.ok(!JSON.stringify(answer.json).includes(secret));
      }
    });

    test('the content type is not judged: what is JSON is read, as curl and browsers send it', async () => {
      for (const type of ['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8', ''])
        assert.equal((await ask('rich', { headers: { 'Content-Type': type } })).status, 200);
    });

    test('without funds, and at a cap, the answer is used_up', async () => {
      judge(await ask('poor'), 'used_up');
      assert.equal((await ask('capped')).status, 200);
      judge(await ask('capped'), 'used_up');
      judge(await askAs('--calls-max', '0'), 'used_up');
      judge(await askAs('--cap-calls-per-day', '0'), 'used_up');
    });

    test('a suspended or unverified account and a disabled key are disabled', async () => {
      judge(await ask('suspended'), 'disabled');
      judge(await ask('unverified'), 'disabled');
      await runJsonWithin(['account', 'verify', idOf('unverified'), '--data', data]);
      assert.equal((await ask('unverified')).status, 200, 'verified, it is served at the next call');
      await runJsonWithin(['account', 'suspend', idOf('unverified'), '--data', data]);
      judge(await ask('unverified'), 'disabled');
      const { secretId, token } = (await runJsonWithin([
        'key',
        'create',
        idOf('rich'),
        '--data',
        data,
      ])) as NewAccount;
      await runJsonWithin(['key', 'disable', secretId, '--data', data]);
      judge(await callAceData(server.port, { token, body }), 'disabled');
    });

    test('an expired key is token_expired, one that has yet to expire is served', async () => {
      judge(await askAs('--expires', '2020-01-01'), 'token_expired');
      assert.equal((await askAs('--expires', '2999-01-01')).status, 200);
    });

    test('more calls than the rate allows are too_many_requests until the second is over', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => ask('hurried')));
      const refused = answers.filter(({ status }) => status !== 200);
      assert.ok(refused.length >= 9, `${refused.length}`);
      for (const answer of refused) {
        judge(answer, 'too_many_requests', 'You have exceeded the rate limit.');
        assert.equal(answer.headers.get('retry-after'), '1');
      }
    });

    test('the daily limit is too_many_requests until tomorrow where no result code is published, else a result', async () => {
      const [first, second] = [await ask('limited'), await ask('limited')];
      assert.equal(first.status, 200);
      judge(second, 'too_many_requests');
      const seconds = Number(second.headers.get('retry-after'));
      const shanghai = new Date(Date.now() + 8 * 3_600_000);
      const left = 86_400 - ((shanghai.getTime() / 1000) % 86_400);
      assert.ok(Math.abs(seconds - left) < 60 || left < 60, `${seconds}, not about ${left}`);
      const two = { path: CHECK_2E, body: { mobile: person.number, name: person.name } };
      await ask('limited', two);
      const answer = await ask('limited', two);
      assert.equal(answer.status, 200);
      assert.equal(answer.json.result, '-6');
    });

    test('the sandbox rehearses every code, for each call, in the envelope of the live ones', async () => {
      for (const [digits, code] of REHEARSED) {
        const number = `1690001${digits}`;
        const { name, idCard } = person;
        for (const call of [
          { path: CHECK_1E, body: { mobile: number } },
          { path: CHECK_2E, body: { mobile: number, name } },
          { path: CHECK_3E, body: { phone: number, name, id_card: idCard } },
        ]) {
          const answer = await ask('sandbox', call);
          judge(answer, code, undefined, rehearsed);
        }
      }
    });

    test('files that cannot be read are api_error, and the next call is served again', async () => {
      const saboteur = new DatabaseSync(join(data, 'accounts.db'));
      saboteur.exec('ALTER TABLE api_keys RENAME TO hidden');
      judge(await ask('rich'), 'api_error');
      saboteur.exec('ALTER TABLE hidden RENAME TO api_keys');
      saboteur.close();
      assert.equal((await ask('rich')).status, 200);
    });

    test('every documented code was provoked by a live account and in the sandbox, but those of the sandbox only', () => {
      const documented = ['token_mismatched', ...Object.keys(COMMON_STATUSES)].sort();
      assert.deepEqual([...rehearsed].sort(), documented);
      assert.deepEqual([...provokedLive, ...SANDBOX_ONLY].sort(), documented);
    });
  });
}
