// Who did or looked at what on the command line is in the audit log before the answer is given.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { before, test } from 'node:test';
import type { CommandContext, OptionValues } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/index.ts';
import { dataPaths } from '../../src/config/data-directory.ts';
import { loadConfiguration } from '../../src/config/load.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { type AuditEntry, createAuditLog } from '../../src/storage/sqlite/accounts/audit-log.ts';
import { openAccountsFile } from '../../src/storage/sqlite/accounts/schema.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** Sums, settings and secrets of nobody: what they show is about no number and about no single call of an account. */
const READ_AGGREGATES = [
  'account audit',
  'account list',
  'doctor',
  'key list',
  'kms public-keys',
  'ledger verify',
  'operator token list',
  'ranges export',
  'ranges list',
  'registry generate',
  'registry stats',
  'serve',
  'sign',
  'usage aggregate',
];

const NUMBER = '13800138000';
const NAME = '韦小宝';
const ID_CARD = '11010519491231002X';
const root = makeTemporaryDirectory({ after: test.after });
const data = join(root, 'data');
const account = '100000000001';

interface Ran {
  /** Entries that were there when the first word of the answer was. */
  readonly atAnswer: number | undefined;
  readonly answer: unknown;
}

function auditLog<T>(read: (log: ReturnType<typeof createAuditLog>) => T): T {
  const database = openAccountsFile(dataPaths(data).accounts);
  try {
    return read(createAuditLog(database));
  } finally {
    database.close();
  }
}

const auditLength = (): number => auditLog((log) => log.length());
const newest = (count: number): AuditEntry[] => auditLog((log) => log.list(count, 0));

async function run(name: string, args: readonly string[] = [], options: OptionValues = {}): Promise<Ran> {
  const command = COMMANDS.find((one) => one.name === name);
  assert.ok(command, name);
  let atAnswer: number | undefined;
  let answer: unknown;
  const answering = (): void => {
    atAnswer ??= auditLength();
  };
  const progress = () => ({ update() {}, stop() {} });
  const context: CommandContext = {
    paths: dataPaths(data),
    input: async function* () {},
    output: {
      json: true,
      result(value) {
        answering();
        answer = value;
      },
      note() {},
      stream: new Writable({
        write(_piece, _encoding, done) {
          answering();
          done();
        },
      }),
      progress,
      streamProgress: progress,
      untilReaderLeaves: (work) => work(),
    },
    clock: systemClock,
    random: systemRandom,
    environment: {},
    configuration: loadConfiguration({ file: '', fileIsRequired: false, environment: {}, flags: {} }),
    actor: 'cli:ann',
  };
  await command.run(context, args, options);
  return { atAnswer, answer };
}

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(
    join(root, 'rows.csv'),
    `msisdn,status,activated_on,carrier,name,id_card,as_of\n${NUMBER},normal,2020-01-01,mobile,${NAME},${ID_CARD},2026-01-01\n`,
  );
  writeFileSync(
    join(root, 'ranges.csv'),
    'prefix,holder,actions\n+1202,example,line-status\n+1203,example,\n',
  );
});

