// Rows: the signature doctor: a request that is pasted or one of the recent failures, step by step. Nothing that it answers
// can sign; what operators look at is in the audit log before it is answered.

import type { FailingRequest, StoredFailure } from '../domain/diagnosis.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { askedAccountOf, askerOf } from './explorer/asker.ts';
import type { ExplorerContext } from './explorer/context.ts';
import { FAILURES_QUERY, pageOfFailures } from './explorer/failures.ts';
import { DIAGNOSED_ANSWER, DIAGNOSIS_BODY, FAILURES_ANSWER } from './explorer/shapes.ts';
import { noteLook } from './note-look.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';

const CALLERS = ['session', 'platform-token', 'operator'] as const;
const EXAMPLE_ID = '7f1d3a52-0000-4000-8000-000000000000';
const REFUSALS = ['bad_request', 'not_signed_in', 'forbidden', 'csrf', 'too_many_requests'] as const;

export function createExplorerDoctorRoutes(
  context: ExplorerContext & { readonly timeZone: string },
): RouteDefinition[] {
  const { desk, throttle } = context;
  const formatTime = createTimeFormat(context.timeZone);
  const named = (accountId: string) => ({ id: accountId, name: desk.account(accountId).name });

  /** Of all accounts where none is given. */
  function failuresOf(accountId: string | undefined): readonly StoredFailure[] {
    return context.failures(accountId === undefined ? undefined : context.accountsOf(accountId));
  }

  const noteDiagnosis = (request: ManagementRequest, accountId: string, of: object) =>
    desk.noteAct(actorOf(request), 'explorer.diagnose', accountId, null, of);

  async function diagnoseKept(request: ManagementRequest, failureId: string) {
    const found = failuresOf(askedAccountOf(request, undefined)).find(({ id }) => id === failureId);
    if (found === undefined || found.diagnosis === null) throw new ManagementError('not_found');
    if (request.visitor.access !== 'operator') return { body: found.diagnosis };
    await noteDiagnosis(request, found.accountId, { failure_id: failureId });
    return { body: { ...found.diagnosis, account: named(found.accountId) } };
  }

  /** Whether a key that is not one's own exists is nobody's business. */
  function diagnoseOwn(failing: FailingRequest, accountId: string, nowMs: number) {
    const secretId = context.claimedSecretId(failing);
    const own = secretId === undefined ? undefined : desk.credentialOf(accountId, secretId);
    const usable = own === undefined || secretId === undefined ? undefined : context.findKey(secretId);
    const key = own === undefined ? 'foreign' : (usable ?? 'disabled');
    return { body: context.diagnose(failing, key, nowMs) };
  }

  async function diagnoseAny(request: ManagementRequest, failing: FailingRequest) {
    const { receivedAtMs } = request;
    const secretId = context.claimedSecretId(failing);
    const owner = secretId === undefined ? undefined : desk.ownerOfKey(secretId);
    if (secretId === undefined || owner === undefined)
      return { body: { ...context.diagnose(failing, 'unknown', receivedAtMs), account: null } };
    await noteDiagnosis(request, owner.accountId, { secret_id: secretId });
    const key = context.findKey(secretId) ?? (owner.isRevoked ? 'revoked' : 'disabled');
    return {
      body: { ...context.diagnose(failing, key, receivedAtMs), account: named(owner.accountId) },
    };
  }

  async function diagnose(request: ManagementRequest) {
    const { body, address, receivedAtMs } = request;
    const { failure_id: failureId, request: pasted } = body as {
      failure_id?: string;
      request?: { method: string; url: string; headers: { name: string; value: string }[]; body: string };
    };
    if ((failureId === undefined) === (pasted === undefined))
      throw new ManagementError('bad_request', 'Either failure_id or request must be given.');
    throttle.take('diagnose', address, askerOf(request));
    if (pasted === undefined) return atDesk(() => diagnoseKept(request, String(failureId)));
    const failing = {
      ...{ ...pasted, isPasted: true },
      headers: pasted.headers.map(({ name, value }) => [name, value] as const),
    };
    const accountId = askedAccountOf(request, undefined);
    return atDesk(() =>
      accountId === undefined ? diagnoseAny(request, failing) : diagnoseOwn(failing, accountId, receivedAtMs),
    );
  }

  /** What is said of those who own them; of each account once. */
  function ownersOf(failures: readonly StoredFailure[]) {
    const ids = new Set(failures.map(({ accountId }) => accountId));
    return new Map([...ids].map((id) => [id, { ...named(id), credentials: desk.credentials(id) }]));
  }

  async function listFailures(request: ManagementRequest) {
    const isOperator = request.visitor.access === 'operator';
    const accountId = askedAccountOf(request, request.query.account_id);
    const failures = await atDesk(() => failuresOf(accountId && desk.account(accountId).accountId));
    await noteLook(desk.noteAct, request, 'explorer.failures', accountId ?? 'all accounts');
    // A person's failures are those of its own account and of the sandbox beside it.
    const isSandbox = (one: StoredFailure) =>
      isOperator ? desk.account(one.accountId).sandbox : one.accountId !== accountId;
    const { count, items: shown } = pageOfFailures(failures, isSandbox, request);
    const owners = ownersOf(shown);
    const items = shown.map((one) => {
      const { id, name, credentials } = owners.get(one.accountId) ?? { id: '', name: '', credentials: [] };
      return {
        id: one.id,
        created_at: formatTime(one.timeMs),
        request_id: one.requestId,
        ...(isOperator ? { account: { id, name } } : {}),
        credential_id: credentials.find(({ keyId }) => keyId === one.keyId)?.credentialId ?? null,
        sandbox: isSandbox(one),
        ...{ fault: one.fault, method: one.method, path: one.path, headers: one.headers },
        ...{ query_fields: one.queryFields, body_length: one.bodyLength, body_sha256: one.bodySha256 },
        ...{ body_fields: one.bodyFields, diagnosis: one.diagnosis },
      };
    });
    return { body: { count, items } };
  }

  return [
    defineRoute({
      name: 'explorer-diagnose',
      group: 'explorer',
      method: 'POST',
      path: '/explorer/diagnoses',
      access: CALLERS,
      summary: {
        en: "Says which step of a refused signature differs and why, for keys of one's own, or for operators of any account (audited); never what it should be.",
        zh: '诊断被拒绝的签名：指出哪一步不一致及原因，仅限自己的密钥（运营者可诊断任意账户的密钥，记入审计日志）；不返回正确签名。',
      },
      shape: 'own',
      body: DIAGNOSIS_BODY,
      success: 200,
      answer: DIAGNOSED_ANSWER,
      errors: [...REFUSALS, 'not_found'],
      examples: [
        {
          title: { en: 'One of the recent failures', zh: '最近的失败请求' },
          body: { failure_id: EXAMPLE_ID },
        },
      ],
      run: diagnose,
    }),
    defineRoute({
      name: 'explorer-failures',
      group: 'explorer',
      method: 'GET',
      path: '/explorer/failures',
      access: CALLERS,
      summary: {
        en: "The latest requests of one's own keys whose signature was refused, or for operators of any account's (audited): names, lengths and hashes, no values.",
        zh: '最近签名失败的请求：仅字段名、长度和哈希，不含取值；运营者可查看任意账户的请求（记入审计日志）。',
      },
      shape: 'own',
      query: FAILURES_QUERY,
      success: 200,
      answer: FAILURES_ANSWER,
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'not_found'],
      examples: [
        { title: { en: 'Mine', zh: '我的' } },
        {
          title: { en: 'Those refused for their clock', zh: '因时钟偏差被拒绝的' },
          query: { fault: 'clock_skew' },
        },
      ],
      run: listFailures,
    }),
  ];
}
