// /openapi.json against an independent validator; every operation in it called with its own example, on things that were
// really made just before; and every answer held against its documented schema.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createWebhookSigner } from '../../src/codecs/webhook-signature.ts';
import { callOverWire } from '../support/call-over-wire.ts';
import { createAccount, type NewAccount, runJson } from '../support/command-line.ts';
import {
  type DocumentedCall,
  type Operation,
  type ReadDocument,
  readDocument,
} from '../support/documented-operations.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { registerSecured, totpNow } from '../support/secured-person.ts';
import { sendFile } from '../support/send-file.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

const PASSWORD = 'seven green bicycles';
const MANY =
  '{"register.caller":1000,"code.caller":1000,"login.caller":1000,"reset.caller":1000,"change.caller":1000}';
const CODE_WITHIN_MS = 10_000;
const GATEWAY_SECRET = 'of the gateway';

/** What stands in for the parts of an example that can be known only when it is sent. */
interface Filled {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of JSON. */
  readonly file?: string;
}

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let document: ReadDocument;
let sandbox: NewAccount;
let operator: Record<string, string>;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;
const subscriber = makePerson(1);
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

before(async () => {
  server = await startServer({
    data,
    args: [
      ...[...QUICK_PASSWORDS, '--attempt-limits', MANY, '--gateway-url', 'http://127.0.0.1:9'],
      ...['--code-channels', '{"phone":"outbox,webhook","email":"outbox"}'],
    ],
    env: { LINEPROOF_GATEWAY_SECRET: GATEWAY_SECRET },
  });
  client = createManagementClient(server.port);
  await importPeople(data, [subscriber]);
  sandbox = await createAccount(data, ['--sandbox']);
  const made = (await runJson(['operator', 'token', 'create', 'root', '--data', data])) as { token: string };
  operator = bearer(made.token);
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  document = await readDocument(server.url);
});

test('the description is valid OpenAPI 3.1, says an independent validator', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document.raw) as never);
  assert.equal(valid, true, JSON.stringify(errors));
});

test('each operation has its own name, an example wherever it takes a body, and says who may call', () => {
  const operations = document.calls.map(({ operation }) => operation);
  assert.ok(operations.length > 40);
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const { operationId, security, requestBody } of operations) {
    assert.ok(security.length > 0, operationId);
    const examples = requestBody?.content['application/json']?.examples;
    assert.ok(examples === undefined || Object.keys(examples).length > 0, operationId);
  }
});

