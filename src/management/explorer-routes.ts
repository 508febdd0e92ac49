// Rows: the Explorer: the action table for forms, calls under a key's identity, what is signed step by step; the signature
// doctor in explorer-doctor.ts. Nothing that they answer can sign.

import { describeTc3 } from '../samples/signature/tc3.ts';
import { describeV1 } from '../samples/signature/v1.ts';
import type { AccountsContext } from './accounts/context.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { costOf } from './accounts/prices.ts';
import { askedAccountOf, askerOf } from './explorer/asker.ts';
import type { ExplorerContext } from './explorer/context.ts';
import {
  ACTIONS_ANSWER,
  CALL_ANSWER,
  CALL_BODY,
  SIGNATURE_ANSWER,
  SIGNATURE_BODY,
} from './explorer/shapes.ts';
import { createExplorerDoctorRoutes } from './explorer-doctor.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';

const OWNER = ['session', 'platform-token'] as const;
/** An operator calls with the keys of an account, which the audit log says. */
const CALLERS = [...OWNER, 'operator'] as const;
const EVERYBODY = ['public', 'session', 'platform-token', 'credential'] as const;
const EXAMPLE_ID = '7f1d3a52-0000-4000-8000-000000000000';
const REFUSALS = ['bad_request', 'not_signed_in', 'forbidden', 'csrf', 'too_many_requests'] as const;

export interface ExplorerRoutesOptions extends ExplorerContext {
  readonly actions: AccountsContext['actions'];
  readonly timeZone: string;
}

