// Everything a running installation leaves on disk is searched for the names, ID cards and secrets that went through it.

import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faceid } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/index.js';
import { kms } from 'tencentcloud-sdk-nodejs/tencentcloud/services/kms/index.js';
import { CHECK_1E, CHECK_2E, CHECK_3E, callAceData } from '../support/call-acedata.ts';
import { runCommand } from '../support/command-line.ts';
import { runJsonWithin } from '../support/command-within.ts';
import { findTraces, listFiles } from '../support/find-traces.ts';
import { exchange } from '../support/http-client.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const people = Array.from({ length: 24 }, (_, index) =>
  makePerson(index, index % 5 === 0 ? 'suspended' : 'normal'),
);
/** Never in the registry: only asked about. */
const strangers = Array.from({ length: 4 }, (_, index) => makePerson(100 + index));
const IV = 'zyxwvu9876543210';

/** The directory that everything is left in, and the texts that must not be there. */
const root = makeTemporaryDirectory({ after });
const left = join(root, 'left');
const secrets: string[] = [];
const numbers = [...people, ...strangers].map(({ number }) => number);

before(async () => {
  for (const name of ['http_proxy', 'https_proxy']) delete process.env[name];
  const data = join(left, 'data');
  mkdirSync(left);
  mkdirSync(data, { mode: 0o700 });
  for (const person of [...people, ...strangers]) secrets.push(person.name, person.idCard);

  const account = await createAccount(data, ['--quota', '1000', '--rate', '1000']);
  const sandbox = await createAccount(data, ['--sandbox']);
  secrets.push(account.secretKey, sandbox.secretKey, account.token, sandbox.token);
  await importPeople(data, people.slice(0, 20));

  const server = await startServer({ data, args: ['--log-level', 'trace', '--log-requests', 'all'] });
  try {
    // A second import while the server runs, with rows that are refused for their ID card.
    await importPeople(data, people.slice(10));
    const bad = makePerson(200);
    const badIdCard = `${bad.idCard.slice(0, 17)}${bad.idCard[17] === '0' ? '1' : '0'}`;
    const refused = join(root, 'refused.csv');
    writeFileSync(
      refused,
      `msisdn,status,name,id_card\n${bad.number},normal,${bad.name},${badIdCard}\n"unclosed,${bad.name}\n`,
    );
    secrets.push(bad.name, badIdCard);
    const refusal = await runCommand(['registry', 'import', refused, '--data', data, '--json']);
    assert.equal(refusal.code, 1, 'nothing of the file was accepted');
    const { rejected, rejectedFile } = JSON.parse(refusal.stdout) as {
      rejected: number;
      rejectedFile: string;
    };
    assert.ok(rejected >= 1);
    appendFileSync(join(left, 'rejected'), await readText(rejectedFile));

    await callEverything(server.port, account);
    await callEverything(server.port, sandbox);
    for (const { token } of [account, sandbox]) await callWithToken(server.port, token);
    await provokeFaults(server.port, account.secretId);

    for (const format of ['csv', 'ndjson']) {
      const exported = await runCommand(['ledger', 'export', '--format', format, '--data', data]);
      assert.equal(exported.code, 0, exported.stderr);
      assert.ok(exported.stdout.split('\n').length > 20, 'the export has no entries');
      writeFileSync(join(left, `ledger.${format}`), exported.stdout);
    }
    await runJsonWithin(['registry', 'export', join(left, 'registry.csv'), '--data', data]);
    await runJsonWithin(['backup', join(left, 'backup'), '--data', data]);
    writeFileSync(join(left, 'metrics'), await (await fetch(`${server.url}/metrics`)).text());
    for (const command of [
      ['account', 'show', account.accountId],
      ['account', 'list'],
      ['doctor'],
      ['registry', 'stats'],
    ]) {
      const { stdout, stderr } = await runCommand([...command, '--data', data]);
      appendFileSync(join(left, 'commands'), stdout + stderr);
    }
    // Everything as it lies there after kill -9, write-ahead logs included.
    await server.kill();
  } finally {
    await server.kill();
    writeFileSync(join(left, 'server.log'), server.stdout() + server.stderr());
  }
});

async function readText(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}