test('every operation answers its own example with its documented success and a body of its documented schema', async () => {
  const ann = await signUpPerson(server, client, 'ann@example.org');
  const ask = async (
    line: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = ann.headers,
  ) => {
    const { status, text, json } = await client.call(line, {
      headers,
      ...(body === undefined ? {} : { body }),
    });
    assert.ok(status < 300, `${line}: ${text}`);
    return json;
  };
  const makeOperatorLink = async () => {
    const { link } = (await runJson(['operator', 'link', '--data', data])) as { link: string };
    return new URL(link).hash.slice(1);
  };
  const makeCredential = () => ask('POST /credentials', { caps: { calls_per_day: 7 } });
  const makeApplication = async () => {
    const { items } = (await ask('GET /applications?service_id=identity-match')) as {
      items: { id: string }[];
    };
    return items[0] ?? (await ask('POST /applications', { service_id: 'identity-match' }));
  };
  const ofAccount = (accountId: string) => ({ parameters: { id: accountId } });
  const ofCredential = async () => ({ parameters: { id: String((await makeCredential()).id) } });
  const ofAnn = async () => ofAccount(ann.accountId);
  const ofCredentialOfAnn = async () => ({
    parameters: { id: ann.accountId, credential_id: String((await makeCredential()).id) },
  });
  let people = 0;
  const nextEmail = () => `person-${++people}@example.org`;
  const meetSomebody = async () => ({ headers: (await signUpPerson(server, client, nextEmail())).headers });
  /** Somebody who may lose sessions and authenticator without disturbing the other calls. */
  const ofSecured = async () => {
    const secured = { email: nextEmail(), password: PASSWORD };
    const { headers } = await registerSecured(server, client, secured);
    const { account_id: id } = await ask('GET /people/session', undefined, headers);
    return ofAccount(String(id));
  };
  /** Rows of usage and an application that was used: as real as an answer can be. */
  const callLive = async () => {
    const application = await makeApplication();
    const { token } = await ask('POST /credentials', { application_id: application.id });
    const answer = await fetch(`${server.url}/identity/phone/check-2e`, {
      method: 'POST',
      headers: bearer(token),
      body: JSON.stringify({ name: subscriber.name, mobile: subscriber.number }),
    });
    assert.equal(answer.status, 200);
    return {};
  };

  /** A request whose signature is refused, as its key's owner finds it again. */
  const failToSign = async () => {
    const { secret_id: secretId } = await makeCredential();
    const key = { secretId: String(secretId), secretKey: 'another' };
    const { Error: refused } = await callOverWire(server.port, key, { payload: '{"Mobile":"13800138000"}' });
    assert.equal(refused?.Code, 'AuthFailure.SignatureFailure');
    return {};
  };

  /** Also what nobody has checked yet. */
  const startInSandbox = async () => {
    const headers = bearer(sandbox.token);
    const { id } = await ask('POST /verifications', { to: '18766554433' }, headers);
    return { headers, parameters: { id: String(id) } };
  };

  const newestJob = async () => {
    const { items } = (await ask('GET /operator/jobs?limit=1', undefined, operator)) as {
      items: { id: string }[];
    };
    return items[0]?.id ?? '';
  };

  /** The one line of this test again, and one that is rejected. */
  const file = `msisdn,status,name,as_of\n${subscriber.number},normal,${subscriber.name},2026-01-01\n1,normal,,\n`;
  const uploadFile = async () => String((await sendFile(server.url, operator, file)).json.id);
  const importFile = async () => {
    await watchJob(client, operator, await newestJob());
    const body = { upload_id: await uploadFile() };
    const { id } = await ask('POST /operator/registry/imports', body, operator);
    await watchJob(client, operator, id);
    return String(id);
  };

  /** By operation; the others are called with nothing but their example. */
  const fill: Readonly<Record<string, () => Promise<Filled>>> = {
    async confirm() {
      const email = nextEmail();
      await ask('POST /people/register', { email, password: PASSWORD }, {});
      return { body: { email, code: await codeMailedTo(server, email) } };
    },
    logout: meetSomebody,
    'logout-everywhere': meetSomebody,
    'logout-others': meetSomebody,
    async 'session-end'() {
      const { headers } = await meetSomebody();
      const { items } = (await ask('GET /people/sessions', undefined, headers)) as {
        items: { id: string }[];
      };
      return { headers, parameters: { id: items[0]?.id ?? '' } };
    },
    'password-change': meetSomebody,
    async 'password-reset'() {
      const email = nextEmail();
      await signUpPerson(server, client, email);
      const first = await codeMailedTo(server, email);
      await ask('POST /people/password/reset-request', { email }, {});
      return { body: { email, code: await codeAfter(first, email) } };
    },
    'totp-setup': meetSomebody,
    async 'totp-enable'() {
      const { headers } = await meetSomebody();
      const { secret } = await ask('POST /people/totp/setup', { password: PASSWORD }, headers);
      return { headers, body: { code: totpNow(String(secret)) } };
    },
    async 'totp-disable'() {
      const { headers, recoveryCodes } = await registerSecured(server, client, {
        email: nextEmail(),
        password: PASSWORD,
      });
      return { headers, body: { code: recoveryCodes[0] } };
    },
    'platform-token-me': async () => ({ headers: bearer((await ask('POST /platform-tokens', {})).token) }),
    'platform-token-delete': async () => ({
      parameters: { id: String((await ask('POST /platform-tokens', {})).id) },
    }),
    application: async () => ({ parameters: { id: String((await makeApplication()).id) } }),
    'application-list': callLive,
    credential: ofCredential,
    'credential-change': ofCredential,
    'credential-rotate': ofCredential,
    'credential-delete': ofCredential,
    'explorer-call': async () => ({
      body: { credential_id: (await ask('POST /credentials', { sandbox: true })).id },
    }),
    'explorer-failures': failToSign,
    async 'explorer-diagnose'() {
      await failToSign();
      const { items } = (await ask('GET /explorer/failures')) as { items: { id: string }[] };
      return { body: { failure_id: items[0]?.id } };
    },
    'usage-list': callLive,
    'usage-aggregate': callLive,
    'usage-export': callLive,
    'verification-check': startInSandbox,
    verification: startInSandbox,
    async receipt() {
      const { operation } = callNamed(document, 'receipt');
      const [example] = Object.values(operation.requestBody?.content['application/json']?.examples ?? {});
      const text = JSON.stringify(example?.value);
      return { headers: createWebhookSigner(GATEWAY_SECRET)(text, Date.now()) };
    },
    async 'webhook-secret-rotate'() {
      await ask('PATCH /message-settings', { webhookUrl: 'https://shop.example/hooks' });
      return {};
    },
    async 'template-delete'() {
      const text = { kind: 'phone', language: 'en', text: 'Enter {code}' };
      await ask('POST /templates', { name: 'login', ...text });
      return { parameters: { name: 'login' } };
    },
    'operator-enter': async () => ({ body: { link: await makeOperatorLink() } }),
    async 'operator-leave'() {
      const { cookie } = await client.call('POST /operator/session', {
        body: { link: await makeOperatorLink() },
      });
      return { headers: client.withSession(cookie) };
    },
    account: ofAnn,
    'account-verify': async () => ofAccount((await createAccount(data, ['--unverified'])).accountId),
    'account-suspend': async () => ofAccount((await createAccount(data)).accountId),
    async 'account-resume'() {
      const { accountId } = await createAccount(data);
      await ask(`POST /operator/accounts/${accountId}/suspend`, undefined, operator);
      return ofAccount(accountId);
    },
    'account-limits': ofAnn,
    'account-top-up': ofAnn,
    'account-grant-quota': ofAnn,
    'account-credential-list': ofAnn,
    'account-credential-rotate': ofCredentialOfAnn,
    'account-credential-revoke': ofCredentialOfAnn,
    'account-application-list': ofAnn,
    'account-token-list': ofAnn,
    async 'account-token-revoke'() {
      const { id } = await ask('POST /platform-tokens', {});
      return { parameters: { id: ann.accountId, token_id: String(id) } };
    },
    'account-tokens-revoke': ofAnn,
    'account-session-list': ofAnn,
    async 'account-session-end'() {
      const { parameters } = await ofSecured();
      const { items } = (await ask(
        `GET /operator/accounts/${parameters.id}/sessions`,
        undefined,
        operator,
      )) as { items: { id: string }[] };
      return { parameters: { ...parameters, session_id: items[0]?.id ?? '' } };
    },
    async 'operator-token-revoke'() {
      const { id } = (await runJson(['operator', 'token', 'create', 'gone', '--data', data])) as {
        id: number;
      };
      return { parameters: { id: String(id) } };
    },
    'account-sessions-end': ofSecured,
    'account-totp-remove': ofSecured,
    'registry-upload': async () => ({ file, headers: { ...operator, 'content-type': 'text/csv' } }),
    'registry-upload-discard': async () => ({ parameters: { id: await uploadFile() } }),
    async 'registry-import'() {
      await importFile();
      return { body: { upload_id: await uploadFile() } };
    },
    'registry-import-rejected': async () => ({ parameters: { id: await importFile() } }),
    'job-show': async () => ({ parameters: { id: await newestJob() } }),
    async 'job-cancel'() {
      await watchJob(client, operator, await newestJob());
      const { id } = await ask('POST /operator/registry/statistics', undefined, operator);
      return { parameters: { id: String(id) } };
    },
  };
  const unused = Object.keys(fill).filter((name) =>
    document.calls.every((one) => one.operation.operationId !== name),
  );
  assert.deepEqual(unused, [], 'prepared for operations that do not exist');

  for (const call of document.calls) {
    const { requestBody, operationId } = call.operation;
    const examples = Object.values(requestBody?.content['application/json']?.examples ?? {});
    for (const { value } of examples.length === 0 ? [{ value: undefined }] : examples) {
      const filled = (await fill[operationId]?.()) ?? {};
      const answer = await send(call, { headers: headersOf(call.operation, ann.headers), ...filled }, value);
      assert.equal(answer.status, call.success, `${operationId}: ${answer.text.slice(0, 300)}`);
      const wrong = document.judge(call, answer.status, answer.mediaType, answer.text);
      assert.equal(wrong, undefined, `${operationId}: ${answer.text.slice(0, 300)}`);
      // Another one of its kind is refused while it is at work.
      const { id, started_by: startedBy } = answer.status === 202 ? JSON.parse(answer.text) : {};
      if (startedBy !== undefined) await watchJob(client, operator, id);
    }
  }
});

