// Rows: credentials, which is what calls are made with: create, list masked, change, rotate, revoke.

import { Type } from '../core/json-schema.ts';
import type { Credential, CredentialChanges } from '../ports/account-desk.ts';
import { type AccountsContext, accountOf, actorOf, atDesk, refuseOthers } from './accounts/context.ts';
import { CREDENTIAL_ORDER, sortCredentials } from './accounts/credential-order.ts';
import {
  actionsIn,
  CAP_CHANGES,
  CREDENTIAL,
  capsIn,
  createCredentialShape,
} from './accounts/credential-shape.ts';
import { LAST_USE, shapeLastUse } from './accounts/last-uses.ts';
import { CREDENTIAL_LEFT, shapeCredentialLeft } from './accounts/limits-left.ts';
import {
  CREDENTIAL_LIMITS,
  CREDENTIAL_NAME,
  createCredentialMaker,
  createIssuedShape,
  createServiceFinder,
  NEW_CREDENTIAL,
} from './accounts/new-credential.ts';
import { nameIn } from './name-text.ts';
import { listOf, OWN_PAGE, pageOf } from './page.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { futureIn } from './time-text.ts';

/** With what is used and left of its limits, and its last use. */
const COUNTED = Type.Object({ ...CREDENTIAL.properties, ...CREDENTIAL_LEFT, ...LAST_USE });
const OWNER = ['session', 'platform-token'] as const;
const EXAMPLE_ID = '7f1d3a52-0000-4000-8000-000000000000';
const ONE = { title: { en: 'By id', zh: '按编号' }, parameters: { id: EXAMPLE_ID } };
const OF_ONE = ['bad_request', 'not_signed_in', 'forbidden', 'csrf', 'not_found', 'conflict'] as const;

