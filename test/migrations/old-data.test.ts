// What earlier programs left is opened by this one with everything in it, and what a newer program left is refused.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import type { RecentCall } from '../../src/app/calls.ts';
import { ACCOUNTS_MIGRATIONS } from '../../src/storage/sqlite/accounts/schema.ts';
import { CODES_MIGRATIONS } from '../../src/storage/sqlite/codes/schema.ts';
import { CALLS_MIGRATIONS, LEDGER_MIGRATIONS } from '../../src/storage/sqlite/ledger/schema.ts';
import type { Migration } from '../../src/storage/sqlite/open-database.ts';
import { PEOPLE_MIGRATIONS } from '../../src/storage/sqlite/people/schema.ts';
import { REGISTRY_MIGRATIONS } from '../../src/storage/sqlite/registry/schema.ts';
import { type ContactCall, callContacts, VERIFIED } from '../support/call-contacts.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { openClient } from '../support/http-client.ts';
import { createManagementClient } from '../support/management-client.ts';
import { totpNow } from '../support/secured-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import {
  OLD_CONTACT,
  OLD_DATA,
  OLD_KEY,
  OLD_MASTER_KEY,
  OLD_OWNER,
  OLD_PEOPLE,
  OLD_QUOTA,
  readOldOwner,
  restoreOldData,
} from './old-data.ts';

const FILES: Readonly<Record<string, readonly Migration[]>> = {
  accounts: ACCOUNTS_MIGRATIONS,
  ledger: LEDGER_MIGRATIONS,
  calls: CALLS_MIGRATIONS,
  codes: CODES_MIGRATIONS,
  people: PEOPLE_MIGRATIONS,
  registry: REGISTRY_MIGRATIONS,
};
const NEWEST = Object.fromEntries(Object.entries(FILES).map(([file, { length }]) => [file, length]));
const STATUS_CODES = OLD_PEOPLE.map(({ status }) => (status === 'normal' ? 0 : 1));
const env = { LINEPROOF_MASTER_KEY: OLD_MASTER_KEY };

function readVersions(data: string): Record<string, number> {
  return Object.fromEntries(
    Object.keys(FILES).map((file) => {
      const path = join(data, `${file}.db`);
      // Not every earlier program had each file.
      if (!existsSync(path)) return [file, 0];
      const database = new DatabaseSync(path, { readOnly: true });
      const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
      database.close();
      return [file, version];
    }),
  );
}

/** A code was sent in it, for one call of the quota, and entered. */
function hasCodes(name: string): boolean {
  return existsSync(join(import.meta.dirname, name, 'codes.sql'));
}

