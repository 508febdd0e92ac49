import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FIXED_CLOCK } from '../../test/support/accounts.ts';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { dataPaths } from '../config/data-directory.ts';
import { loadConfiguration } from '../config/load.ts';
import { systemRandom } from '../runtime/system-random.ts';
import type { IssuedKey } from '../storage/sqlite/accounts/draw-key.ts';
import { ACCOUNT_COMMANDS } from './account.ts';
import { type CommandContext, type OptionValues, UsageError } from './command.ts';
import { KEY_COMMANDS } from './key.ts';
import { KMS_COMMANDS } from './kms.ts';
import { OPERATOR_COMMANDS } from './operator.ts';

const COMMANDS = [...ACCOUNT_COMMANDS, ...KEY_COMMANDS, ...KMS_COMMANDS, ...OPERATOR_COMMANDS];

interface Said {
  readonly value: unknown;
  readonly lines: readonly string[];
}

function open(t: TestContext) {
  const paths = dataPaths(join(makeTemporaryDirectory(t), 'data'));
  const run = async (
    name: string,
    args: readonly string[] = [],
    options: OptionValues = {},
  ): Promise<Said> => {
    let said: Said | undefined;
    const context: CommandContext = {
      paths,
      input: () => assert.fail('nothing here reads standard input'),
      clock: FIXED_CLOCK,
      random: systemRandom,
      environment: {},
      actor: 'cli:test',
      configuration: loadConfiguration({
        file: paths.configFile,
        fileIsRequired: false,
        environment: {},
        flags: {},
      }),
      output: {
        json: true,
        result: (value, lines) => {
          said = { value: JSON.parse(JSON.stringify(value)), lines };
        },
        note: () => {},
        stream: process.stdout,
        progress: () => assert.fail('nothing here takes long'),
        streamProgress: () => assert.fail('nothing here writes to the stream'),
        untilReaderLeaves: () => assert.fail('nothing here writes to the stream'),
      },
    };
    const command = COMMANDS.find((candidate) => candidate.name === name);
    assert.ok(command, name);
    await command.run(context, args, options);
    assert.ok(said, `${name} said nothing`);
    return said;
  };
  return Object.assign(run, { directory: paths.directory });
}

type Shown = {
  readonly funds: { readonly quota: Record<string, number>; readonly balanceMinor: number };
} & Record<string, unknown>;

const SHOP = { name: 'Shop', activate: 'line-status,line-tenure', quota: '10', balance: '500' };

test('a new account has the services, funds and limits that were named, and one key', async (t) => {
  const run = open(t);
  const { value } = await run('account create', [], { ...SHOP, rate: '30', dailyLimit: '7' });
  const { accountId, secretId, secretKey, token } = value as IssuedKey & { accountId: string };
  assert.ok(secretId && secretKey && token);
  const shown = (await run('account show', [accountId])).value as Shown;
  assert.deepEqual(shown.funds, { quota: { 'line-status': 10, 'line-tenure': 10 }, balanceMinor: 500 });
  assert.deepEqual(shown.services, ['line-status', 'line-tenure']);
  assert.deepEqual([shown.ratePerSecond, shown.dailyLimit, shown.state], [30, 7, 'active']);
  assert.deepEqual(
    (shown.keys as { secretId: string }[]).map((key) => key.secretId),
    [secretId],
  );
});

test('a secret is shown when it is made and by no command afterwards', async (t) => {
  const run = open(t);
  const made = (await run('account create', [], SHOP)).value as IssuedKey & { accountId: string };
  const rotated = (await run('key rotate', [made.secretId])).value as IssuedKey;
  for (const [name, args] of [
    ['account list', []],
    ['account show', [made.accountId]],
    ['account audit', []],
    ['key list', []],
    ['account suspend', [made.accountId]],
    ['kms public-keys', []],
  ] as const) {
    const said = JSON.stringify(await run(name, args));
    for (const { secretKey, token } of [made, rotated]) {
      assert.ok(!said.includes(secretKey) && !said.includes(token), name);
    }
  }
});

