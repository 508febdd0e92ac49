// Rows: an account's own texts for messages with codes. A text that would not fit, or says what a text must not, is refused when it
// is put in place and not when it is sent.

import { Type } from '../core/json-schema.ts';
import {
  refuseTemplate,
  senderNameOf,
  TEMPLATE_SUBJECT_MAX,
  TEMPLATE_TEXT_MAX,
} from '../domain/message-template.ts';
import { sortRows } from '../domain/sorting.ts';
import type { Account } from '../ports/accounts.ts';
import type { Template } from '../ports/verifications.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageOf } from './page.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';
import { changerOf, ownerOf, type VerificationsContext, viewerOf } from './verifications/context.ts';
import { fillSample } from './verifications/measure-template.ts';
import { KIND, LANGUAGE } from './verifications/shapes.ts';

const ACCESS = ['session', 'platform-token', 'credential'] as const;
const ERRORS = ['bad_request', 'not_signed_in', 'forbidden', 'csrf'] as const;
const NAME_PATTERN = '^[a-z0-9][a-z0-9_-]{0,31}$';
/** Paths of their own below /templates. */
const TAKEN_NAMES = new Set(['preview']);
const TEXTS = {
  kind: KIND,
  language: LANGUAGE,
  subject: Type.Optional(Type.String({ maxLength: TEMPLATE_SUBJECT_MAX, description: 'Of mails only.' })),
  text: Type.String({
    ...{ minLength: 1, maxLength: TEMPLATE_TEXT_MAX },
    description: 'With {code} once; {minutes} and {name} as often as wanted.',
  }),
};
const TEMPLATE = Type.Object({
  ...{ name: Type.String(), kind: KIND, language: LANGUAGE, subject: Type.String(), text: Type.String() },
  changedAt: Type.String(),
});
const PREVIEW = Type.Object({
  subject: Type.String(),
  text: Type.String(),
  encoding: Type.Union([Type.String({ enum: ['gsm7', 'ucs2'] }), Type.Null()], {
    description: 'Of a text message; null for mails.',
  }),
  units: Type.Union([Type.Integer(), Type.Null()], { description: 'Septets of gsm7, 16-bit units of ucs2.' }),
  segments: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Messages that are sent and paid for.',
  }),
  fits: Type.Boolean({ description: 'May it be put in place?' }),
});
const EXAMPLE = {
  ...{ kind: 'phone', language: 'en' },
  text: '{name}: {code} signs you in, for {minutes} minutes.',
};

/** An account has a bounded number of them. */
const ORDER = createOrdering(
  { name: 'name', kind: 'kind', language: 'language', changedAt: 'changed' },
  'name',
);

type Texts = Pick<Template, 'kind' | 'language' | 'subject' | 'text'>;