async function callEverything(
  port: number,
  credential: { secretId: string; secretKey: string },
): Promise<void> {
  const configuration = (signMethod: 'TC3-HMAC-SHA256' | 'HmacSHA256', reqMethod: 'GET' | 'POST') => ({
    credential: { secretId: credential.secretId, secretKey: credential.secretKey },
    region: '',
    profile: { signMethod, httpProfile: { endpoint: `127.0.0.1:${port}`, protocol: 'http://', reqMethod } },
  });
  const ignore = (): void => {};
  const keys = new kms.v20190118.Client(configuration('TC3-HMAC-SHA256', 'POST'));
  const { KeyId = '' } = await keys.CreateKey({ Alias: `scan-${port}-${credential.secretId.slice(-8)}` });
  const { Plaintext = '', CiphertextBlob = '' } = await keys.GenerateDataKey({ KeyId, KeySpec: 'AES_256' });
  secrets.push(Plaintext);
  const encrypt = (text: string): string => {
    const cipher = createCipheriv('aes-256-cbc', Buffer.from(Plaintext, 'base64'), Buffer.from(IV));
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
  for (const [signMethod, reqMethod] of [
    ['TC3-HMAC-SHA256', 'POST'],
    ['TC3-HMAC-SHA256', 'GET'],
    ['HmacSHA256', 'GET'],
    ['HmacSHA256', 'POST'],
  ] as const) {
    const client = new faceid.v20180301.Client(configuration(signMethod, reqMethod));
    for (const { number, name, idCard } of [...people.slice(0, 4), ...strangers]) {
      await client.MobileStatus({ Mobile: number }).catch(ignore);
      await client.PhoneVerification({ Phone: number, Name: name, IdCard: idCard }).catch(ignore);
      await client.PhoneVerification({ Phone: number, Name: name, IdCard: `${idCard}7` }).catch(ignore);
      await client.CheckPhoneAndName({ Mobile: number, Name: name }).catch(ignore);
      const unknown = { Phone: number, Name: name, IdCard: idCard, [name]: idCard } as never;
      await client.PhoneVerification(unknown).catch(ignore);
      await client
        .PhoneVerification({ Phone: [name], Name: number, IdCard: { [idCard]: name } } as never)
        .catch(ignore);
    }
  }
  const client = new faceid.v20180301.Client(configuration('TC3-HMAC-SHA256', 'POST'));
  for (const { number, name, idCard } of [...people.slice(4, 8), ...strangers]) {
    const sealed = { CiphertextBlob, EncryptList: ['Phone', 'Name', 'IdCard'], Iv: IV };
    const fields = { Phone: encrypt(number), Name: encrypt(name), IdCard: encrypt(idCard) };
    await client.PhoneVerification({ ...fields, ...sealed }).catch(ignore);
    await client.PhoneVerification({ ...fields, ...sealed, Name: name }).catch(ignore);
  }
}

/** The calls of the bearer protocol, good and bad ones. */
async function callWithToken(port: number, token: string): Promise<void> {
  for (const { number, name, idCard } of [...people.slice(8, 12), ...strangers]) {
    const three = { phone: number, name, id_card: idCard };
    const calls = [
      { path: CHECK_1E, body: { mobile: number } },
      { path: CHECK_2E, body: { mobile: number, name } },
      { path: CHECK_3E, body: three },
      { path: CHECK_3E, body: { ...three, id_card: `${idCard}7`, [name]: idCard } },
      { path: CHECK_3E, body: { ...three, verify_mode: name, encryption: name } },
      { path: CHECK_3E, body: { ...three, encrypt_list: [name], ciphertext_blob: idCard, iv: name } },
      { path: CHECK_2E, body: `{"name":"${name}","mobile":"${number}"` },
      { path: `/identity/${encodeURIComponent(name)}?id_card=${idCard}`, body: three },
    ];
    for (const call of calls) {
      await callAceData(port, { token, ...call });
      await callAceData(port, { token: `${token}${idCard}`, ...call });
    }
  }
}

function readMasterKey(): Buffer {
  const key = Buffer.from(readFileSync(join(left, 'data', 'master.key'), 'utf8').trim(), 'hex');
  assert.equal(key.length, 32);
  return key;
}

/** Requests that end in errors while they carry personal data: in paths, hosts, broken JSON, headers. */
async function provokeFaults(port: number, secretId: string): Promise<void> {
  const { name, idCard, number } = strangers[0] ?? makePerson(100);
  const words = encodeURIComponent(`${name} ${idCard} ${number}`);
  const body = `{"Phone":"${number}","Name":"${name}","IdCard":"${idCard}"`;
  const requests = [
    `GET /?Action=PhoneVerification&Name=${words}&SecretId=${secretId} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /nowhere/${words}?q=${words} HTTP/1.1\r\nHost: ${words}\r\nReferer: ${words}\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: x\r\nX-TC-Action: ${words}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    `POST /${words} HTTP/1.1\r\nHost: x\r\nContent-Type: ${words}\r\nContent-Length: 2\r\n\r\n{}`,
    `GARBAGE ${name} ${idCard}\r\n\r\n`,
  ];
  for (const request of requests) await exchange(port, Buffer.from(request));
}

test('no name, ID card, secret, token or data key is in any file left behind', () => {
  const files = listFiles(left).map((file) => file.slice(left.length));
  for (const wanted of [
    /ledger\.db$/,
    /registry\.db$/,
    /accounts\.db$/,
    /backup\/.*ledger/,
    /server\.log$/,
    /registry\.csv$/,
  ])
    assert.ok(
      files.some((file) => wanted.test(file)),
      `${wanted} is not among ${files.join(' ')}`,
    );
  assert.ok(secrets.every((secret) => secret.length >= 2));
  assert.deepEqual(findTraces(left, secrets), []);
});

test('the master key is in no file but its own, neither as text nor as bytes', () => {
  const own = join(left, 'data', 'master.key');
  const places = (key: Buffer) => [...new Set(findTraces(left, [key]).map(({ file }) => file))];
  assert.deepEqual(places(readMasterKey()), [own]);
});

test('no number is in logs, metrics, ledger, call log or their exports', () => {
  const places = findTraces(left, numbers)
    .map(({ file, form }) => `${file.slice(left.length)} as ${form}`)
    // The registry is about numbers; its export and backup too.
    .filter((place) => !/registry[^/]*$/.test(place) || /log/.test(place));
  assert.deepEqual(places, []);
});

test('a planted master key is found in the same files', () => {
  const key = readMasterKey();
  for (const [file, text] of [
    ['server.log', key.toString('base64')],
    ['data/accounts.db', key],
    ['backup/planted-key', key.toString('hex').toUpperCase()],
  ] as const) {
    appendFileSync(join(left, file), text);
    assert.ok(findTraces(left, [key]).some((trace) => trace.file.endsWith(file)));
  }
});

test('a planted name is found in the same files', () => {
  const planted = people[7]?.name ?? '';
  for (const [file, text] of [
    ['server.log', planted],
    ['data/ledger.db', Buffer.from(`x${planted}`).toString('base64')],
    ['backup/planted', Buffer.from(planted, 'utf16le')],
  ] as const) {
    appendFileSync(join(left, file), text);
    assert.ok(findTraces(left, [planted]).some((trace) => trace.file.endsWith(file)));
  }
});