test('a brought key works unchanged', async (t) => {
  const run = open(t);
  const brought = { secretId: 'AKIDEXAMPLE', secretKey: 'SecretKeyExample' };
  const { value } = await run('account create', [], { ...SHOP, ...brought });
  const { secretId, secretKey } = value as IssuedKey;
  assert.deepEqual({ secretId, secretKey }, brought);
});

test('funds add up', async (t) => {
  const run = open(t);
  const { accountId } = (await run('account create', [], SHOP)).value as { accountId: string };
  await run('account topup', [accountId, '25']);
  const { value } = await run('account grant-quota', [accountId, 'line-status', '5']);
  assert.deepEqual((value as Shown).funds, {
    quota: { 'line-status': 15, 'line-tenure': 10 },
    balanceMinor: 525,
  });
});

test('a sandbox account has every service and costs nothing', async (t) => {
  const run = open(t);
  const made = (await run('account create', [], { name: 'Tests', sandbox: true })).value;
  const { accountId } = made as { accountId: string };
  const shown = (await run('account show', [accountId])).value as Shown;
  assert.deepEqual([shown.sandbox, (shown.services as string[]).length], [true, 4]);
  await assert.rejects(run('account create', [], { name: 'Tests', sandbox: true, quota: '5' }), UsageError);
});

test('the changes of an account that commands make are there afterwards', async (t) => {
  const run = open(t);
  const { value } = await run('account create', [], { ...SHOP, unverified: true });
  const { accountId } = value as { accountId: string };
  const state = async () => ((await run('account show', [accountId])).value as Shown).state;
  assert.equal(await state(), 'unverified');
  await run('account verify', [accountId]);
  assert.equal(await state(), 'active');
  await run('account suspend', [accountId]);
  assert.equal(await state(), 'suspended');
  await run('account resume', [accountId]);
  await run('account deactivate', [accountId, 'line-tenure']);
  await run('account activate', [accountId, 'identity-match']);
  await run('account kms-grant', [accountId, 'off']);
  await run('account limits', [accountId], { rate: '9', dailyLimit: '8' });
  await run('account limits', [accountId], { dailyLimit: 'default' });
  const shown = (await run('account show', [accountId])).value as Shown;
  assert.deepEqual(
    [shown.state, shown.services, shown.kmsGrant, shown.ratePerSecond, shown.dailyLimit],
    ['active', ['line-status', 'identity-match'], false, 9, null],
  );
});

test('a state that holds already is said to, and nothing is changed or noted', async (t) => {
  const run = open(t);
  const { value } = await run('account create', [], { ...SHOP, unverified: true });
  const { accountId, secretId } = value as IssuedKey & { accountId: string };
  for (const [name, id, already] of [
    ['account resume', accountId, 'was not suspended'],
    ['account verify', accountId, 'was verified already'],
    ['account suspend', accountId, 'was suspended already'],
    ['account resume', accountId, 'was not suspended'],
    ['key enable', secretId, 'was enabled already'],
    ['key disable', secretId, 'was disabled already'],
    ['key enable', secretId, 'was enabled already'],
    ['key revoke', secretId, 'was revoked already'],
  ] as const) {
    await run(name, [id]);
    const before = await run('account audit');
    const again = await run(name, [id]);
    assert.deepEqual(again.lines.slice(1), [`it ${already}: nothing changed`], name);
    assert.equal((again.value as Record<string, unknown>).changed, false);
    assert.deepEqual(await run('account audit'), before);
  }
  const [act] = (await run('account audit', [], { limit: '1' })).value as { act: string }[];
  assert.equal(act?.act, 'key.revoked');
  await assert.rejects(run('key enable', [secretId]), /revoked/);
  await run('account suspend', [accountId]);
  await assert.rejects(run('account verify', [accountId]), /is suspended, not unverified/);
});

test('a change of state is said to be one', async (t) => {
  const run = open(t);
  const { value } = await run('account create', [], SHOP);
  const { accountId, secretId } = value as IssuedKey & { accountId: string };
  for (const [name, id] of [
    ['account suspend', accountId],
    ['key disable', secretId],
  ] as const) {
    const said = await run(name, [id]);
    assert.deepEqual([(said.value as Record<string, unknown>).changed, said.lines.length], [true, 1]);
  }
});

