// The frame of the command line: exit codes, help, where words go, and the commands that only look or sign.

import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { loadCommands } from '../../src/cli/index.ts';
import { makeAttempt } from '../support/attempts.ts';
import { mainCommand, runCommand, runJson, runProgram } from '../support/command-line.ts';
import { openTestLedger } from '../support/ledgers.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const COMMANDS = await loadCommands();

const PIPE_BYTES = 65_536;
const person = makePerson(1);
let server: RunningServer;
let account: NewAccount;
after(() => server?.stop());
const root = makeTemporaryDirectory({ after });
const data = join(root, 'data');

before(async () => {
  mkdirSync(data, { mode: 0o700 });
  account = await createAccount(data, ['--quota', '100']);
  await importPeople(data, [person]);
  server = await startServer({ data });
});

test('wrong usage ends with 2 and says so on standard error only', async () => {
  const wrong: readonly (readonly string[])[] = [
    ['no-such-command'],
    ['doctor', '--no-such-flag'],
    ['doctor', 'surplus'],
    ['sign', 'MobileStatus'],
    ['sign', 'NoSuchAction', '--secret-id', 'a', '--secret-key', 'b'],
    ['sign', 'MobileStatus', '--secret-id', 'a', '--secret-key', 'b', '--input', '[]'],
    ['sign', 'MobileStatus', '--secret-id', 'a', '--secret-key', 'b', '--endpoint', 'ftp://x'],
    ['check', 'MobileStatus', '--data', data],
    ['check', 'MobileStatus', '--mobile', '13800138000', '--id-card', '1', '--data', data],
    ['serve', '--port', 'x', '--data', data],
    ['serve', '--region', 'nonsense', '--data', data],
    ['serve', '--tls-cert', 'cert.pem', '--port', '0', '--data', join(root, 'half-tls')],
    ['doctor', '--data', ''],
    ['doctor', '--config', join(root, 'none.json')],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await runCommand(args);
    assert.equal(code, 2, `${args.join(' ')}\n${stderr}`);
    assert.equal(stdout, '');
    assert.notEqual(stderr, '');
    assert.doesNotMatch(stderr, /\bat .*\.ts:\d/, 'no stack trace');
  }
});

test('what cannot be done ends with 1', async () => {
  for (const args of [
    ['check', 'GetCallerIdentity', '--data', data],
    ['check', 'CreateIntlPhoneEmail', '--data', data],
    ['check', 'MobileStatus', '--mobile', '13800138000', '--data', join(root, 'none')],
    ['doctor', '--data', join(root, 'none')],
    ['registry', 'stats', '--data', join(root, 'none')],
    ['serve', '--port', '0', '--data', data],
  ]) {
    const { code, stderr } = await runCommand(args);
    assert.equal(code, 1, `${args.join(' ')}\n${stderr}`);
    assert.doesNotMatch(stderr, /\bat .*\.ts:\d/, 'no stack trace');
  }
});

test('counting the registry shows how far it is', async () => {
  const { stdout, stderr } = await runCommand(['registry', 'stats', '--data', data, '--json']);
  assert.equal((JSON.parse(stdout) as { rows: number }).rows, 1);
  assert.equal(stderr, 'counting 100%\n');
});

test('help names every command; a command names its options and examples', async () => {
  const { code, stdout } = await runCommand(['--help']);
  assert.equal(code, 0);
  for (const { name } of COMMANDS) assert.match(stdout, new RegExp(`^  ${name.split(' ')[0]}\\b`, 'm'));
  for (const { name, options = [], examples } of COMMANDS.filter(({ name: one }) =>
    ['serve', 'sign', 'account create', 'backup'].includes(one),
  )) {
    const help = await runCommand([...name.split(' '), '--help']);
    assert.equal(help.code, 0);
    for (const { flags } of options) assert.ok(help.stdout.includes(flags), flags);
    for (const example of examples) assert.ok(help.stdout.includes(`lineproof ${example}`), example);
    for (const flag of ['--data <DIR>', '--json', '--config <FILE>']) assert.ok(help.stdout.includes(flag));
  }
});

test('a second serve is refused by name of the process that serves', async () => {
  const { stderr } = await runCommand(['serve', '--port', '0', '--data', data]);
  assert.match(stderr, new RegExp(`process ${server.pid}\\b`));
});

