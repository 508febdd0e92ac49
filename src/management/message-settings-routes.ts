// Rows: what an account says of itself in its messages, and the webhook that is told what becomes of them.

import { Type } from '../core/json-schema.ts';
import { isSenderName, SENDER_NAME_MAX, senderNameOf } from '../domain/message-template.ts';
import { isWebhookUrl, WEBHOOK_URL_LENGTH_MAX } from '../domain/webhook-url.ts';
import type { Account } from '../ports/accounts.ts';
import { lineIn } from './name-text.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import {
  changerOf,
  ownerOf,
  type Shelf,
  type VerificationsContext,
  viewerOf,
} from './verifications/context.ts';
import { fillSample } from './verifications/measure-template.ts';

const ACCESS = ['session', 'platform-token', 'credential'] as const;
const ERRORS = ['bad_request', 'not_signed_in', 'forbidden', 'csrf'] as const;
const SETTINGS = Type.Object({
  name: Type.String({ description: "Stands for {name}; empty: the account's own." }),
  template: Type.String({ description: 'Used where a call names none; empty: the built-in texts.' }),
  webhookUrl: Type.String({ description: 'Told of every step of a verification; empty: nobody is.' }),
  webhookEnabled: Type.Boolean({ description: 'false also where the receiver said that it is gone (410).' }),
  webhookDropped: Type.Integer({
    minimum: 0,
    description:
      'Notices that were dropped since the URL was set, because as many waited as may; what became of their verifications can be looked up.',
  }),
});
const CHANGED = Type.Object({
  ...SETTINGS.properties,
  webhookSecret: Type.Optional(
    Type.String({ description: 'Signs what is sent; with the first URL, shown this once.' }),
  ),
});

interface Shown {
  readonly name: string;
  readonly template: string;
  readonly webhookUrl: string;
  readonly webhookEnabled: boolean;
  readonly webhookDropped: number;
}

/** For the audit log: the path of a URL may be a secret. */
function audited({ webhookUrl, webhookEnabled: _, webhookDropped: __, ...rest }: Shown) {
  return { ...rest, webhookHost: URL.parse(webhookUrl)?.host ?? '' };
}

export function createMessageSettingsRoutes(context: VerificationsContext): RouteDefinition[] {
  const { verifications, webhooks, noteAct } = context;

  async function change(request: ManagementRequest) {
    const account = ownerOf(context, request);
    const { body } = request;
    const before = await read(account.id, verifications);
    const changes = {
      ...(body.name === undefined ? {} : { name: await nameIn(request, account) }),
      ...(body.template === undefined ? {} : { template: await templateIn(request, account) }),
    };
    const url = body.webhookUrl === undefined ? undefined : webhookUrlIn(request);
    if (Object.keys(changes).length > 0) await verifications.changeSettings(account.id, changes);
    const webhookSecret = url === undefined ? undefined : await point(account.id, url, request.receivedAtMs);
    const after = await read(account.id, verifications);
    await noteAct(
      changerOf(request),
      'messages.settings',
      account.accountId,
      audited(before),
      audited(after),
    );
    return { body: webhookSecret === undefined ? after : { ...after, webhookSecret } };
  }

  async function read(accountId: number, shelf: Shelf): Promise<Shown> {
    const { name, template } = await shelf.settings(accountId);
    const webhook = shelf === verifications ? await webhooks.show(accountId) : undefined;
    return {
      ...{ name, template, webhookUrl: webhook?.url ?? '' },
      webhookEnabled: webhook !== undefined && !webhook.isDisabled,
      webhookDropped: webhook?.dropped ?? 0,
    };
  }

  /** Setting it again enables it again. */
  async function point(accountId: number, url: string, nowMs: number): Promise<string | undefined> {
    if (url !== '') return webhooks.set(accountId, { url, newSecret: false, nowMs });
    await webhooks.remove(accountId);
    return undefined;
  }

  /** A longer name makes every message longer. */
  async function nameIn(request: ManagementRequest, account: Account): Promise<string> {
    const name = lineIn(request, 'name');
    if (!isSenderName(name)) throw new ManagementError('bad_request', 'name must have no braces.');
    const sender = senderNameOf(name, account.name);
    for (const template of await verifications.templates(account.id))
      if (!fillSample(context.templates, template.kind, template, sender).fits)
        throw new ManagementError('bad_request', `name is too long for the template ${template.name}.`);
    return name;
  }

  async function templateIn(request: ManagementRequest, account: Account): Promise<string> {
    const name = String(request.body.template);
    const templates = name === '' ? [] : await verifications.templates(account.id);
    if (name !== '' && !templates.some((one) => one.name === name))
      throw new ManagementError('bad_request', 'template is not one of the account.');
    return name;
  }

  function webhookUrlIn({ body }: ManagementRequest): string {
    const url = String(body.webhookUrl);
    if (url !== '' && !(isWebhookUrl(url) && context.mayCallWebhook(url)))
      throw new ManagementError(
        'bad_request',
        'webhookUrl must be an https URL without user and password that leads to a public address.',
      );
    return url;
  }

  return [
    defineRoute({
      name: 'message-settings',
      group: 'messages',
      method: 'GET',
      path: '/message-settings',
      access: ACCESS,
      summary: {
        en: 'The name in messages, the usual template and the status webhook.',
        zh: '查询消息名称、默认模板和状态回调地址。',
      },
      shape: 'own',
      success: 200,
      answer: SETTINGS,
      errors: ERRORS,
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      async run(request) {
        const { account, shelf } = viewerOf(context, request);
        return { body: await read(account.id, shelf) };
      },
    }),
    defineRoute({
      name: 'message-settings-change',
      group: 'messages',
      method: 'PATCH',
      path: '/message-settings',
      access: ACCESS,
      summary: {
        en: 'Changes what is named; an empty text goes back to what was there first.',
        zh: '修改消息设置；空字符串表示恢复默认。',
      },
      shape: 'own',
      body: Type.Object({
        name: Type.Optional(Type.String({ maxLength: SENDER_NAME_MAX })),
        template: Type.Optional(Type.String({ maxLength: 32 })),
        webhookUrl: Type.Optional(Type.String({ maxLength: WEBHOOK_URL_LENGTH_MAX })),
      }),
      success: 200,
      answer: CHANGED,
      errors: ERRORS,
      examples: [
        {
          title: { en: 'Name and webhook', zh: '名称与回调' },
          body: { name: 'Corner Shop', webhookUrl: 'https://shop.example/hooks/codes' },
        },
      ],
      run: change,
    }),
    defineRoute({
      name: 'webhook-secret-rotate',
      group: 'messages',
      method: 'POST',
      path: '/message-settings/webhook-secret',
      access: ACCESS,
      summary: {
        en: 'Gives the status webhook a new secret to sign with, shown this once; the old one signs nothing any more.',
        zh: '生成新的回调签名密钥，仅显示一次；旧密钥立即失效。',
      },
      shape: 'own',
      success: 200,
      answer: Type.Object({ webhookSecret: Type.String() }),
      errors: [...ERRORS, 'conflict'],
      examples: [{ title: { en: 'Rotate', zh: '轮换' } }],
      async run(request) {
        const account = ownerOf(context, request);
        const url = (await webhooks.show(account.id))?.url;
        if (url === undefined) throw new ManagementError('conflict', 'Set a webhookUrl first.');
        const wanted = { url, newSecret: true, nowMs: request.receivedAtMs };
        const webhookSecret = await webhooks.set(account.id, wanted);
        await noteAct(changerOf(request), 'messages.webhook-secret', account.accountId, null, null);
        return { body: { webhookSecret } };
      },
    }),
  ];
}
