// Backup while the server works, and the way back.

import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { OPTIONS, SECRET_OPTIONS } from '../../src/config/options.ts';
import { swapFiles } from '../../src/storage/swap-files.ts';
import { runCommand, runJson } from '../support/command-line.ts';
import { openClient } from '../support/http-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { signTc3, toBytes } from '../support/sign-request.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

interface Report {
  readonly files: readonly { readonly name: string }[];
  readonly ledger: { readonly ok: boolean; readonly entries: number };
}

const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
let report: Report;
after(() => server?.stop());
const root = makeTemporaryDirectory({ after });
const data = join(root, 'data');
const copy = join(root, 'copy');

function bytesOfCall(running: RunningServer): Buffer {
  const payload = JSON.stringify({ Mobile: person.number });
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const host = `127.0.0.1:${running.port}`;
  return toBytes(
    signTc3(account, { host, action: 'MobileStatus', version: '2018-03-01', payload, timestampSeconds }),
  );
}

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, [
    '--quota',
    '1000000',
    '--rate',
    '1000000',
    '--daily-limit',
    '1000000',
  ]);
  await importPeople(data, [person]);
  writeFileSync(join(data, 'lineproof.json'), JSON.stringify({ logRequests: 'none' }), { mode: 0o600 });
  server = await startServer({ data });
  // Calls go on for as long as the backup takes.
  const client = await openClient(server.port);
  let copied = false;
  const calls = (async () => {
    let answered = 0;
    for (; !copied || answered < 50; answered += 1) await client.send(bytesOfCall(server));
    return answered;
  })();
  report = (await runJson(['backup', copy, '--data', data])) as Report;
  copied = true;
  assert.ok((await calls) >= 50);
  client.close();
});

test('a backup under load is verified, private and without the master key', () => {
  assert.equal(report.ledger.ok, true);
  assert.ok(report.ledger.entries > 0);
  assert.deepEqual(
    readdirSync(copy).sort(),
    [...report.files.map(({ name }) => name), 'manifest.json'].sort(),
  );
  assert.ok(!existsSync(join(copy, 'master.key')));
  assert.equal(statSync(copy).mode & 0o077, 0);
  for (const name of readdirSync(copy)) assert.equal(statSync(join(copy, name)).mode & 0o077, 0, name);
});

test('a directory that holds something is not written to', async () => {
  const { code, stderr } = await runCommand(['backup', copy, '--data', data]);
  assert.equal(code, 1);
  assert.match(stderr, /is not empty/);
});

test('the master key is included on demand only, and a key in the settings file never', async () => {
  const settings = join(data, 'lineproof.json');
  const before = readFileSync(settings);
  const hex = readFileSync(join(data, 'master.key'), 'utf8').trim();
  writeFileSync(settings, JSON.stringify({ masterKey: hex }), { mode: 0o600 });
  const without = join(root, 'without');
  const withKey = join(root, 'with');
  try {
    await runJson(['backup', without, '--data', data]);
    await runJson(['backup', withKey, '--with-master-key', '--data', data]);
  } finally {
    writeFileSync(settings, before);
  }
  for (const name of readdirSync(without)) assert.ok(!readFileSync(join(without, name)).includes(hex), name);
  assert.equal(readFileSync(join(withKey, 'master.key'), 'utf8').trim(), hex);
  const restored = join(root, 'restored-with');
  const answer = (await runJson(['restore', withKey, '--data', restored])) as { masterKeyPresent: boolean };
  assert.equal(answer.masterKeyPresent, true);
});

test('no option that is marked secret gets into a backup, and the report names those left out', async () => {
  const settings = join(data, 'lineproof.json');
  const before = readFileSync(settings);
  const secret = 'Zk9Qm3xLr8Tn2Vb7Wc5Yd1Hs6Jg4Pf0A';
  const hex = readFileSync(join(data, 'master.key'), 'utf8').trim();
  // Every secret option by the table, so that one added later is covered too; those of the key must work.
  const secrets = Object.fromEntries(
    SECRET_OPTIONS.map((name) => [name, OPTIONS[name].type === 'texts' ? { authorization: secret } : secret]),
  );
  const content = { ...secrets, masterKey: hex, masterKeyCommand: `echo ${hex}`, logRequests: 'none' };
  writeFileSync(settings, JSON.stringify(content), { mode: 0o600 });
  const target = join(root, 'without-secrets');
  let stdout: string;
  try {
    ({ stdout } = await runCommand(['backup', target, '--json', '--data', data]));
  } finally {
    writeFileSync(settings, before);
  }
  const { secretOptionsLeftOut } = JSON.parse(stdout) as { secretOptionsLeftOut: string[] };
  assert.deepEqual(secretOptionsLeftOut.sort(), [...SECRET_OPTIONS].sort());
  assert.ok(SECRET_OPTIONS.includes('metricsToken'));
  for (const name of readdirSync(target)) {
    const copied = readFileSync(join(target, name));
    assert.ok(!copied.includes(secret) && !copied.includes(hex), name);
  }
  assert.deepEqual(JSON.parse(readFileSync(join(target, 'lineproof.json'), 'utf8')), { logRequests: 'none' });
});