test('a signed command works when pasted, and shows no secret', async () => {
  const input = JSON.stringify({ Mobile: person.number });
  const { stdout, code } = await runCommand([
    ...['sign', 'MobileStatus', '--input', input, '--endpoint', server.url, '--data', data],
    ...['--secret-id', account.secretId, '--secret-key', account.secretKey],
  ]);
  assert.equal(code, 0);
  assert.match(stdout, /^curl /);
  assert.ok(!stdout.includes(account.secretKey));
  for (const shell of ['sh', 'bash']) {
    const answer = await runProgram(shell, ['-c', stdout], { env: { no_proxy: '*' }, cwd: '/' });
    assert.match(answer.stdout, /"Result":"0"/, answer.stderr);
  }
});

test('quotes in the input of sign survive the shell', async () => {
  const received: string[] = [];
  const sink = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => received.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  try {
    const endpoint = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
    const input = JSON.stringify({ Name: `O'Neil "$HOME" \`id\` \\ 张三` });
    const { stdout } = await runCommand([
      ...['sign', 'CheckPhoneAndName', '--input', input, '--endpoint', endpoint],
      ...['--secret-id', 'a', '--secret-key', 'b'],
    ]);
    await runProgram('sh', ['-c', stdout], { env: { no_proxy: '*' } });
    assert.equal(received.join(''), input);
  } finally {
    sink.close();
  }
});

test('check asks the registry by either name of the action, and nothing is charged', async () => {
  const before = await runJson(['ledger', 'verify', '--data', data]);
  const asked = [
    '--mobile',
    person.number,
    '--name',
    person.name,
    '--id-card',
    person.idCard,
    '--data',
    data,
  ];
  for (const action of ['PhoneVerification', 'identity-match']) {
    const answer = (await runJson(['check', action, ...asked])) as Record<string, unknown>;
    assert.equal(answer.outcome, 'match');
    assert.equal(answer.result, '0');
    assert.equal(answer.charged, true);
  }
  const wrong = ['--mobile', person.number, '--name', '某某某', '--data', data];
  const answer = (await runJson(['check', 'CheckPhoneAndName', ...wrong])) as Record<string, unknown>;
  assert.equal(answer.outcome, 'mismatch');
  const after = await runJson(['ledger', 'verify', '--data', data]);
  assert.equal((after as { entries: number }).entries, (before as { entries: number }).entries);
});

test('doctor finds nothing wrong while the server runs, then names what was broken', async () => {
  const well = (await runJson(['doctor', '--data', data])) as { ok: boolean };
  assert.equal(well.ok, true);
  const ill = join(root, 'ill');
  await createAccount(ill);
  chmodSync(join(ill, 'accounts.db'), 0o644);
  writeFileSync(join(ill, 'master.key'), `${'ab'.repeat(32)}\n`);
  const { code, stdout } = await runCommand([
    'doctor',
    '--data',
    ill,
    '--json',
    '--config',
    writeConfig(server.port),
  ]);
  assert.equal(code, 1);
  const { checks } = JSON.parse(stdout) as { checks: { level: string; subject: string; mend?: string }[] };
  const problems = checks.filter(({ level }) => level === 'problem');
  assert.deepEqual(problems.map(({ subject }) => subject).sort(), ['file modes', 'master key', 'port']);
  assert.ok(problems.every(({ mend }) => mend !== undefined));
});

test('doctor names an Isp that is given to a carrier which no record has', async () => {
  const config = join(root, 'isp.json');
  writeFileSync(config, JSON.stringify({ ispNames: { 'en.mobil': 'x', 'en.broadnet': 'cbn' } }));
  const { checks } = (await runJson(['doctor', '--data', data, '--config', config])) as {
    checks: { level: string; finding: string }[];
  };
  const named = checks.filter(({ finding }) => finding.includes('isp-names'));
  assert.deepEqual(
    named.map(({ level, finding }) => [level, /'(.*)'/.exec(finding)?.[1]]),
    [['warning', 'en.mobil']],
  );
});

test('doctor names a variable that is no setting, and the setting that may have been meant', async () => {
  const env = { LINEPROOF_MASTERKEY: 'Zk9Qm3xL' };
  const { code, stdout, stderr } = await runCommand(['doctor', '--data', data], { env });
  assert.equal(code, 0);
  assert.match(stdout, /^warning settings: .*LINEPROOF_MASTERKEY .*LINEPROOF_MASTER_KEY\?\n +-> /m);
  assert.ok(!`${stdout}${stderr}`.includes('Zk9Qm3xL'));
});

