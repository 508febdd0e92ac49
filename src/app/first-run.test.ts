import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FIXED_CLOCK } from '../../test/support/accounts.ts';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { deriveKey } from '../codecs/key-derivation.ts';
import { dataPaths } from '../config/data-directory.ts';
import { loadConfiguration } from '../config/load.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { readAccountNames } from '../storage/sqlite/accounts/account-names.ts';
import { openAccountOffice } from './accounts.ts';
import { type FirstAccount, type FirstRunOptions, setUpFirstRun } from './first-run.ts';
import { openMasterKey } from './master-key.ts';
import { createRegistryAdministration } from './registry.ts';

function open(t: TestContext): FirstRunOptions {
  const paths = dataPaths(join(makeTemporaryDirectory(t), 'data'));
  const sources = { file: paths.configFile, fileIsRequired: false, environment: {}, flags: {} };
  const configuration = loadConfiguration(sources);
  return { paths, configuration, clock: FIXED_CLOCK, random: systemRandom, actor: 'test' };
}

async function setUp(options: FirstRunOptions): Promise<readonly FirstAccount[]> {
  let shown: readonly FirstAccount[] = [];
  await setUpFirstRun(options, (accounts) => {
    shown = accounts;
  });
  return shown;
}

test('an account whose key could not be shown does not come to be', async (t) => {
  const options = open(t);
  const lost = setUpFirstRun(options, () => {
    throw new Error('nobody reads this');
  });
  await assert.rejects(lost, /nobody reads this/);
  assert.equal(readAccountNames(options.paths.accounts).accountIds.size, 0);
  const accounts = await setUp(options);
  assert.deepEqual(
    accounts.map(({ kind }) => kind),
    ['sandbox', 'demonstration'],
  );
  const office = openAccountOffice(options);
  t.after(() => office.close());
  assert.equal(office.fundsOf(accounts[0]?.accountId ?? '').quota['line-status'], undefined);
  assert.ok((office.fundsOf(accounts[1]?.accountId ?? '').quota['line-status'] ?? 0) >= 1000);
});

test('an account whose funds cannot be written does not come to be', (t) => {
  const options = open(t);
  const office = openAccountOffice(options);
  t.after(() => office.close());
  const account = { name: 'Shop', services: [], sandbox: false, state: 'active', quota: 0 } as const;
  assert.throws(() => office.open({ ...account, balanceMinor: 1.5 }), RangeError);
  assert.deepEqual(office.administration.accounts(), []);
  const { accountId } = office.open({ ...account, balanceMinor: 5 }).account;
  assert.equal(office.fundsOf(accountId).balanceMinor, 5);
});

test("with the operator's own records the demonstration asks about a line that is in service", async (t) => {
  const options = open(t);
  const input = join(options.paths.directory, '..', 'own.csv');
  const rows = ['13900139000,cancelled', '13900139001,normal', '13900139002,normal'];
  writeFileSync(input, `msisdn,status,as_of\n${rows.map((row) => `${row},2026-11-01\n`).join('')}`);
  const blindIndexKey = deriveKey(openMasterKey(options), 'blind-index');
  const { timeZone, region, tenureMonths } = options.configuration;
  const registry = createRegistryAdministration({ ...options, timeZone, region, tenureMonths });
  await registry.import({ input, blindIndexKey });
  const [sandbox, demonstration] = await setUp(options);
  assert.equal(sandbox?.exampleNumber, '13800138000');
  assert.equal(demonstration?.exampleNumber, '+8613900139001');
});