test('a restored directory serves: same key, same registry, a ledger that verifies', async () => {
  const restored = join(root, 'restored');
  const first = (await runJson(['restore', copy, '--data', restored])) as { masterKeyPresent: boolean };
  assert.equal(first.masterKeyPresent, false);
  const key = join(data, 'master.key');
  await runJson(['restore', copy, '--data', restored, '--force', '--master-key', key]);
  const again = await startServer({ data: restored });
  try {
    const client = await openClient(again.port);
    const answer = await client.send(bytesOfCall(again));
    client.close();
    assert.match(answer.body.toString(), /"Result":"0"/);
  } finally {
    assert.equal(await again.stop(), 0);
  }
  const verified = (await runJson(['ledger', 'verify', '--data', restored])) as {
    entries: number;
    ok: boolean;
  };
  assert.equal(verified.ok, true);
  assert.equal(verified.entries, report.ledger.entries + 1);
});

test('restore refuses a directory in use, one that holds data, and a key that does not fit', async () => {
  const serving = await runCommand(['restore', copy, '--data', data, '--force']);
  assert.equal(serving.code, 1);
  assert.match(serving.stderr, /a server runs on/);
  const taken = join(root, 'taken');
  await createAccount(taken);
  const full = await runCommand(['restore', copy, '--data', taken]);
  assert.equal(full.code, 1);
  assert.match(full.stderr, /is not empty/);
  const wrongKey = await runCommand(['restore', copy, '--data', taken, '--force']);
  assert.equal(wrongKey.code, 1);
  assert.match(wrongKey.stderr, /not the one/);
  // Refused means untouched.
  assert.equal(((await runJson(['account', 'list', '--data', taken])) as unknown[]).length, 1);
  assert.deepEqual(
    readdirSync(taken).filter((name) => name.startsWith('restoring-')),
    [],
  );
});

test('a restore that was killed on its way is finished by the next start, and until then nothing else touches the data', async () => {
  const target = join(root, 'killed');
  await createAccount(target);
  const key = join(data, 'master.key');
  for (const stepsBefore of [1, 4]) {
    const staging = join(target, 'restoring-x');
    cpSync(copy, staging, { recursive: true });
    rmSync(join(staging, 'manifest.json'));
    cpSync(key, join(staging, 'master.key'));
    const swap = swapFiles(
      { directory: target, names: readdirSync(staging), keptNames: ['master.key'] },
      staging,
    );
    for (let step = 0; step < stepsBefore; step += 1) swap.next();
    const other = await runCommand(['account', 'list', '--data', target]);
    assert.equal(other.code, 1);
    assert.match(other.stderr, /a restore into .* was interrupted: lineproof serve finishes it/);
    const again = await startServer({ data: target });
    assert.equal(await again.stop(), 0);
    const accounts = (await runJson(['account', 'list', '--data', target])) as { accountId: string }[];
    assert.deepEqual(
      accounts.map(({ accountId }) => accountId),
      [account.accountId],
    );
    assert.deepEqual(
      readdirSync(target).filter((name) => name.startsWith('resto')),
      [],
    );
  }
});

test('a backup that was altered, cut short or is none at all is refused, and nothing is left', async () => {
  const changes: Record<string, (directory: string) => void> = {
    altered: (directory) => appendFileSync(join(directory, 'ledger-heads.ndjson'), ' '),
    foreign: (directory) =>
      writeFileSync(
        join(directory, 'manifest.json'),
        JSON.stringify({ format: 1, files: [{ name: '../escape', bytes: 0, sha256: '' }] }),
      ),
    none: (directory) => writeFileSync(join(directory, 'manifest.json'), '{'),
  };
  for (const [name, change] of Object.entries(changes)) {
    const bad = join(root, name);
    cpSync(copy, bad, { recursive: true });
    change(bad);
    const target = join(root, `${name}-target`);
    const { code, stderr } = await runCommand(['restore', bad, '--data', target]);
    assert.equal(code, 1, name);
    assert.notEqual(stderr, '');
    assert.ok(!existsSync(target), name);
  }
});

test('a ledger that was tampered with is not backed up as if it were sound', async () => {
  const tampered = join(root, 'tampered');
  cpSync(copy, tampered, { recursive: true });
  writeFileSync(join(tampered, 'ledger-heads.ndjson'), '');
  const target = join(root, 'tampered-copy');
  const { code, stderr } = await runCommand(['backup', target, '--data', tampered]);
  assert.equal(code, 1);
  assert.match(stderr, /the ledger does not verify/);
  assert.ok(!existsSync(target));
});
