import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigurationError, listWeakSettings, loadConfiguration } from './load.ts';
import { type Configuration, environmentNameOf, flagOf, OPTIONS, type OptionName } from './options.ts';

interface Given {
  readonly file?: unknown;
  readonly environment?: Record<string, string>;
  readonly flags?: Partial<Record<OptionName, string>>;
}

function load({ file, environment = {}, flags = {} }: Given): Configuration {
  const directory = mkdtempSync(join(tmpdir(), 'lineproof-config-'));
  try {
    const path = join(directory, 'lineproof.json');
    if (file !== undefined) writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
    return loadConfiguration({ file: path, fileIsRequired: false, environment, flags });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function assertRefused(given: Given, message: RegExp): void {
  assert.throws(
    () => load(given),
    (error: Error) => error instanceof ConfigurationError && message.test(error.message),
  );
}

test('defaults give way to the file, the file to the environment, the environment to flags', () => {
  assert.equal(load({}).port, 8080);
  const file = { port: 1 };
  const environment = { LINEPROOF_PORT: '2' };
  assert.equal(load({ file }).port, 1);
  assert.equal(load({ file, environment }).port, 2);
  assert.equal(load({ file, environment, flags: { port: '3' } }).port, 3);
  assert.equal(load({ file, environment: { LINEPROOF_PORT: '' } }).port, 1, 'an empty variable is none');
});

test('lists and tables are read from text, and tables add to the built-in rows', () => {
  const { tenureMonths, extraHosts, prices } = load({
    environment: { LINEPROOF_TENURE_MONTHS: '0, 6,12', LINEPROOF_EXTRA_HOSTS: 'a.example, b.example' },
    flags: { prices: '{"line-status": 7}' },
  });
  assert.deepEqual(tenureMonths, [0, 6, 12]);
  assert.deepEqual(extraHosts, ['a.example', 'b.example']);
  assert.equal(prices['line-status'], 7);
  assert.equal(prices['name-match'], OPTIONS.prices.default['name-match']);
});

test('a bad value is refused with the place it came from and what is allowed', () => {
  assertRefused({ file: { port: 'x' } }, /lineproof\.json: port must be a whole number from 0 to 65535/);
  assertRefused({ environment: { LINEPROOF_PORT: '70000' } }, /LINEPROOF_PORT must be a whole number/);
  assertRefused({ flags: { port: '1.5' } }, /--port must be a whole number/);
  assertRefused({ flags: { timeZone: 'Mars/Base' } }, /--time-zone is not an IANA time zone/);
  assertRefused({ flags: { currency: 'RMB' } }, /--currency is not an ISO 4217 code/);
  for (const supportContact of ['help', 'http://help.example', 'https://ann:pw@help.example', 'javascript:1'])
    assertRefused({ flags: { supportContact } }, /--support-contact must be an e-mail address, or/);
  for (const supportContact of ['', 'help@example.org', 'https://help.example/desk'])
    assert.equal(load({ flags: { supportContact } }).supportContact, supportContact);
  assertRefused({ flags: { registryCoverage: 'some' } }, /must be one of partial, complete/);
  assertRefused({ flags: { tenureMonths: '3,1' } }, /rising from 0/);
  assertRefused({ flags: { prices: '{"line-status": -1}' } }, /--prices must be a table/);
  assertRefused({ flags: { ledgerRingSlots: '1000' } }, /power of two/);
});

test('a table refuses a row that nothing would ever read, and says which rows there are', () => {
  assertRefused(
    { file: { prices: { line_status: 50 } } },
    /prices has no row 'line_status': its rows are line-status, line-tenure/,
  );
  assertRefused(
    { flags: { ispNames: '{"mobile": "x"}' } },
    /--isp-names has a row 'mobile': .*as en\.mobile/,
  );
  assertRefused(
    { flags: { ispNames: '{"fr.mobile": "x"}' } },
    /--isp-names has a row 'fr\.mobile': .*en or zh/,
  );
  assertRefused(
    { flags: { ispNames: '{"en.Mobile": "x"}' } },
    /--isp-names has a row 'en\.Mobile': the carrier is written mobile/,
  );
});

test("an operator's own carrier can be given a name", () => {
  assert.equal(
    load({ flags: { ispNames: '{"en.Island Tel": "island"}' } }).ispNames['en.Island Tel'],
    'island',
  );
});

test('an unknown name, broken JSON and a file that is no object are errors', () => {
  assertRefused({ file: { prot: 1 } }, /there is no option prot/);
  assertRefused({ file: { __proto__: { port: 1 }, constructor: 1 } }, /there is no option constructor/);
  assertRefused({ file: '{' }, /cannot be read as JSON/);
  assertRefused({ file: [1] }, /must hold one JSON object/);
});

test('a named file that is missing is an error', () => {
  const sources = { file: join(tmpdir(), 'lineproof-none.json'), environment: {}, flags: {} };
  assert.throws(() => loadConfiguration({ ...sources, fileIsRequired: true }), /does not exist/);
});

test('a region that no number can have is refused from every place, with the form that is meant', () => {
  for (const region of ['nonsense', 'cn', 'ZZ', '86']) {
    const said =
      /(?:region|LINEPROOF_REGION|--region) is not an ISO 3166 code of a region with numbers, such as CN$/;
    assertRefused({ file: { region } }, said);
    assertRefused({ environment: { LINEPROOF_REGION: region } }, said);
    assertRefused({ flags: { region } }, said);
  }
});

test('every default passes its own checks, and every option has its own flag and variable', () => {
  const names = Object.keys(OPTIONS) as OptionName[];
  const file = Object.fromEntries(
    names.map((name) => [name, OPTIONS[name].default]).filter(([, value]) => value !== undefined),
  );
  assert.deepEqual(load({ file }), load({}));
  assert.equal(new Set(names.map(flagOf)).size, names.length);
  assert.equal(new Set(names.map(environmentNameOf)).size, names.length);
});

test('the defaults weaken nothing, and what does is named', () => {
  assert.deepEqual(listWeakSettings(load({})), []);
  const weak = listWeakSettings(load({ flags: { host: '0.0.0.0', clockWindowSeconds: '3600' } }))
    .map(({ finding }) => finding)
    .join('\n');
  assert.match(weak, /callers on the network/);
  assert.match(weak, /no TLS/);
  assert.match(weak, /3600 s/);
  assert.match(weak, /nobody gets a mail/);
});