test('refusals of management calls are what is documented, in both of their envelopes', async () => {
  for (const name of ['balance', 'credential-list', 'account-list', 'application-create']) {
    const call = callNamed(document, name);
    const answer = await send(call, {}, call.method === 'GET' ? undefined : {});
    assert.equal(answer.status, 401, name);
    assert.equal(document.judge(call, answer.status, answer.mediaType, answer.text), undefined, answer.text);
  }
});

for (const profile of ['seed', 'current'])
  test(`in the profile ${profile} the identity calls answer and refuse as they are documented`, async () => {
    const other = await startServer({ data: `${data}-${profile}`, args: ['--acedata-profile', profile] });
    try {
      const { token } = await createAccount(`${data}-${profile}`, ['--sandbox']);
      const described = await readDocument(other.url);
      for (const name of ['check-1e', 'check-2e', 'check-3e']) {
        const call = callNamed(described, name);
        const examples = Object.values(
          call.operation.requestBody?.content['application/json']?.examples ?? {},
        );
        assert.ok(examples.length > 0, name);
        for (const { value } of examples) {
          const answer = await send(call, { headers: bearer(token) }, value, other.url);
          assert.equal(answer.status, 200, answer.text);
          assert.equal(described.judge(call, 200, answer.mediaType, answer.text), undefined, answer.text);
        }
        const refusals = [
          await send(call, {}, examples[0]?.value, other.url),
          await send(call, { headers: bearer('unknown') }, examples[0]?.value, other.url),
          await send(call, { headers: bearer(token) }, {}, other.url),
        ];
        assert.deepEqual(
          refusals.map(({ status }) => status),
          [400, 401, 400],
        );
        for (const { status, mediaType, text } of refusals) {
          assert.equal(described.judge(call, status, mediaType, text), undefined, text);
          assert.equal('success' in JSON.parse(text), profile === 'seed', text);
        }
      }
    } finally {
      await other.kill();
    }
  });

