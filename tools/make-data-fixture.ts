// Makes a small data directory with this program and writes it down as SQL text: what later programs must still open
// (test/migrations). With each new schema version: node tools/make-data-fixture.ts test/migrations/data-N

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  OLD_CONTACT,
  OLD_KEY,
  OLD_MASTER_KEY,
  OLD_OWNER,
  OLD_PEOPLE,
  OLD_QUOTA,
  OWNER_FILE,
} from '../test/migrations/old-data.ts';
import { type ContactCall, callContacts } from '../test/support/call-contacts.ts';
import { callOverWire } from '../test/support/call-over-wire.ts';
import { openClient } from '../test/support/http-client.ts';
import { createManagementClient } from '../test/support/management-client.ts';
import { createAccount } from '../test/support/new-account.ts';
import { registerSecured } from '../test/support/secured-person.ts';
import { codeShownFor } from '../test/support/shown-code.ts';
import { startServer } from '../test/support/start-server.ts';
import { importPeople } from '../test/support/subscribers.ts';

const FILES = ['accounts', 'ledger', 'calls', 'codes', 'people', 'registry'];

const out = process.argv[2] ?? '';
if (out === '') throw new Error('where to? node tools/make-data-fixture.ts test/migrations/data-N');
process.env.LINEPROOF_MASTER_KEY = OLD_MASTER_KEY;
const root = mkdtempSync(join(tmpdir(), 'lineproof-fixture-'));
const data = join(root, 'data');
try {
  mkdirSync(data, { mode: 0o700 });
  mkdirSync(out, { recursive: true });
  await useOnce();
  for (const name of FILES) writeFileSync(join(out, `${name}.sql`), dump(join(data, `${name}.db`)));
  copyFileSync(join(data, 'ledger-heads.ndjson'), join(out, 'ledger-heads.ndjson'));
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** Two charged calls, one that is refused and so only in the call log, and somebody of the self-service. */
async function useOnce(): Promise<void> {
  const { secretId, secretKey } = OLD_KEY;
  const brought = ['--secret-id', secretId, '--secret-key', secretKey];
  await createAccount(data, [...brought, '--quota', String(OLD_QUOTA), '--balance', '5000']);
  await importPeople(data, OLD_PEOPLE);
  const server = await startServer({
    data,
    args: ['--password-memory-kib', '8192', '--password-passes', '1'],
  });
  for (const { number } of OLD_PEOPLE)
    await callOverWire(server.port, OLD_KEY, { payload: JSON.stringify({ Mobile: number }) });
  await callOverWire(server.port, OLD_KEY, { payload: '{}' });
  const connection = await openClient(server.port);
  const askOf = (action: ContactCall['action'], code?: string) =>
    callContacts(connection, OLD_KEY, server.port, { action, to: OLD_CONTACT, ...(code && { code }) });
  await askOf('SendIntlPhoneEmailCode');
  await askOf('CreateIntlPhoneEmail', await codeShownFor(server, `+86${OLD_CONTACT}`));
  connection.close();
  const { totpSecret, platformToken } = await registerSecured(
    server,
    createManagementClient(server.port),
    OLD_OWNER,
  );
  // Drawn by the server, so that it is not known before.
  writeFileSync(join(out, OWNER_FILE), `${JSON.stringify({ totpSecret, platformToken }, null, 2)}\n`);
  await server.stop();
}

function dump(path: string): string {
  const database = new DatabaseSync(path);
  const objects = database
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`)
    .all();
  const tables = objects.filter(({ type }) => type === 'table').map(({ name }) => String(name));
  const isCounted = objects.some(({ sql }) => String(sql).includes('AUTOINCREMENT'));
  const lines = [
    ...objects.filter(({ type }) => type === 'table').map(({ sql }) => `${sql};`),
    ...[...tables, ...(isCounted ? ['sqlite_sequence'] : [])].flatMap((table) => rowsOf(database, table)),
    // After the rows: triggers must not see them.
    ...objects.filter(({ type }) => type !== 'table').map(({ sql }) => `${sql};`),
    `PRAGMA user_version = ${database.prepare('PRAGMA user_version').get()?.user_version};`,
  ];
  database.close();
  return `${lines.join('\n')}\n`;
}

function rowsOf(database: DatabaseSync, table: string): string[] {
  const columns = database.prepare(`PRAGMA table_info(${table})`).all();
  const quoted = columns.map(({ name }) => `quote("${name}")`).join(" || ', ' || ");
  return database
    .prepare(`SELECT ${quoted} AS row FROM ${table}`)
    .all()
    .map(({ row }) => `INSERT INTO ${table} VALUES (${row});`);
}