export function createCredentialRoutes(context: AccountsContext): RouteDefinition[] {
  const { desk, catalogue } = context;
  const shape = createCredentialShape(catalogue);
  const shapeIssued = createIssuedShape(context);
  const serviceOf = createServiceFinder(context);
  const make = createCredentialMaker(context);

  async function shapeCounted(credentials: readonly Credential[]) {
    const { keys } = await atDesk(() => desk.usedOf(undefined, credentials));
    const [first] = credentials;
    const applications = first === undefined ? [] : desk.applications(first.accountId);
    const uses = await context.lastUses(credentials);
    return credentials.map((one) => ({
      ...shape(one, applications),
      ...shapeCredentialLeft(one.restriction, keys.get(one.keyId)),
      ...shapeLastUse(one, uses),
    }));
  }

  function present(request: ManagementRequest) {
    const found = desk
      .credentials(accountOf(request).accountId)
      .find(({ credentialId }) => credentialId === request.parameters.id);
    if (found === undefined) throw new ManagementError('not_found');
    return found;
  }

  async function change(request: ManagementRequest) {
    const { accountId, credentialId, restriction } = present(request);
    const { body, receivedAtMs } = request;
    const { allowed_api_ids: apis, expired_at: expiry, limited_amount: calls, caps, name, disabled } = body;
    const changes: CredentialChanges = {
      ...(name === undefined ? {} : { name: nameIn(request) }),
      ...(apis === undefined
        ? {}
        : { actions: apis === null ? null : [...actionsIn(catalogue, apis, restriction?.service)] }),
      ...(expiry === undefined
        ? {}
        : { expiresAtMs: expiry === null ? null : futureIn(expiry, receivedAtMs, 'expired_at') }),
      ...(calls === undefined ? {} : { callsMax: calls === null ? null : Number(calls) }),
      ...(caps === undefined ? {} : { caps: capsIn(caps) }),
    };
    const actor = actorOf(request);
    return atDesk(async () => {
      let changed = await desk.changeCredential(actor, accountId, credentialId, changes);
      if (disabled !== undefined)
        changed = await desk.setCredentialState(
          actor,
          accountId,
          credentialId,
          disabled === true ? 'disabled' : 'enabled',
        );
      const [body] = await shapeCounted([changed]);
      return { body };
    });
  }

  return [
    defineRoute({
      name: 'credential-create',
      group: 'credentials',
      method: 'POST',
      path: '/credentials',
      access: OWNER,
      summary: {
        en: 'Creates a credential, shown this once; without an application it is for every service of the account.',
        zh: '创建凭证，仅显示一次；未指定 application_id 时可用于账户的所有服务。',
      },
      shape: 'acedata',
      body: Type.Object({
        ...NEW_CREDENTIAL,
        for_user_id: Type.Optional(Type.String({ maxLength: 64, description: "`me` or one's own." })),
      }),
      ignored: ['host', 'tags', 'metadata'],
      success: 201,
      answer: CREDENTIAL,
      errors: [...OF_ONE, 'need_verify'],
      examples: [
        { title: { en: 'Create', zh: '创建' }, body: { name: 'shop', limited_amount: 1000 } },
        { title: { en: 'For the sandbox', zh: '沙箱' }, body: { name: 'trial', sandbox: true } },
      ],
      async run(request) {
        const account = accountOf(request);
        refuseOthers(request, request.body.for_user_id);
        return { body: await make(request, account) };
      },
    }),
    defineRoute({
      name: 'credential-list',
      group: 'credentials',
      method: 'GET',
      path: '/credentials',
      access: OWNER,
      summary: {
        en: 'Lists the credentials, masked, with what is used and left of their limits.',
        zh: '列出凭证（已隐藏）及各项限额的已用量和剩余量。',
      },
      shape: 'acedata',
      query: Type.Object({
        ...OWN_PAGE,
        ...CREDENTIAL_ORDER.query,
        application_id: Type.Optional(Type.String({ maxLength: 64 })),
        name: Type.Optional(Type.String({ maxLength: 100, description: 'A part of it, in any case.' })),
        disabled: Type.Optional(Type.Boolean()),
      }),
      success: 200,
      answer: listOf(COUNTED),
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'Mine', zh: '我的' }, query: { user_id: 'me' } }],
      run: async (request) => {
        refuseOthers(request);
        const { accountId } = accountOf(request);
        const service = serviceOf(accountId, request.query.application_id);
        const { name, disabled } = request.query;
        const part = String(name ?? '')
          .trim()
          .toLowerCase();
        const rows = desk
          .credentials(accountId)
          .filter(
            (one) =>
              (service === undefined || one.restriction?.service === service) &&
              one.name.toLowerCase().includes(part) &&
              (disabled === undefined || (one.state !== 'enabled') === disabled),
          );
        const page = pageOf(sortCredentials(rows, request), request);
        return { body: { ...page, items: await shapeCounted(page.items) } };
      },
    }),
    defineRoute({
      name: 'credential',
      group: 'credentials',
      method: 'GET',
      path: '/credentials/:id',
      access: OWNER,
      summary: { en: 'One credential, masked.', zh: '查询凭证（已隐藏）。' },
      shape: 'acedata',
      success: 200,
      answer: COUNTED,
      errors: ['bad_request', 'not_signed_in', 'not_found'],
      examples: [ONE],
      run: async (request) => {
        const [body] = await shapeCounted([present(request)]);
        return { body };
      },
    }),
    defineRoute({
      name: 'credential-change',
      group: 'credentials',
      method: 'PATCH',
      path: '/credentials/:id',
      access: OWNER,
      summary: {
        en: 'Changes what is named; null takes a limit away.',
        zh: '修改凭证；null 表示取消限制。',
      },
      shape: 'acedata',
      body: Type.Object({
        name: CREDENTIAL_NAME,
        disabled: Type.Optional(Type.Boolean()),
        ...CREDENTIAL_LIMITS,
        caps: Type.Optional(CAP_CHANGES),
      }),
      success: 200,
      answer: COUNTED,
      errors: OF_ONE,
      examples: [{ ...ONE, body: { limited_amount: 500 } }],
      run: change,
    }),
    defineRoute({
      name: 'credential-rotate',
      group: 'credentials',
      method: 'POST',
      path: '/credentials/:id/rotate',
      access: OWNER,
      summary: {
        en: 'Gives the credential new secrets, shown this once; the old ones are dead at once.',
        zh: '轮换凭证，新密钥仅显示一次；旧密钥立即失效。',
      },
      shape: 'acedata',
      success: 200,
      answer: CREDENTIAL,
      errors: OF_ONE,
      examples: [ONE],
      async run(request) {
        const { accountId, credentialId } = present(request);
        const issued = await atDesk(() => desk.rotateCredential(actorOf(request), accountId, credentialId));
        return { body: shapeIssued(issued) };
      },
    }),
    defineRoute({
      name: 'credential-delete',
      group: 'credentials',
      method: 'DELETE',
      path: '/credentials/:id',
      access: OWNER,
      summary: { en: 'Revokes a credential at once and for good.', zh: '立即且永久吊销凭证。' },
      shape: 'acedata',
      success: 204,
      answer: undefined,
      errors: OF_ONE,
      examples: [ONE],
      async run(request) {
        const { accountId, credentialId } = present(request);
        await atDesk(() => desk.setCredentialState(actorOf(request), accountId, credentialId, 'revoked'));
        return {};
      },
    }),
  ];
}