test('doctor sees a damaged database', async () => {
  const broken = join(root, 'broken');
  await createAccount(broken);
  writeFileSync(join(broken, 'accounts.db'), 'this is no database'.repeat(100));
  const { code, stdout } = await runCommand(['doctor', '--data', broken]);
  assert.equal(code, 1);
  assert.match(stdout, /PROBLEM accounts\.db: cannot be read/);
});

test('doctor names a file with damaged pages in one line, says how to mend it, and looks at all the rest', async () => {
  const damaged = join(root, 'damaged-pages');
  await createAccount(damaged);
  await importPeople(damaged, [person]);
  overwritePages(join(damaged, 'registry.db'));
  chmodSync(join(damaged, 'accounts.db'), 0o644);
  const { code, stdout } = await runCommand(['doctor', '--data', damaged]);
  assert.equal(code, 1, stdout);
  assert.equal(stdout.match(/registry\.db: /g)?.length, 1, stdout);
  assert.match(stdout, /PROBLEM registry\.db: cannot be read: .*\n +-> .*lineproof restore DIR/);
  assert.match(stdout, /PROBLEM file modes: .*accounts\.db/);
  for (const subject of ['master key', 'accounts', 'ledger', 'port'])
    assert.match(stdout, new RegExp(`^\\w+ +${subject}: `, 'm'));
});

test('a command that meets damaged pages names the file and says how to mend it', async () => {
  const damaged = join(root, 'damaged-for-commands');
  await createAccount(damaged);
  await importPeople(damaged, [person]);
  overwritePages(join(damaged, 'registry.db'));
  const { code, stderr } = await runCommand(['registry', 'stats', '--data', damaged]);
  assert.equal(code, 1);
  assert.ok(stderr.includes(join(damaged, 'registry.db')), stderr);
  assert.match(stderr, /lineproof restore DIR/);
});

/** All but the first, so that the schema can still be read. */
function overwritePages(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get() as { page_size: number };
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0x5a, pageBytes);
  writeFileSync(path, bytes);
}

test('doctor names the first entry or the account of a ledger that was altered', async () => {
  const altered = join(root, 'altered-ledger');
  await createAccount(altered, ['--quota', '10']);
  const alter = (sql: string): void => {
    const database = new DatabaseSync(join(altered, 'ledger.db'));
    database.exec(sql);
    database.close();
  };
  const examine = () => runCommand(['doctor', '--data', altered]);
  assert.match((await examine()).stdout, /^(ok|warning) +ledger: /m);
  alter('UPDATE funds SET amount = amount + 1');
  const funds = await examine();
  assert.equal(funds.code, 1, funds.stdout);
  assert.match(funds.stdout, /PROBLEM ledger: account \d+ has \d+ of .*\n +-> .*lineproof restore DIR/);
  alter('UPDATE funds SET amount = amount - 1; UPDATE entries SET amount = amount + 1 WHERE seq = 2');
  const entries = await examine();
  assert.equal(entries.code, 1, entries.stdout);
  assert.match(entries.stdout, /PROBLEM ledger: entry 2 was altered/);
});

test('doctor names heads of the ledger that cannot be read', async () => {
  const torn = join(root, 'unreadable-heads');
  await createAccount(torn);
  appendFileSync(join(torn, 'ledger-heads.ndjson'), 'this is no head\n');
  const { code, stdout } = await runCommand(['doctor', '--data', torn]);
  assert.equal(code, 1);
  assert.match(stdout, /PROBLEM ledger: a line of .*ledger-heads\.ndjson cannot be read/);
});

function writeConfig(port: number): string {
  const path = join(root, 'busy-port.json');
  writeFileSync(path, JSON.stringify({ port }));
  return path;
}

test('check answers as a server with these settings would', async () => {
  const ask = async (...flags: string[]) => {
    const asked = ['check', 'line-tenure', '--mobile', person.number, '--data', data];
    return ((await runJson([...asked, ...flags])) as { output: { range: string } }).output.range;
  };
  assert.equal(await ask('--tenure-months', '0,1'), '[1,+)');
  assert.equal(await ask('--tenure-months', '0,2'), '[2,+)');
});

