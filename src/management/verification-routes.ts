// Rows: one-time codes. Starting and checking one are calls like those of the other protocols: limited, charged and recorded.

import { Type } from '../core/json-schema.ts';
import { PURPOSE_PATTERN } from '../domain/one-time-code.ts';
import { createOrdering } from './ordering.ts';
import { listOf, PAGE, pageIn } from './page.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { ask, lookerOf, type VerificationsContext } from './verifications/context.ts';
import {
  CHECKED,
  LANGUAGE,
  STARTED,
  shapeChecked,
  shapeStarted,
  shapeVerification,
  VERIFICATION,
  VERIFICATION_FILTERS,
  verificationFilterIn,
} from './verifications/shapes.ts';

const EXAMPLE_ID = '7f1d3a52-0000-4000-8000-000000000000';
const VIEWERS = ['session', 'platform-token', 'credential'] as const;
const SANDBOX = Type.Optional(
  Type.Boolean({ description: 'true: what sandbox credentials of the account did.' }),
);
const ORDER = createOrdering({ createdAt: 'created' }, '-createdAt');
const OF_CALLS = [
  ...(['bad_request', 'not_signed_in', 'forbidden', 'need_verify', 'need_application', 'used_up'] as const),
  ...(['cap_reached', 'too_many_requests', 'unavailable'] as const),
] as const;

export function createVerificationRoutes(context: VerificationsContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'verification-start',
      group: 'verifications',
      method: 'POST',
      path: '/verifications',
      access: ['credential'],
      summary: {
        en: 'Sends a one-time code to a number or an e-mail address. Charged once it is accepted; a refusal costs nothing.',
        zh: '向手机号或邮箱发送验证码；接受发送后计费，拒绝不计费。',
      },
      shape: 'own',
      body: Type.Object({
        to: Type.String({ minLength: 1, maxLength: 320, description: 'A number or an e-mail address.' }),
        purpose: Type.Optional(
          Type.String({
            pattern: PURPOSE_PATTERN,
            description: 'What the code is for (verify). Codes of two purposes never stand for one another.',
          }),
        ),
        template: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
        language: Type.Optional(LANGUAGE),
        channels: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 32 }), {
            ...{ minItems: 1, maxItems: 8 },
            description: "In the order to try; of the operator's for this recipient.",
          }),
        ),
        clientAddress: Type.Optional(
          Type.String({
            maxLength: 45,
            description: "IP address of the application's own user: sends are counted by it.",
          }),
        ),
      }),
      idempotent: true,
      metered: true,
      success: 201,
      answer: STARTED,
      errors: [
        ...OF_CALLS,
        ...([
          'invalid_recipient',
          'send_refused',
          'send_too_early',
          'send_limit_reached',
          'conflict',
        ] as const),
      ],
      examples: [
        { title: { en: 'To a number', zh: '发送至手机' }, body: { to: '+8618766554433', purpose: 'login' } },
        { title: { en: 'To a mailbox', zh: '发送至邮箱' }, body: { to: 'ann@example.org', language: 'en' } },
      ],
      async run(request) {
        const { outcome, output, repeats } = await ask(context, 'verification-start', request, request.body);
        const body = shapeStarted(output);
        return { body, result: outcome, ...(repeats === undefined ? {} : { isRepeated: true }) };
      },
    }),
    defineRoute({
      name: 'verification-check',
      group: 'verifications',
      method: 'POST',
      path: '/verifications/:id/check',
      access: ['credential'],
      summary: {
        en: 'Checks the code that a person entered; free. wrong_code: it may be tried again. unusable_code: no code helps any more, send a new one.',
        zh: '校验用户输入的验证码，免费。wrong_code 可重试；unusable_code 需重新发送。',
      },
      shape: 'own',
      body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) }),
      idempotent: true,
      metered: true,
      success: 200,
      answer: CHECKED,
      errors: [...OF_CALLS, 'not_found', 'wrong_code', 'unusable_code', 'conflict'],
      examples: [
        {
          title: { en: 'As it was entered', zh: '校验' },
          parameters: { id: EXAMPLE_ID },
          body: { code: '123456' },
        },
      ],
      async run(request) {
        const { id = '' } = request.parameters;
        const input = { id, code: request.body.code };
        const { outcome, output, repeats } = await ask(context, 'verification-check', request, input);
        const body = shapeChecked(output);
        return { body, result: outcome, ...(repeats === undefined ? {} : { isRepeated: true }) };
      },
    }),
    defineRoute({
      name: 'verification-list',
      group: 'verifications',
      method: 'GET',
      path: '/verifications',
      access: VIEWERS,
      summary: {
        en: 'Lists verifications with what became of code and message.',
        zh: '查询验证记录及消息状态。',
      },
      shape: 'own',
      query: Type.Object({ ...PAGE, ...ORDER.query, ...VERIFICATION_FILTERS, sandbox: SANDBOX }),
      success: 200,
      answer: listOf(VERIFICATION),
      errors: ['bad_request', 'not_signed_in', 'forbidden'],
      examples: [
        { title: { en: 'The latest', zh: '最近' }, query: { limit: 10 } },
        { title: { en: 'Messages that failed', zh: '发送失败的消息' }, query: { deliveryStatus: 'failed' } },
      ],
      async run(request) {
        const { id, shelf } = lookerOf(context, request);
        const page = { ...pageIn(request), oldestFirst: !ORDER.in(request).descending };
        const filter = verificationFilterIn(request);
        const { verifications, total } = await shelf.list(id, { ...page, filter });
        const items = verifications.map((one) => shapeVerification(one, request.receivedAtMs));
        return { body: { count: total, items } };
      },
    }),
    defineRoute({
      name: 'verification',
      group: 'verifications',
      method: 'GET',
      path: '/verifications/:id',
      access: VIEWERS,
      summary: { en: 'One verification.', zh: '查询一条验证。' },
      shape: 'own',
      query: Type.Object({ sandbox: SANDBOX }),
      success: 200,
      answer: VERIFICATION,
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'not_found'],
      examples: [{ title: { en: 'By id', zh: '按编号' }, parameters: { id: EXAMPLE_ID } }],
      async run(request) {
        const { id, shelf } = lookerOf(context, request);
        const found = await shelf.find(id, request.parameters.id ?? '');
        if (found === undefined) throw new ManagementError('not_found');
        return { body: shapeVerification(found, request.receivedAtMs) };
      },
    }),
  ];
}