for (const name of OLD_DATA) {
  describe(name, () => {
    let server: RunningServer;
    // Registered before the directory's removal, so that the server is gone by then.
    after(() => server?.kill());
    const data = join(makeTemporaryDirectory({ after }), 'data');
    const owner = readOldOwner(name);

    before(async () => {
      restoreOldData(name, data);
      server = await startServer({ data, env });
    });

    test("it is brought to today's schemas", () => assert.deepEqual(readVersions(data), NEWEST));

    const logsIn =
      'whoever had registered logs in with password and authenticator, and her platform token is known';
    if (owner !== undefined)
      test(logsIn, async () => {
        const { totpSecret, platformToken } = owner;
        const client = createManagementClient(server.port);
        const logIn = (totp: string) => client.call('POST /people/login', { body: { ...OLD_OWNER, totp } });
        assert.equal((await logIn('000000')).status, 400);
        const login = await logIn(totpNow(totpSecret));
        assert.equal(login.status, 200, login.text);
        const headers = { authorization: `Bearer ${platformToken}` };
        assert.equal((await client.call('GET /platform-tokens/me', { headers })).status, 200);
      });

    const keepsContact = 'a contact that was verified is still on the list, and is not verified again';
    if (hasCodes(name))
      test(keepsContact, async () => {
        const connection = await openClient(server.port);
        const askOf = (call: ContactCall) => callContacts(connection, OLD_KEY, server.port, call);
        const { total } = await askOf({ action: 'DescribeIntlPhoneEmailList', to: OLD_CONTACT });
        assert.equal(total, 1, name);
        const { code } = await askOf({ action: 'CreateIntlPhoneEmail', to: OLD_CONTACT, code: '000000' });
        assert.equal(code, VERIFIED, name);
        connection.close();
      });

    test('its key signs, its records answer, its funds and ledger go on', async () => {
      const answers: unknown[] = [];
      for (const { number } of OLD_PEOPLE) {
        const payload = JSON.stringify({ Mobile: number });
        const { Result, StatusCode } = await callOverWire(server.port, OLD_KEY, { payload });
        answers.push([Result, StatusCode]);
      }
      assert.deepEqual(
        answers,
        STATUS_CODES.map((code) => ['0', code]),
      );
      const refused = await callOverWire(server.port, OLD_KEY, { payload: '{}' });
      assert.equal(refused.Error?.Code, 'MissingParameter');
      assert.equal(await server.stop(), 0);

      const [account] = (await runJsonWithin(['account', 'list', '--data', data], { env })) as {
        accountId: string;
      }[];
      const accountId = account?.accountId ?? '';
      const { funds } = (await runJsonWithin(['account', 'show', accountId, '--data', data], { env })) as {
        funds: { quota: Record<string, number>; balanceMinor: number };
      };
      assert.deepEqual(funds, {
        quota: {
          'line-status': OLD_QUOTA - 2 * OLD_PEOPLE.length,
          'line-tenure': OLD_QUOTA,
          'identity-match': OLD_QUOTA,
          'contact-verification': OLD_QUOTA - (hasCodes(name) ? 1 : 0),
        },
        balanceMinor: 5000,
      });
      const calls = (await runJsonWithin(['account', 'calls', accountId, '--data', data], {
        env,
      })) as RecentCall[];
      const lines = calls.filter(({ action }) => action === 'line-status');
      const seen = lines.map(({ fault, charged }) => fault ?? (charged ? 'charged' : 'free'));
      const asked = OLD_PEOPLE.map(() => 'charged');
      assert.deepEqual(seen, ['parameter_missing', ...asked, 'parameter_missing', ...asked]);
      const verified = await runCommand(['ledger', 'verify', '--data', data], { env });
      assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    });
  });
}

test('some of the old data is of people who registered, and some of verified contacts', () => {
  assert.ok(OLD_DATA.some((name) => readOldOwner(name) !== undefined));
  assert.ok(OLD_DATA.some(hasCodes));
});

test('the old data holds a session', (t) => {
  const data = join(makeTemporaryDirectory(t), 'data');
  restoreOldData(OLD_DATA.at(-1) ?? '', data);
  const database = new DatabaseSync(join(data, 'people.db'), { readOnly: true });
  const count = database.prepare('SELECT count(*) AS n FROM sessions').get()?.n;
  database.close();
  assert.equal(count, 1);
});

for (const file of Object.keys(FILES)) {
  test(`${file}.db of a newer program is refused with both versions named, and not a byte of it is touched`, async (t) => {
    const data = join(makeTemporaryDirectory(t), 'data');
    restoreOldData(OLD_DATA.at(-1) ?? '', data);
    const path = join(data, `${file}.db`);
    const known = NEWEST[file] ?? 0;
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${known + 1}`);
    database.close();
    const before = readFileSync(path);
    const { code, stderr } = await runCommand(['serve', '--port', '0', '--data', data], { env });
    assert.equal(code, 1, stderr);
    const told = `${path} has schema ${known + 1}, this program knows ${known}: use a newer program`;
    assert.ok(stderr.includes(told), stderr);
    assert.ok(readFileSync(path).equals(before), 'the file was changed');
  });
}

test('every version of every schema, from the first to the current one, is among the old data', (t) => {
  const root = makeTemporaryDirectory(t);
  const covered = OLD_DATA.map((name) => {
    restoreOldData(name, join(root, name));
    return readVersions(join(root, name));
  });
  const absent = Object.entries(FILES).flatMap(([file, migrations]) =>
    migrations
      .filter(({ version }) => !covered.some((versions) => versions[file] === version))
      .map(({ version }) => `${file}.db ${version}`),
  );
  const mend = `run \`node tools/make-data-fixture.ts test/migrations/data-${OLD_DATA.length + 1}\``;
  assert.deepEqual(absent, [], `${mend} with the program that writes these`);
});

test('migrations are numbered from 1 without gaps', () => {
  for (const [file, migrations] of Object.entries(FILES)) {
    const numbers = migrations.map(({ version }) => version);
    assert.deepEqual(
      numbers,
      migrations.map((_, index) => index + 1),
      file,
    );
  }
});
