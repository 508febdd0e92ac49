// Rows: an operator's way into the console: a link of the terminal opens one session; and who is there at all, which the
// console asks first.

import { Type } from '../core/json-schema.ts';
import { minorDigitsOf } from '../domain/currency.ts';
import { atDesk } from './accounts/context.ts';
import type { OperatorContext } from './operator-routes.ts';
import { renderPerson } from './people/render-person.ts';
import { PERSON } from './people/schemas.ts';
import { NO_SESSION } from './people/sessions.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';

const LINK_MAX_LENGTH = 128;
const OPERATOR = Type.Object({ name: Type.String(), expires_at: Type.String() });
const VISITOR = Type.Object({
  kind: Type.String({ enum: ['nobody', 'person', 'operator'] }),
  person: Type.Union([PERSON, Type.Null()]),
  operator: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  currency: Type.Object(
    { code: Type.String(), minor_digits: Type.Integer() },
    { description: 'Of every amount: an integer of its minor units, that many digits of the major one.' },
  ),
  time_zone: Type.String({ description: "The ledger's, an IANA name: days of usage begin in it." }),
  support_contact: Type.Union([Type.String(), Type.Null()], {
    description: 'Whom to ask for help: an e-mail address or an https address.',
  }),
});

export function createOperatorSessionRoutes({ desk, nowMs, told }: OperatorContext): RouteDefinition[] {
  const { currency, supportContact, timeZone } = told;
  let minorDigits: number | undefined;
  const tellAll = () => {
    // With the first who looks: Intl loads 40 ms of languages then, for which no start waits.
    minorDigits ??= minorDigitsOf(currency);
    return {
      currency: { code: currency, minor_digits: minorDigits },
      time_zone: timeZone,
      support_contact: supportContact === '' ? null : supportContact,
    };
  };

  async function enter({ body }: ManagementRequest) {
    const session = await atDesk(() => desk.enterAsOperator(String(body.link)));
    if (session === undefined) throw new ManagementError('invalid_code', 'The link was used or has expired.');
    const { name, expiresMs, value } = session;
    const maxAgeSeconds = Math.ceil((expiresMs - nowMs()) / 1000);
    return { body: { name, expires_at: timeText(expiresMs) }, session: { value, maxAgeSeconds } };
  }

  async function leave({ visitor }: ManagementRequest) {
    if (visitor.access !== 'operator' || visitor.operatorSession === undefined)
      throw new ManagementError('conflict', 'A bearer token has no session: revoke it instead.');
    const { operatorSession } = visitor;
    await atDesk(() => desk.endOperatorSession(operatorSession));
    return { session: NO_SESSION };
  }

  return [
    defineRoute({
      name: 'visitor',
      group: 'people',
      method: 'GET',
      path: '/visitor',
      access: ['public', 'session', 'operator'],
      summary: {
        en: 'Who asks: nobody, a person or an operator; the currency, the time zone of days, and whom to ask for help. Never an error, so that a page can begin with it.',
        zh: '当前访问者（未登录、用户或运营者），以及货币、账本时区和支持联系方式。不会返回错误，供页面首先调用。',
      },
      shape: 'own',
      success: 200,
      answer: VISITOR,
      errors: [],
      examples: [{ title: { en: 'Who is there', zh: '当前访问者' } }],
      run({ visitor }) {
        const person = 'person' in visitor ? renderPerson(visitor.person) : null;
        const operator = visitor.access === 'operator' ? { name: visitor.operator } : null;
        const kind = person !== null ? 'person' : operator !== null ? 'operator' : 'nobody';
        return { body: { kind, person, operator, ...tellAll() } };
      },
    }),
    defineRoute({
      name: 'operator-enter',
      group: 'operator',
      method: 'POST',
      path: '/operator/session',
      access: ['public'],
      summary: {
        en: "Opens an operator's session with the link of `lineproof operator link`, which this uses up.",
        zh: '使用 `lineproof operator link` 生成的一次性链接登录为运营者。',
      },
      shape: 'own',
      body: Type.Object({ link: Type.String({ minLength: 1, maxLength: LINK_MAX_LENGTH }) }),
      success: 201,
      answer: OPERATOR,
      errors: ['bad_request', 'invalid_code', 'unavailable'],
      examples: [{ title: { en: 'Sign in', zh: '登录' }, body: { link: 'lpl_...' } }],
      run: enter,
    }),
    defineRoute({
      name: 'operator-leave',
      group: 'operator',
      method: 'DELETE',
      path: '/operator/session',
      access: ['operator'],
      summary: { en: "Ends this browser's session.", zh: '结束当前浏览器的会话。' },
      shape: 'own',
      success: 204,
      answer: undefined,
      errors: ['not_signed_in', 'conflict'],
      examples: [{ title: { en: 'Sign out', zh: '退出登录' } }],
      run: leave,
    }),
  ];
}
