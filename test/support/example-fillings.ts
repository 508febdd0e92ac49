// What stands in for the parts of documented examples that can be known only when they are sent: things that are really made
// just before, for each operation that needs some.

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createWebhookSigner } from '../../src/codecs/webhook-signature.ts';
import { callOverWire } from './call-over-wire.ts';
import { runJsonWithin } from './command-within.ts';
import { callNamed, examplesOf, type Filled } from './documented-calls.ts';
import type { ReadDocument } from './documented-operations.ts';
import { codeMailedTo } from './mailed-code.ts';
import type { createManagementClient } from './management-client.ts';
import { createAccount, type NewAccount } from './new-account.ts';
import { registerSecured, totpNow } from './secured-person.ts';
import { sendFile } from './send-file.ts';
import { signUpPerson } from './signed-up-person.ts';
import type { RunningServer } from './start-server.ts';
import type { makePerson } from './subscribers.ts';
import { watchJob } from './watch-job.ts';

const PASSWORD = 'seven green bicycles';
const CODE_WITHIN_MS = 10_000;

export interface FillingScene {
  readonly server: RunningServer;
  readonly client: ReturnType<typeof createManagementClient>;
  readonly document: ReadDocument;
  readonly data: string;
  readonly sandbox: NewAccount;
  readonly operator: Readonly<Record<string, string>>;
  /** Whose account the calls are about. */
  readonly ann: Awaited<ReturnType<typeof signUpPerson>>;
  /** In the registry. */
  readonly subscriber: ReturnType<typeof makePerson>;
  readonly gatewaySecret: string;
}

const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

/** By operation; the others are called with nothing but their example. */
export function createFillings(scene: FillingScene): Readonly<Record<string, () => Promise<Filled>>> {
  const { server, client, document, data, sandbox, operator, ann, subscriber } = scene;
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
    const { link } = (await runJsonWithin(['operator', 'link', '--data', data])) as { link: string };
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

  /** The one line of the registry again, and one that is rejected. */
  const file = `msisdn,status,name,as_of\n${subscriber.number},normal,${subscriber.name},2026-01-01\n1,normal,,\n`;
  const uploadFile = async () => String((await sendFile(server.url, operator, file)).json.id);
  const importFile = async () => {
    await watchJob(client, operator, await newestJob());
    const body = { upload_id: await uploadFile() };
    const { id } = await ask('POST /operator/registry/imports', body, operator);
    await watchJob(client, operator, id);
    return String(id);
  };

  return {
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
      return { body: { email, code: await codeAfter(server, first, email) } };
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
      const [example] = examplesOf(callNamed(document, 'receipt'));
      const text = JSON.stringify(example);
      return { headers: createWebhookSigner(scene.gatewaySecret)(text, Date.now()) };
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
      const { id } = (await runJsonWithin(['operator', 'token', 'create', 'gone', '--data', data])) as {
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
}

/** The next one that is mailed. */
async function codeAfter(server: RunningServer, first: string, email: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < CODE_WITHIN_MS; waitedMs += 20) {
    const code = await codeMailedTo(server, email);
    if (code !== first) return code;
    await delay(20);
  }
  throw new Error(`no second code for ${email}`);
}