test('what sets limits or the grant says what holds then', async (t) => {
  const run = open(t);
  const { accountId } = (await run('account create', [], SHOP)).value as { accountId: string };
  const first = await run('account limits', [accountId], { rate: '9', capCallsPerDay: '5' });
  assert.deepEqual(first.lines.slice(1), [
    'limits    9 calls a second, default attempts a day',
    'cap       5 charged calls a calendar day',
  ]);
  assert.partialDeepStrictEqual(first.value, { ratePerSecond: 9, dailyLimit: null });
  const second = await run('account limits', [accountId], { dailyLimit: '7', capCallsPerDay: 'none' });
  assert.deepEqual(second.lines.slice(1), ['limits    9 calls a second, 7 attempts a day']);
  const grant = await run('account kms-grant', [accountId, 'off']);
  assert.deepEqual(grant.lines.slice(1), ['KMS grant off']);
  assert.partialDeepStrictEqual(grant.value, { kmsGrant: false });
});

test('caps are set and taken away one by one, and the audit log says so', async (t) => {
  const run = open(t);
  const { accountId } = (await run('account create', [], SHOP)).value as { accountId: string };
  const caps = async () => ((await run('account show', [accountId])).value as Shown).caps;
  const none = { callsPerDay: null, callsPerMonth: null, minorPerDay: null, minorPerMonth: null };
  assert.deepEqual(await caps(), none);
  await run('account limits', [accountId], { capCallsPerDay: '0', capMoneyPerMonth: '500000' });
  await run('account limits', [accountId], { rate: '9' });
  assert.deepEqual(await caps(), { ...none, callsPerDay: 0, minorPerMonth: 500_000 });
  const shown = (await run('account show', [accountId])).lines.filter((line) => line.startsWith('cap '));
  assert.deepEqual(shown, [
    'cap       0 charged calls a calendar day',
    'cap       500000 minor units from the balance a calendar month',
  ]);
  await run('account limits', [accountId], { capCallsPerDay: 'none', capCallsPerMonth: '7' });
  assert.deepEqual(await caps(), { ...none, callsPerMonth: 7, minorPerMonth: 500_000 });
  const { value } = await run('account audit', [], { act: 'account.limits', limit: '1' });
  const [act] = value as { before: Record<string, unknown>; after: Record<string, unknown> }[];
  assert.deepEqual([act?.before.callsPerDay, act?.after.callsPerDay, act?.after.callsPerMonth], [0, null, 7]);
});

test('a key is restricted when it is made or later, limit by limit, and a rotated one stays so', async (t) => {
  const run = open(t);
  const { accountId } = (await run('account create', [], SHOP)).value as { accountId: string };
  const { value } = await run('key create', [accountId], {
    ...{ name: 'till', service: 'line-status', actions: 'line-status', expires: '2027-01-01' },
    ...{ callsMax: '1000', capCallsPerDay: '50' },
  });
  const { secretId } = value as IssuedKey;
  const limits = {
    name: 'till',
    service: 'line-status',
    actions: ['line-status'],
    expires: '2027-01-01T00:00:00.000Z',
    callsMax: 1000,
    caps: { callsPerDay: 50, callsPerMonth: null, minorPerDay: null, minorPerMonth: null },
  };
  const find = async (id: string) =>
    ((await run('key list', [accountId])).value as { secretId: string }[]).find((key) => key.secretId === id);
  assert.partialDeepStrictEqual(await find(secretId), limits);
  await run('key limits', [secretId], { expires: 'none', actions: 'none', capMoneyPerMonth: '9' });
  const rotated = (await run('key rotate', [secretId])).value as IssuedKey;
  assert.partialDeepStrictEqual(await find(rotated.secretId), {
    ...limits,
    actions: null,
    expires: null,
    caps: { ...limits.caps, minorPerMonth: 9 },
  });
  for (const [name, options] of [
    ['key create', { service: 'nonsense' }],
    ['key create', { actions: 'line-status,nonsense' }],
    ['key create', { expires: 'tomorrow' }],
    ['key create', { expires: '2027-01-01T10:00' }],
    ['key create', { callsMax: '-1' }],
    ['key limits', {}],
  ] as const)
    await assert.rejects(run(name, [accountId], options), UsageError, JSON.stringify(options));
});

