// Rows of operators about the ledger as a whole: how it ends, verifying it in a job, and its entries as a file.

import { Type } from '../core/json-schema.ts';
import { formatCalendarDate, parseCalendarDate } from '../domain/calendar-date.ts';
import type { LedgerFormat, LedgerNames, LedgerPeriod, LedgerView } from '../ports/ledger-view.ts';
import { actorOf, atDesk } from './accounts/context.ts';
import { lastVerification, VERIFICATION } from './last-verification.ts';
import { LEDGER_HEAD, shapeHead } from './ledger-entry.ts';
import { JOB, STARTING, startJob } from './operator-jobs.ts';
import type { OperatorContext } from './operator-routes.ts';
import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import { streamOf } from './stream-of.ts';
import { timeText } from './time-text.ts';
import { managementErrorOf } from './usage-shapes.ts';

export interface LedgerShelf {
  readonly view: Pick<LedgerView, 'state' | 'exportEntries' | 'fundsLeft'>;
  names(): LedgerNames;
}

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const DATE = Type.Optional(Type.String({ maxLength: 10, description: 'YYYY-MM-DD, included.' }));
const HEAD_PATTERN = '^[1-9][0-9]{0,14}:[0-9a-fA-F]{64}$';
const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const satisfies Record<LedgerFormat, string>;

const STATE = Type.Object({
  entries: Type.Integer({ description: 'Number of the last entry.' }),
  last_entry_at: NULLABLE_TEXT,
  public_key: Type.Union([Type.String({ description: 'Ed25519, SPKI in base64.' }), Type.Null()]),
  head: Type.Union([LEDGER_HEAD, Type.Null()]),
  last_verification: VERIFICATION,
});

export function createOperatorLedgerRoutes(context: OperatorContext): RouteDefinition[] {
  const { ledger, jobs } = context;
  return [
    defineRoute({
      name: 'ledger-state',
      group: 'operator',
      method: 'GET',
      path: '/operator/ledger',
      access: ['operator'],
      summary: {
        en: 'How the ledger ends: its last entry, the newest signed head, the public key, and the last verification since the server started.',
        zh: '账本现状：最后一条记录、最新签名链头、公钥，以及服务启动以来最近一次验证。',
      },
      shape: 'own',
      success: 200,
      answer: STATE,
      errors: ['not_signed_in', 'forbidden', 'usage_query_in_progress', 'unavailable'],
      examples: [{ title: { en: 'Now', zh: '当前' } }],
      async run() {
        try {
          const { lastSeq, lastTimeMs, publicKey, head } = await ledger.view.state();
          const body = {
            entries: lastSeq,
            last_entry_at: timeText(lastTimeMs),
            public_key: publicKey ?? null,
            head: head === undefined ? null : shapeHead(head),
            last_verification: lastVerification(jobs),
          };
          return { body };
        } catch (error) {
          throw managementErrorOf(error, String);
        }
      },
    }),
    defineRoute({
      name: 'ledger-verify',
      group: 'operator',
      method: 'POST',
      path: '/operator/ledger/verify',
      access: ['operator'],
      summary: {
        en: 'Starts a job that verifies every entry, signed head, quota and balance, and that a head noted down earlier is still in the chain.',
        zh: '启动任务，验证全部记录、签名链头、额度与余额，以及此前记下的链头是否仍在链中。',
      },
      shape: 'own',
      body: Type.Object({
        head: Type.Optional(
          Type.String({ pattern: HEAD_PATTERN, description: 'SEQ:HASH, as a verification gave it.' }),
        ),
      }),
      success: 202,
      answer: JOB,
      errors: ['bad_request', ...STARTING],
      examples: [
        { title: { en: 'Verify', zh: '验证' }, body: {} },
        { title: { en: 'With a noted head', zh: '核对链头' }, body: { head: `12:${'0f'.repeat(32)}` } },
      ],
      run(request) {
        const { head } = request.body;
        const [seq, hash = ''] = String(head ?? '').split(':');
        const notedHead = head === undefined ? undefined : { seq: Number(seq), hash: hash.toLowerCase() };
        return startJob(context, {
          ...{ kind: 'ledger-verify', actor: actorOf(request), input: { notedHead } },
          asked: { head: head === undefined ? null : String(head).toLowerCase() },
        });
      },
    }),
    ...(['csv', 'ndjson'] as const).map((format) => exportRow(context, format)),
  ];
}

function exportRow({ ledger, desk }: OperatorContext, format: LedgerFormat): RouteDefinition {
  const name = format === 'csv' ? 'CSV' : 'NDJSON';
  return defineRoute({
    name: `ledger-export-${format}`,
    group: 'operator',
    method: 'GET',
    path: `/operator/ledger/export/${format}`,
    access: ['operator'],
    summary: {
      en: `Streams entries as ${name}, oldest first, with every field that the hashes cover; subjects are keyed hashes. Audited.`,
      zh: `以 ${name} 导出账本记录（按序），含散列覆盖的全部字段；对象仅为密钥散列。记入审计日志。`,
    },
    shape: 'own',
    query: Type.Object({
      account_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      ...{ date_from: DATE, date_to: DATE },
    }),
    success: 200,
    answer: { mediaType: MEDIA_TYPES[format] },
    errors: [
      ...(['bad_request', 'not_signed_in', 'forbidden'] as const),
      ...(['usage_query_in_progress', 'unavailable'] as const),
    ],
    examples: [
      { title: { en: 'One month', zh: '单月' }, query: { date_from: '2026-11-01', date_to: '2026-11-30' } },
    ],
    async run(request) {
      const { account_id: accountId } = request.query;
      const names = ledger.names();
      const from = dayIn(request.query.date_from, 'date_from');
      const to = dayIn(request.query.date_to, 'date_to');
      const account =
        accountId === undefined
          ? undefined
          : [...names.accountIds].find(([, known]) => known === accountId)?.[0];
      if (accountId !== undefined && account === undefined)
        throw new ManagementError('bad_request', 'account_id is not known');
      const period: LedgerPeriod = {
        account,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
      const text = (day: typeof from) => (day === undefined ? null : formatCalendarDate(day));
      const subject = accountId === undefined ? 'all accounts' : String(accountId);
      const asked = { format, from: text(from), to: text(to) };
      await atDesk(() => desk.noteAct(actorOf(request), 'ledger.export', subject, null, asked));
      try {
        const stream = await streamOf(ledger.view.exportEntries(period, format, names));
        return { stream, fileName: `ledger.${format}` };
      } catch (error) {
        throw managementErrorOf(error, String);
      }
    },
  });
}

function dayIn(text: unknown, name: string) {
  if (text === undefined) return undefined;
  const day = parseCalendarDate(String(text));
  if (day === undefined) throw new ManagementError('bad_request', `${name} must be a date like 2026-11-21`);
  return day;
}