function callNamed({ calls }: ReadDocument, name: string): DocumentedCall {
  const call = calls.find(({ operation }) => operation.operationId === name);
  assert.ok(call !== undefined, name);
  return call;
}

function headersOf(
  { security }: Operation,
  session: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const accepted = new Set(security.flatMap((one) => Object.keys(one)));
  if (accepted.has('session')) return session;
  if (accepted.has('operator')) return operator;
  return accepted.has('credential') ? bearer(sandbox.token) : {};
}

async function send(
  { path, method, operation }: DocumentedCall,
  { parameters = {}, body = {}, headers = {}, file }: Filled,
  example: Readonly<Record<string, unknown>> | undefined,
  base = server.url,
) {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, example: value } of operation.parameters ?? []) {
    if (place === 'path') url = url.replace(`{${name}}`, parameters[name] ?? String(value));
    else if (value !== undefined) query.set(name, String(value));
  }
  const answer = await fetch(`${base}${url}${query.size === 0 ? '' : `?${query}`}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(example === undefined ? {} : { body: JSON.stringify({ ...example, ...body }) }),
    ...(file === undefined ? {} : { body: file }),
  });
  const mediaType = answer.headers.get('content-type') ?? '';
  return { status: answer.status, mediaType, text: await answer.text() };
}

/** The next one that is mailed. */
async function codeAfter(first: string, email: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < CODE_WITHIN_MS; waitedMs += 20) {
    const code = await codeMailedTo(server, email);
    if (code !== first) return code;
    await delay(20);
  }
  throw new Error(`no second code for ${email}`);
}