test('every command is in the audit log before it answers, but for a list of those that read aggregates', async () => {
  const made = (await run('account create', [], { name: 'Shop', activate: 'all', balance: '100' }))
    .answer as {
    readonly secretId: string;
  };
  const { secretId } = made;
  const lines: Readonly<Record<string, readonly [readonly string[], OptionValues?]>> = {
    'account create': [[], { name: 'Second', unverified: true }],
    'account verify': [['100000000002']],
    'account suspend': [['100000000002']],
    'account resume': [['100000000002']],
    'account acquire': [['100000000002', 'line-status']],
    'account activate': [['100000000002', 'line-tenure']],
    'account deactivate': [['100000000002', 'line-tenure']],
    'account limits': [[account], { rate: '7' }],
    'account grant-quota': [[account, 'line-status', '3']],
    'account topup': [[account, '5']],
    'account kms-grant': [[account, 'off']],
    'account show': [[account]],
    'account calls': [[account]],
    'key create': [[account]],
    'key disable': [[secretId]],
    'key enable': [[secretId]],
    'key limits': [[secretId], { name: 'till' }],
    'key rotate': [[secretId]],
    'operator token create': [['ann']],
    'operator token revoke': [['1']],
    'operator link': [['ann']],
    'registry import': [[join(root, 'rows.csv')]],
    check: [['MobileStatus'], { mobile: NUMBER }],
    'registry export': [['-']],
    'ranges set': [['+1201'], { holder: 'example' }],
    'ranges import': [[join(root, 'ranges.csv')]],
    'ranges remove': [['+1201']],
    'ledger export': [[]],
    'ledger time-zone': [['Europe/Berlin']],
    'usage list': [[], { account }],
    'usage export': [[], { account }],
    'registry delete': [[NUMBER]],
    backup: [[join(root, 'backup')]],
    restore: [[join(root, 'backup')], { force: true }],
  };
  const audited = new Set<string>();
  for (const [name, [args, options = {}]] of Object.entries(lines)) {
    const length = auditLength();
    const { atAnswer } = await run(name, args, options);
    assert.ok(auditLength() > length, `${name} is not in the audit log`);
    assert.ok((atAnswer ?? 0) > length, `${name} answers before it is in the audit log`);
    assert.equal(newest(1)[0]?.actor, 'cli:ann', name);
    audited.add(name);
  }
  const keys = (await run('key list', [account])).answer as { readonly secretId: string; state: string }[];
  const usable = keys.find(({ state }) => state === 'enabled')?.secretId ?? '';
  const length = auditLength();
  await run('key revoke', [usable]);
  assert.ok(auditLength() > length);
  audited.add('key revoke');
  assert.deepEqual(
    COMMANDS.map(({ name }) => name)
      .filter((name) => !audited.has(name))
      .sort(),
    READ_AGGREGATES,
  );
});

test('a look-up of one number is traced without telling number, name or ID card', async () => {
  await run('registry import', [join(root, 'rows.csv')]);
  await run('check', ['identity-match'], { mobile: NUMBER, name: NAME, idCard: ID_CARD });
  const [entry] = newest(1);
  assert.equal(entry?.act, 'registry.look-up');
  assert.equal(entry?.subject, '+86138****8000');
  const after = entry?.after as { readonly action: string; readonly numberHash: string };
  assert.equal(after.action, 'identity-match');
  assert.match(after.numberHash, /^[0-9a-f]{32}$/);
  await run('check', ['MobileStatus'], { mobile: `+86${NUMBER}` });
  assert.equal((newest(1)[0]?.after as typeof after).numberHash, after.numberHash);
  const all = JSON.stringify(newest(1000));
  for (const personal of [NUMBER, NAME, ID_CARD]) assert.ok(!all.includes(personal), personal);
});

test('the audit log is asked by number, actor, act, subject and time, in pages that new entries do not shift', async () => {
  const list = async (options: OptionValues) =>
    (await run('account audit', [], options)).answer as readonly (AuditEntry & { readonly time: string })[];
  const lookUps = await list({ number: `+86${NUMBER}`, act: 'registry.look-up' });
  assert.deepEqual(
    lookUps.map(({ subject }) => subject),
    ['+86138****8000', '+86138****8000', '+86138****8000'],
  );
  await run('check', ['MobileStatus'], { mobile: '13800148000' });
  assert.equal(
    (await list({ number: '13800148000', act: 'registry.look-up' })).length,
    1,
    'of the same mask',
  );
  assert.deepEqual(await list({ number: NUMBER, act: 'registry.look-up' }), lookUps);
  assert.deepEqual(await list({ actor: 'cli:nobody' }), []);
  const all = await list({ limit: '1000' });
  const [newest, , third] = all;
  assert.deepEqual(await list({ limit: '2', before: String(newest?.seq) }), all.slice(1, 3));
  assert.deepEqual(await list({ from: third?.time, subject: 'nothing' }), []);
  const since = await list({ from: third?.time, limit: '1000' });
  assert.deepEqual(
    since,
    all.filter(({ time }) => time >= String(third?.time)),
  );
  const until = await list({ to: third?.time, limit: '1000' });
  assert.deepEqual(
    until,
    all.filter(({ time }) => time < String(third?.time)),
  );
  assert.equal(since.length + until.length, all.length);
  await assert.rejects(() => list({ number: 'nobody' }), /no telephone number/);
});

test('what is refused as wrong usage leaves no entry', async () => {
  const length = auditLength();
  await assert.rejects(() => run('check', ['MobileStatus']));
  await assert.rejects(() => run('account show', ['999']));
  await assert.rejects(() => run('ledger export', [], { account: '999' }));
  assert.equal(auditLength(), length);
});