export function createTemplateRoutes(context: VerificationsContext): RouteDefinition[] {
  const { verifications, noteAct, templates: limits } = context;

  /** Without spaces at the ends, in the rules of every text. */
  function textsIn({ body }: ManagementRequest): Texts {
    const texts: Texts = {
      kind: body.kind === 'email' ? 'email' : 'phone',
      language: body.language === 'zh' ? 'zh' : 'en',
      subject: String(body.subject ?? '').trim(),
      text: String(body.text).trim(),
    };
    const refusal = refuseTemplate(texts.kind, texts);
    if (refusal !== undefined) throw new ManagementError('bad_request', `${refusal}.`);
    return texts;
  }

  async function fill(account: Account, texts: Texts) {
    const { name } = await (account.sandbox ? context.sandbox : verifications).settings(account.id);
    return fillSample(limits, texts.kind, texts, senderNameOf(name, account.name));
  }

  async function put(request: ManagementRequest) {
    const account = ownerOf(context, request);
    const name = String(request.body.name);
    if (TAKEN_NAMES.has(name)) throw new ManagementError('bad_request', `name must not be ${name}.`);
    const texts = textsIn(request);
    const { fits, measure } = await fill(account, texts);
    if (!fits)
      throw new ManagementError(
        'bad_request',
        `text is ${measure?.segments} text messages long, of at most ${limits.segmentsMax}.`,
      );
    const all = await verifications.templates(account.id);
    const before = all.find(
      (one) => one.name === name && one.kind === texts.kind && one.language === texts.language,
    );
    if (before === undefined && all.length >= limits.perAccountMax)
      throw new ManagementError('conflict', `An account has at most ${limits.perAccountMax} templates.`);
    const after = { name, ...texts };
    await verifications.putTemplate(account.id, after, request.receivedAtMs);
    const { accountId } = account;
    await noteAct(changerOf(request), 'messages.template', accountId, before ?? null, after);
    return { body: shape({ ...after, changedMs: request.receivedAtMs }) };
  }

  return [
    defineRoute({
      name: 'template-list',
      group: 'messages',
      method: 'GET',
      path: '/templates',
      access: ACCESS,
      summary: { en: "Lists the account's own texts.", zh: '列出账户的消息模板。' },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query }),
      success: 200,
      answer: listOf(TEMPLATE),
      errors: ERRORS,
      examples: [{ title: { en: 'All', zh: '全部' }, query: { limit: 100 } }],
      async run(request) {
        const { account, shelf } = viewerOf(context, request);
        const templates = sortTemplates(await shelf.templates(account.id), request);
        const page = pageOf(templates, request);
        return { body: { ...page, items: page.items.map(shape) } };
      },
    }),
    defineRoute({
      name: 'template-put',
      group: 'messages',
      method: 'POST',
      path: '/templates',
      access: ACCESS,
      summary: {
        en: 'Puts a text in place, instead of one of the same name, kind and language.',
        zh: '保存模板；名称、类型和语言相同者被替换。',
      },
      shape: 'own',
      body: Type.Object({ name: Type.String({ pattern: NAME_PATTERN }), ...TEXTS }),
      success: 200,
      answer: TEMPLATE,
      errors: [...ERRORS, 'conflict'],
      examples: [
        { title: { en: 'A text message', zh: '短信' }, body: { name: 'login', ...EXAMPLE } },
        {
          title: { en: 'A mail', zh: '邮件' },
          body: {
            ...{ name: 'login', kind: 'email', language: 'zh' },
            ...{ subject: '{name}：登录验证码', text: '您的登录验证码为 {code}，{minutes} 分钟内有效。' },
          },
        },
      ],
      run: put,
    }),
    defineRoute({
      name: 'template-preview',
      group: 'messages',
      method: 'POST',
      path: '/templates/preview',
      access: ACCESS,
      summary: {
        en: 'A text filled with an example, and how long it is as a text message; nothing is kept.',
        zh: '预览模板及短信长度，不保存。',
      },
      shape: 'own',
      body: Type.Object(TEXTS),
      success: 200,
      answer: PREVIEW,
      errors: ERRORS,
      examples: [{ title: { en: 'A text message', zh: '短信' }, body: EXAMPLE }],
      async run(request) {
        const { account } = viewerOf(context, request);
        const { subject, text, measure, fits } = await fill(account, textsIn(request));
        const { encoding = null, units = null, segments = null } = measure ?? {};
        return { body: { subject, text, encoding, units, segments, fits } };
      },
    }),
    defineRoute({
      name: 'template-delete',
      group: 'messages',
      method: 'DELETE',
      path: '/templates/:name',
      access: ACCESS,
      summary: {
        en: 'Removes the texts of a name, of every kind and language.',
        zh: '删除该名称的全部模板。',
      },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: [...ERRORS, 'not_found'],
      examples: [{ title: { en: 'By name', zh: '按名称' }, parameters: { name: 'login' } }],
      async run(request) {
        const account = ownerOf(context, request);
        const { name = '' } = request.parameters;
        if (!(await verifications.removeTemplate(account.id, name))) throw new ManagementError('not_found');
        await noteAct(changerOf(request), 'messages.template-remove', account.accountId, { name }, null);
        return {};
      },
    }),
  ];
}

function sortTemplates(templates: readonly Template[], request: ManagementRequest): Template[] {
  const values = {
    name: ({ name }: Template) => name,
    kind: ({ kind }: Template) => kind,
    language: ({ language }: Template) => language,
    changed: ({ changedMs }: Template) => changedMs,
  };
  const idOf = ({ name, kind, language }: Template) => `${name} ${kind} ${language}`;
  return sortRows(templates, ORDER.in(request), values, idOf);
}

function shape({ changedMs, ...rest }: Template) {
  return { ...rest, changedAt: timeText(changedMs) };
}
