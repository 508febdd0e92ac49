// Rows: one entry of the ledger as far as its account may see it, and what vouches for it. The keyed hashes of what was
// asked stay inside, so the server works out the entry's hash, and says what that proves.

import { Type } from '../core/json-schema.ts';
import { formatCalendarDate } from '../domain/calendar-date.ts';
import type { EntryScope, LedgerEntry, LedgerHead } from '../ports/ledger-view.ts';
import { lastVerification, VERIFICATION } from './last-verification.ts';
import { noteLook } from './note-look.ts';
import { defineRoute, ManagementError, type ManagementRequest, type RouteDefinition } from './route.ts';
import { timeText } from './time-text.ts';
import { scopeOfVisitor } from './usage-filter.ts';
import type { UsageRouteOptions } from './usage-options.ts';
import { managementErrorOf } from './usage-shapes.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const HASH = Type.String({ description: '64 hexadecimal digits.' });
const ACCESS = ['session', 'platform-token', 'credential', 'operator'] as const;
const ERRORS = [
  ...(['not_signed_in', 'forbidden', 'not_found', 'usage_query_in_progress', 'unavailable'] as const),
];

const ENTRY = Type.Object({
  seq: Type.Integer(),
  time: Type.String(),
  date: Type.String({ description: "In the ledger's time zone." }),
  kind: Type.String({ enum: ['call', 'quota_grant', 'top_up'] }),
  account_id: NULLABLE_TEXT,
  credential_id: NULLABLE_TEXT,
  ...{ service: Type.String(), action: Type.String(), protocol: Type.String(), request_id: Type.String() },
  ...{ outcome: Type.String(), result: Type.String(), charged: Type.Boolean() },
  price: Type.Integer({ description: 'In minor units; 0 when it was not charged.' }),
  paid_by: Type.String({ enum: ['quota', 'balance', 'none', ''] }),
  amount: Type.Integer({ description: 'Minor units, or calls of the quota: taken, of a grant added.' }),
  source: Type.String(),
  as_of: NULLABLE_TEXT,
  previous_hash: HASH,
  hash: HASH,
});

export const LEDGER_HEAD = Type.Object({
  number: Type.Integer(),
  seq: Type.Integer(),
  hash: HASH,
  time: Type.String({ description: 'Of its entry.' }),
  signature: Type.String({ description: 'Ed25519, in base64.' }),
});

const PROOF = Type.Object({
  seq: Type.Integer(),
  verdict: Type.String({
    enum: ['proven', 'unsigned', 'broken'],
    description:
      'proven: the stored fields give the hash, and the chain leads from it to a signed head; unsigned: no head covers it yet; broken: something on that way was altered.',
  }),
  head: Type.Union([LEDGER_HEAD, Type.Null()]),
  last_verification: VERIFICATION,
});

export function shapeHead({ number, seq, hash, timeMs, signature }: LedgerHead) {
  return { number, seq, hash, time: timeText(timeMs), signature };
}

export function createLedgerEntryRoutes(options: UsageRouteOptions): RouteDefinition[] {
  const { ledger, names } = options;

  function shapeEntry(entry: LedgerEntry) {
    const { seq, kind, service, action, protocol, outcome, charged, amount, source, hash } = entry;
    return {
      ...{ seq, time: timeText(entry.timeMs), date: formatCalendarDate(entry.day), kind },
      account_id: names.accountIdOf(entry.account) ?? null,
      credential_id: kind === 'call' ? (names.credentialIdOf(entry.key) ?? null) : null,
      ...{ service, action, protocol, request_id: entry.requestId, outcome, result: entry.resultCode },
      ...{ charged, price: entry.priceMinor, paid_by: entry.paidBy, amount, source },
      as_of: entry.asOf === undefined ? null : formatCalendarDate(entry.asOf),
      ...{ previous_hash: entry.previousHash, hash },
    };
  }

  /** Another's entry is not found, as one that does not exist. */
  async function find<T>(
    request: ManagementRequest,
    ask: (scope: EntryScope, seq: number) => Promise<T | undefined>,
  ): Promise<T> {
    const seq = seqIn(request);
    await noteLook(options.noteAct, request, 'ledger.entry', String(seq));
    try {
      const found = await ask(scopeOfVisitor(options, request.visitor, undefined), seq);
      if (found === undefined) throw new ManagementError('not_found');
      return found;
    } catch (error) {
      throw managementErrorOf(error, String);
    }
  }

  return [
    defineRoute({
      name: 'ledger-entry',
      group: 'usage',
      method: 'GET',
      path: '/usage/entries/:seq',
      access: ACCESS,
      summary: {
        en: 'One entry of the ledger, with its hash and that of the entry before. Of its own account only.',
        zh: '查询单条账本记录及其散列和前一条的散列；仅限本账户。',
      },
      shape: 'own',
      success: 200,
      answer: ENTRY,
      errors: ERRORS,
      examples: [{ title: { en: 'One entry', zh: '单条记录' }, parameters: { seq: '1' } }],
      run: async (request) => ({ body: shapeEntry(await find(request, ledger.entry)) }),
    }),
    defineRoute({
      name: 'ledger-entry-proof',
      group: 'usage',
      method: 'GET',
      path: '/usage/entries/:seq/proof',
      access: ACCESS,
      summary: {
        en: 'Works out the hash of one entry from what is stored, and follows the chain from it to the next signed head.',
        zh: '根据存储内容重新计算单条记录的散列，并沿链验证到下一个已签名的链头。',
      },
      shape: 'own',
      success: 200,
      answer: PROOF,
      errors: ERRORS,
      examples: [{ title: { en: 'Verify', zh: '验证' }, parameters: { seq: '1' } }],
      async run(request) {
        const { verdict, head } = await find(request, ledger.proof);
        return {
          body: {
            ...{ seq: seqIn(request), verdict, head: head === undefined ? null : shapeHead(head) },
            last_verification: lastVerification(options.jobs),
          },
        };
      },
    }),
  ];
}

function seqIn({ parameters }: ManagementRequest): number {
  const text = parameters.seq ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new ManagementError('not_found');
  return Number(text);
}