test('a service is acquired once and brings the free quota once', async (t) => {
  const run = open(t);
  const { value } = await run('account create', [], { name: 'Shop' });
  const { accountId } = value as { accountId: string };
  const acquired = (await run('account acquire', [accountId, 'line-status'])).value as Shown;
  assert.deepEqual(acquired.funds.quota, { 'line-status': 100 });
  await assert.rejects(run('account acquire', [accountId, 'line-status']), /already/);
  const shown = (await run('account show', [accountId])).value as Shown;
  assert.deepEqual([shown.services, shown.funds.quota], [['line-status'], { 'line-status': 100 }]);
});

test("an operator's token is shown when it is made and by no command afterwards", async (t) => {
  const run = open(t);
  await run('account create', [], SHOP);
  const made = (await run('operator token create', ['ann'], { expires: '2027-01-01' })).value;
  const { id, token } = made as { id: number; token: string };
  assert.match(token, /^lpo_[\w-]{43}$/);
  const [listed] = (await run('operator token list')).value as Record<string, unknown>[];
  assert.deepEqual(
    [listed?.name, listed?.expires, listed?.revoked],
    ['ann', '2027-01-01T00:00:00.000Z', null],
  );
  await run('operator token revoke', [String(id)]);
  const after = JSON.stringify([await run('operator token list'), await run('account audit')]);
  assert.ok(after.includes('operator.token-revoke') && !after.includes(token));
});

test('a command line that makes no sense is wrong usage, before anything is written', async (t) => {
  const run = open(t);
  const { accountId } = (await run('account create', [], SHOP)).value as { accountId: string };
  const before = JSON.stringify(await run('account audit'));
  for (const [name, args, options] of [
    ['account create', [], { name: 'A', quota: '5' }],
    ['account create', [], { name: 'A', activate: 'nonsense' }],
    ['account create', [], { name: 'A', activate: 'all', quota: '-5' }],
    ['account create', [], { name: 'A', balance: '1.5' }],
    ['account create', [], { name: 'A', secretId: 'alone' }],
    ['account create', [], { name: '' }],
    ['account limits', [accountId], {}],
    ['account limits', [accountId], { rate: '0' }],
    ['account limits', [accountId], { capCallsPerDay: '-1' }],
    ['account limits', [accountId], { capMoneyPerDay: 'default' }],
    ['account kms-grant', [accountId, 'maybe'], {}],
    ['account topup', [accountId, '0'], {}],
    ['account grant-quota', [accountId, 'line-status', 'x'], {}],
    ['account activate', [accountId, ''], {}],
    ['account audit', [], { limit: '0' }],
  ] as const) {
    await assert.rejects(run(name, args, options), UsageError, `${name} ${JSON.stringify(options)}`);
  }
  assert.equal(JSON.stringify(await run('account audit')), before);
});

test('what does not exist is named, and no data directory is made for it', async (t) => {
  const run = open(t);
  await assert.rejects(run('account list'), /check --data/);
  assert.ok(!existsSync(run.directory));
  await run('account create', [], SHOP);
  await assert.rejects(run('account show', ['42']), /no account 42/);
  await assert.rejects(run('key revoke', ['nothing']), /no key nothing/);
});

test('the published keys are the same each time, as PEM and as the Base64 of it', async (t) => {
  const run = open(t);
  await run('account create', [], SHOP);
  const first = (await run('kms public-keys')).value as Record<string, { pem: string; base64: string }>;
  assert.deepEqual((await run('kms public-keys')).value, first);
  for (const { pem, base64 } of Object.values(first)) {
    assert.equal(Buffer.from(base64, 'base64').toString(), pem);
    assert.match(pem, /^-----BEGIN (RSA )?PUBLIC KEY-----/);
  }
});

test('each command has examples that start with its own name', () => {
  for (const { name, examples } of COMMANDS) {
    assert.ok(examples.length > 0, name);
    for (const example of examples) assert.ok(example.startsWith(name), example);
  }
});