export function createExplorerRoutes(context: ExplorerRoutesOptions): RouteDefinition[] {
  const { desk, throttle } = context;
  const definitions = new Map(context.actions.map((action) => [action.name, action]));

  async function listActions() {
    const table = await context.table();
    const prices = desk.prices();
    const actions = table.actions.map((action) => ({
      ...action,
      cost: costOf(definitions.get(action.own_name), action.protocol, prices),
    }));
    return { body: { ...table, actions } };
  }

  async function call(request: ManagementRequest) {
    const { body, address } = request;
    const accountId = askedAccountOf(request, body.account_id);
    if (accountId === undefined) throw new ManagementError('bad_request', 'account_id must be given.');
    const credentialId = String(body.credential_id);
    const secretId = await atDesk(() => desk.secretIdOf(accountId, credentialId));
    throttle.take('explore', address, askerOf(request));
    const key = context.findKey(secretId);
    if (key === undefined)
      throw new ManagementError('conflict', 'The credential is disabled or has expired.');
    const { language } = body;
    const endpoint = endpointIn(body.endpoint);
    await noteOperatorsCall(request, accountId, secretId);
    const exchange = context.call({
      key,
      protocol: String(body.protocol),
      action: String(body.action),
      input: body.input as Readonly<Record<string, unknown>>,
      language: language === 'en-US' || language === 'zh-CN' ? language : undefined,
      ...{ endpoint, address },
    });
    if (exchange === undefined) throw noSuchAction();
    const { requestId, request: sent, response, durationMs, settlement } = await exchange;
    const recorded = settlement?.kind === 'recorded' ? settlement : undefined;
    return {
      body: {
        ...{ request_id: requestId, sandbox: key.account.sandbox, request: sent, response },
        duration_ms: Math.round(durationMs * 1000) / 1000,
        charge:
          recorded === undefined
            ? null
            : { charged: recorded.charged, paid_by: recorded.paidBy, amount: recorded.chargedMinor },
        ledger_seq: recorded?.seq ?? null,
      },
    };
  }

  /**
   * Before it is made. The names are those of the table: whatever else was sent may be personal. The number that it asks about
   * is an act of its own, as any look-up of one is.
   */
  async function noteOperatorsCall(request: ManagementRequest, account: string, secretId: string) {
    if (request.visitor.access !== 'operator') return;
    const { protocol, action, credential_id } = request.body;
    const { actions } = await context.table();
    if (!actions.some((one) => one.protocol === protocol && one.action === action)) throw noSuchAction();
    const input = request.body.input as Readonly<Record<string, unknown>>;
    const number = context.readAskedNumber(String(protocol), String(action), input);
    if (number === 'sealed')
      throw new ManagementError(
        'bad_request',
        'Operators send no encrypted fields: the audit log names the number that a call asks about.',
      );
    const after = { account, credential_id, protocol, action };
    await desk.noteAct(actorOf(request), 'explorer.call', secretId, null, after);
    if (number !== undefined) await desk.noteActOnNumber(actorOf(request), 'explorer.number', number, after);
  }

  async function describeSignature(request: ManagementRequest) {
    const { body, address } = request;
    throttle.take('explore', address, askerOf(request));
    const start = { method: String(body.method), host: String(body.host), path: String(body.path) };
    if (body.protocol === 'v1') {
      const parameters = (body.parameters ?? {}) as Readonly<Record<string, string>>;
      return { body: { source_string: describeV1({ ...start, parameters }).sourceString } };
    }
    const { signed_headers: signedHeaders } = body as { signed_headers?: readonly string[] };
    const steps = await describeTc3({
      ...start,
      query: String(body.query ?? ''),
      headers: (body.headers ?? {}) as Readonly<Record<string, string>>,
      ...(signedHeaders === undefined ? {} : { signedHeaders }),
      body: String(body.body ?? ''),
      timestamp: Number(body.timestamp ?? Math.floor(request.receivedAtMs / 1000)),
      service: String(body.service ?? ''),
    });
    return {
      body: {
        hashed_payload: steps.hashedPayload,
        canonical_headers: steps.canonicalHeaders,
        signed_headers: steps.signedHeaders,
        canonical_request: steps.canonicalRequest,
        hashed_canonical_request: steps.hashedCanonicalRequest,
        credential_scope: steps.credentialScope,
        string_to_sign: steps.stringToSign,
      },
    };
  }

  return [
    defineRoute({
      name: 'explorer-actions',
      group: 'explorer',
      method: 'GET',
      path: '/explorer/actions',
      access: EVERYBODY,
      summary: {
        en: 'Every action of every protocol with its fields, results, errors, examples and prices.',
        zh: '列出各协议的所有接口及其字段、结果码、错误码、示例和价格。',
      },
      shape: 'own',
      success: 200,
      answer: ACTIONS_ANSWER,
      errors: ['not_signed_in'],
      examples: [{ title: { en: 'All actions', zh: '全部接口' } }],
      run: listActions,
    }),
    defineRoute({
      name: 'explorer-call',
      group: 'explorer',
      method: 'POST',
      path: '/explorer/calls',
      access: CALLERS,
      summary: {
        en: "Makes one call with a credential of one's own, or for operators of any account (audited), charged and logged like any other; the secret stays where it is.",
        zh: '使用自己的凭证发起一次调用（运营者可使用任意账户的凭证，记入审计日志），计费和日志与普通调用相同；密钥不会返回。',
      },
      shape: 'own',
      body: CALL_BODY,
      success: 200,
      answer: CALL_ANSWER,
      errors: [...REFUSALS, 'not_found', 'conflict'],
      examples: [
        {
          title: { en: 'MobileStatus', zh: 'MobileStatus' },
          body: {
            credential_id: EXAMPLE_ID,
            protocol: 'tencent',
            action: 'MobileStatus',
            input: { Mobile: '16900000001' },
          },
        },
      ],
      run: call,
    }),
    defineRoute({
      name: 'explorer-signature',
      group: 'explorer',
      method: 'POST',
      path: '/explorer/signature',
      access: CALLERS,
      summary: {
        en: 'What is signed of a request, step by step: canonical request and text to sign; no key and no signature.',
        zh: '逐步展示请求的签名内容：规范请求串和待签名字符串；不包含密钥和签名。',
      },
      shape: 'own',
      body: SIGNATURE_BODY,
      success: 200,
      answer: SIGNATURE_ANSWER,
      errors: REFUSALS,
      examples: [
        {
          title: { en: 'TC3', zh: 'TC3' },
          body: {
            ...{ protocol: 'tc3', method: 'POST', host: 'localhost:8080', path: '/' },
            headers: { 'content-type': 'application/json' },
            ...{ body: '{"Mobile":"13800138000"}', timestamp: 1_795_227_577, service: 'faceid' },
          },
        },
      ],
      run: describeSignature,
    }),
    ...createExplorerDoctorRoutes(context),
  ];
}

function noSuchAction(): ManagementError {
  return new ManagementError('not_found', 'The protocol has no such action.');
}

const DEFAULT_ENDPOINT = 'http://localhost/';

function endpointIn(value: unknown): URL {
  const text = value === undefined ? DEFAULT_ENDPOINT : String(value);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new ManagementError(
      'bad_request',
      'endpoint must be an address that starts with http:// or https://.',
    );
  return url;
}
