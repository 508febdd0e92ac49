// Row: what the registry holds of one number. The look-up is in the audit log before it is answered; names and ID cards
// are not even in the registry.

import { Type } from '../core/json-schema.ts';
import { formatCalendarDate } from '../domain/calendar-date.ts';
import { maskMsisdn, msisdnToInteger, parseMsisdn } from '../domain/msisdn.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);

export function createOperatorLookUpRoutes({ desk, lookup, region }: OperatorContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'number-look-up',
      group: 'operator',
      method: 'POST',
      path: '/operator/numbers/look-up',
      access: ['operator'],
      summary: {
        en: 'What the registry holds of one number. Audited.',
        zh: '查询单个号码的登记记录（记入审计日志）。',
      },
      shape: 'own',
      body: Type.Object({ number: Type.String({ minLength: 1, maxLength: 32 }) }),
      success: 200,
      answer: Type.Object({
        number: Type.String({ description: 'Masked.' }),
        found: Type.Boolean(),
        status: NULLABLE_TEXT,
        carrier: NULLABLE_TEXT,
        activated_on: NULLABLE_TEXT,
        as_of: NULLABLE_TEXT,
        has_name: Type.Boolean(),
        has_id_card: Type.Boolean(),
      }),
      errors: ['bad_request', 'not_signed_in', 'forbidden', 'unavailable'],
      examples: [{ title: { en: 'Look up', zh: '查询' }, body: { number: '13800138000' } }],
      async run(request) {
        const msisdn = parseMsisdn(String(request.body.number), region);
        if (msisdn === undefined) throw new ManagementError('bad_request', 'number is no telephone number.');
        const number = maskMsisdn(msisdn);
        const row = lookup.find(msisdnToInteger(msisdn), true);
        const found = row !== undefined;
        await atDesk(() => desk.noteActOnNumber(actorOf(request), 'registry.look-up', msisdn, { found }));
        return {
          body: {
            number,
            found,
            status: row?.status ?? null,
            carrier: row?.carrier ?? null,
            activated_on: row?.activatedOn === undefined ? null : formatCalendarDate(row.activatedOn),
            as_of: row === undefined ? null : formatCalendarDate(row.asOf),
            has_name: row?.nameHash !== undefined,
            has_id_card: row?.idCardHash !== undefined,
          },
        };
      },
    }),
  ];
}