test('a reader that has had enough ends what writes to it, quietly', async () => {
  const own = join(root, 'piped');
  const csv = join(root, 'piped.csv');
  await runJson(['registry', 'generate', '--rows', '20000', '--seed', '1', '--out', csv, '--data', own]);
  await runJson(['registry', 'import', csv, '--data', own]);
  const line = (...args: string[]) => [process.execPath, ...mainCommand([...args, '--data', own])].join(' ');
  for (const command of [
    line('registry', 'export', '-'),
    line('registry', 'generate --rows 200000 --seed 1'),
  ]) {
    const script = `{ ${command}; echo "ended with $?" >&2; } | head -n 1`;
    const { stdout, stderr } = await runProgram('sh', ['-c', script]);
    assert.match(stdout, /^msisdn,status/);
    assert.match(stderr, /ended with 0/);
    assert.doesNotMatch(stderr, /EPIPE/);
  }
});

test('a reader that has had enough of calls ends their export quietly', async (t) => {
  const own = makeTemporaryDirectory(t);
  const { accountId } = await createAccount(own);
  await settleCalls(own, 2000);
  for (const [command, start] of [
    ['ledger export', /^seq,/],
    ['ledger export --format ndjson', /^\{"seq":1,/],
    [`usage export --account ${accountId}`, /^Usage ID,/],
  ] as const) {
    const line = [process.execPath, ...mainCommand([command, '--data', own])].join(' ');
    // More than a pipe holds: what nobody reads must not hold the command up.
    const whole = await runProgram('sh', ['-c', line]);
    assert.ok(whole.stdout.length > 3 * PIPE_BYTES, `${command}: ${whole.stdout.length}`);
    const script = `{ ${line}; echo "ended with $?" >&2; } | head -c 20`;
    const { stdout, stderr } = await runProgram('sh', ['-c', script]);
    assert.match(stdout, start);
    assert.match(stderr, /ended with 0/, command);
    assert.doesNotMatch(stderr, /EPIPE|Warning/);
  }
});

async function settleCalls(directory: string, count: number): Promise<void> {
  const ledger = await openTestLedger({
    ledgerPath: join(directory, 'ledger.db'),
    callsPath: join(directory, 'calls.db'),
    headsPath: join(directory, 'ledger-heads.ndjson'),
  });
  for (let done = 0; done < count; done += 200)
    await Promise.all(Array.from({ length: 200 }, () => ledger.settle(makeAttempt({ priceMinor: 0 }))));
  await ledger.close();
}

test('a reader that is gone before the first word ends help, results and errors quietly', async () => {
  for (const [code, ...args] of [
    [0, 'serve', '--help'],
    [0, 'account', 'list', '--json', '--data', data],
    [0, 'ledger', 'export', '--data', data],
    [1, 'registry', 'stats', '--data', join(root, 'none')],
    [2, 'no-such-command'],
  ] as const) {
    const line = [process.execPath, ...mainCommand(args)].join(' ');
    const script = `{ ${line} 2>&1; echo "ended with $?" >&3; } 3>&2 | true`;
    const { stderr } = await runProgram('sh', ['-c', script]);
    assert.equal(stderr, `ended with ${code}\n`, args.join(' '));
  }
});

test('deleting by a file shows how far it is', async () => {
  const own = join(root, 'piped');
  const file = join(root, 'leavers.txt');
  writeFileSync(file, '13800138000\n');
  const { code, stderr } = await runCommand(['registry', 'delete', file, '--data', own]);
  assert.equal(code, 0);
  assert.match(stderr, /reading 100%\n.*deleting 100%/s);
});

test('results go to standard output and nothing else does: progress and notes go to standard error', async () => {
  const own = join(root, 'piped');
  const out = join(root, 'words.csv');
  const generate = ['registry', 'generate', '--rows', '10', '--seed', '1', '--out', out, '--data', own];
  const text = await runCommand(generate);
  assert.equal(text.stdout, `10 rows in ${out}\n`);
  assert.match(text.stderr, /^generating \d+%$/m);
  const json = await runCommand([...generate, '--json']);
  assert.deepEqual(JSON.parse(json.stdout), { rows: 10, seed: 1, file: out });
  assert.match(json.stderr, /^generating \d+%$/m);
  const exported = await runCommand(['ledger', 'export', '--data', data]);
  assert.match(exported.stdout.split('\n')[0] ?? '', /^seq,/);
  assert.match(exported.stderr, /^\d+ entries$/m);
  assert.doesNotMatch(exported.stdout, /entries/);
});
