// Rows of operators about what one account has: its credentials (list, create, rotate, revoke) and its applications.

import { Type } from '../core/json-schema.ts';
import { APPLICATION_ORDER, sortApplications } from './accounts/application-order.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { CREDENTIAL_ORDER, sortCredentials } from './accounts/credential-order.ts';
import { CREDENTIAL, createCredentialShape } from './accounts/credential-shape.ts';
import { LAST_USE, shapeLastUse } from './accounts/last-uses.ts';
import { createCredentialMaker, createIssuedShape, NEW_CREDENTIAL } from './accounts/new-credential.ts';
import { noteLook } from './note-look.ts';
import type { OperatorContext } from './operator-routes.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import { defineRoute, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const ACCOUNT = { id: '100000000001' };
const ONE = {
  title: { en: 'By id', zh: '按编号' },
  parameters: { ...ACCOUNT, credential_id: '7f1d3a52-0000-4000-8000-000000000000' },
};
const ALL = { title: { en: 'Of one account', zh: '某个账户' }, parameters: ACCOUNT };
const OF_ONE = ['bad_request', 'not_signed_in', 'forbidden', 'not_found', 'conflict'] as const;
const APPLICATION = Type.Object({
  id: Type.String(),
  service: Type.String(),
  disabled: Type.Boolean(),
  remaining_amount: Type.Integer({ description: 'Free calls that are left.' }),
  created_at: Type.String(),
});

export function createOperatorCredentialRoutes(context: OperatorContext): RouteDefinition[] {
  const { desk, catalogue } = context;
  const shape = createCredentialShape(catalogue);
  const shapeIssued = createIssuedShape(context);
  const make = createCredentialMaker(context);

  return [
    defineRoute({
      name: 'account-credential-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts/:id/credentials',
      access: ['operator'],
      summary: {
        en: "Lists an account's credentials, masked. Audited.",
        zh: '列出账户的凭证（记入审计日志）。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...CREDENTIAL_ORDER.query }),
      success: 200,
      answer: listOf(Type.Object({ ...CREDENTIAL.properties, ...LAST_USE })),
      errors: OF_ONE,
      examples: [ALL],
      run: (request) =>
        atDesk(async () => {
          const { id = '' } = request.parameters;
          const page = pageOf(sortCredentials(desk.credentials(id), request), request);
          await noteLook(desk.noteAct, request, 'account.credentials', id);
          const applications = desk.applications(id);
          const uses = await context.lastUses(page.items);
          const items = page.items.map((one) => ({
            ...shape(one, applications),
            ...shapeLastUse(one, uses),
          }));
          return { body: { ...page, items } };
        }),
    }),
    defineRoute({
      name: 'account-credential-create',
      group: 'operator',
      method: 'POST',
      path: '/operator/accounts/:id/credentials',
      access: ['operator'],
      summary: {
        en: 'Creates a credential for an account, by the rules of its holder; shown this once, to be handed over.',
        zh: '为账户创建凭证，规则与账户持有人自行创建时相同；仅显示一次，请转交持有人。',
      },
      shape: 'own',
      body: Type.Object(NEW_CREDENTIAL),
      success: 201,
      answer: CREDENTIAL,
      errors: [...OF_ONE, 'need_verify'],
      examples: [
        { ...ALL, title: { en: 'Live', zh: '生产' }, body: { name: 'shop', limited_amount: 1000 } },
        { ...ALL, title: { en: 'For the sandbox', zh: '沙箱' }, body: { name: 'trial', sandbox: true } },
      ],
      async run(request) {
        const { id = '' } = request.parameters;
        const account = await atDesk(() => desk.account(id));
        return { body: await make(request, account) };
      },
    }),
    defineRoute({
      name: 'account-credential-rotate',
      group: 'operator',
      method: 'POST',
      path: '/operator/accounts/:id/credentials/:credential_id/rotate',
      access: ['operator'],
      summary: {
        en: 'Gives a credential new secrets, shown this once, to be handed to its holder; the old ones are dead at once.',
        zh: '轮换账户的凭证，新密钥仅显示一次；旧密钥立即失效。',
      },
      shape: 'own',
      success: 200,
      answer: CREDENTIAL,
      errors: OF_ONE,
      examples: [ONE],
      run: (request) =>
        atDesk(async () => {
          const { id = '', credential_id: credentialId = '' } = request.parameters;
          const issued = await desk.rotateCredential(actorOf(request), id, credentialId);
          return { body: shapeIssued(issued) };
        }),
    }),
    defineRoute({
      name: 'account-credential-revoke',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/accounts/:id/credentials/:credential_id',
      access: ['operator'],
      summary: {
        en: "Revokes an account's credential at once and for good.",
        zh: '立即且永久吊销账户的凭证。',
      },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: OF_ONE,
      examples: [ONE],
      run: (request) =>
        atDesk(async () => {
          const { id = '', credential_id: credentialId = '' } = request.parameters;
          await desk.setCredentialState(actorOf(request), id, credentialId, 'revoked');
          return {};
        }),
    }),
    defineRoute({
      name: 'account-application-list',
      group: 'operator',
      method: 'GET',
      path: '/operator/accounts/:id/applications',
      access: ['operator'],
      summary: {
        en: 'Lists what an account has acquired. Audited.',
        zh: '列出账户已开通的服务（记入审计日志）。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...APPLICATION_ORDER.query }),
      success: 200,
      answer: listOf(APPLICATION),
      errors: OF_ONE,
      examples: [ALL],
      run: (request) =>
        atDesk(async () => {
          const { id = '' } = request.parameters;
          const page = pageOf(sortApplications(desk.applications(id), request), request);
          await noteLook(desk.noteAct, request, 'account.applications', id);
          const { quota } = await desk.fundsOf(id);
          const items = page.items.map(({ applicationId, service, active, acquiredMs }) => ({
            ...{ id: applicationId, service, disabled: !active },
            ...{ remaining_amount: quota[service] ?? 0, created_at: timeText(acquiredMs) },
          }));
          return { body: { ...page, items } };
        }),
    }),
  ];
}
