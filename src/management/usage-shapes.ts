// Calls as AceData's usage rows. Amounts are minor units of money: original the price, deducted what the balance paid, so
// that their sums are those of the ledger.

import { Type } from '../core/json-schema.ts';
import { createTimeFormat } from '../domain/zoned-time.ts';
import { type UsageCall, UsageError } from '../ports/usage.ts';
import { maskToken } from './accounts/masked-token.ts';
import { ManagementError, type Visitor } from './route.ts';
import type { UsageRouteOptions } from './usage-options.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const NULLABLE_NUMBER = Type.Union([Type.Number(), Type.Null()]);

export const API_REFERENCE = Type.Object({
  id: Type.String(),
  title: Type.String(),
  path: Type.String(),
  method: Type.String(),
});

export const USAGE_ROW = Type.Object({
  id: Type.String(),
  user_id: NULLABLE_TEXT,
  actor_user_id: NULLABLE_TEXT,
  application_id: NULLABLE_TEXT,
  api_id: NULLABLE_TEXT,
  credential_id: NULLABLE_TEXT,
  trace_id: Type.String(),
  status_code: Type.Integer(),
  used_amount: Type.Integer({ description: 'Price of the call, in minor units; 0 when it was not charged.' }),
  original_amount: Type.Integer(),
  deducted_amount: Type.Integer({ description: 'What the balance paid of it: 0 when quota did.' }),
  remaining_amount: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The balance after this call; null for calls that are not in the ledger.',
  }),
  started_at: Type.String(),
  finished_at: NULLABLE_TEXT,
  elapsed: NULLABLE_NUMBER,
  metadata: Type.Object({
    outcome: Type.String(),
    result: Type.String(),
    action: Type.String(),
    protocol: Type.String(),
    charged: Type.Boolean(),
    paid_by: Type.String({ enum: ['quota', 'balance', 'none'] }),
    remaining_quota: Type.Union([Type.Integer(), Type.Null()]),
    ledger_seq: Type.Union([Type.Integer(), Type.Null()]),
    sandbox: Type.Boolean(),
  }),
  api: Type.Union([API_REFERENCE, Type.Null()]),
  service: Type.Union([
    Type.Object({ id: Type.String(), alias: Type.String(), title: Type.String() }),
    Type.Null(),
  ]),
  credential: Type.Union([
    Type.Object({ id: Type.String(), type: Type.String(), token: Type.String() }),
    Type.Null(),
  ]),
  account: Type.Optional(
    Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()], {
      description: 'Whose call it was; for operators only.',
    }),
  ),
});

export function createRowShape({ names, catalogue, timeZone }: UsageRouteOptions) {
  const formatTime = createTimeFormat(timeZone);

  function relationsOf({ account, key, protocol, action }: UsageCall) {
    const api = catalogue.apiOf(protocol, action);
    const service = catalogue.service(catalogue.serviceOf(action) ?? '');
    const credentialId = names.credentialIdOf(key) ?? null;
    return {
      ids: {
        user_id: names.accountIdOf(account) ?? null,
        // Nobody calls for somebody else's account.
        actor_user_id: names.accountIdOf(account) ?? null,
        application_id: service === undefined ? null : (names.applicationIdOf(account, service.name) ?? null),
        api_id: api?.id ?? null,
        credential_id: credentialId,
      },
      api: api === undefined ? null : describeApi(api),
      service:
        service === undefined ? null : { id: service.id, alias: service.name, title: service.title.en },
      credential:
        credentialId === null
          ? null
          : { id: credentialId, type: 'Token', token: maskToken(names.tokenEndingOf(key)) },
    };
  }

  function accountOf({ account }: UsageCall) {
    const id = names.accountIdOf(account);
    return { account: id === undefined ? null : { id, name: names.accountNameOf(account) ?? '' } };
  }

  return (call: UsageCall, visitor: Pick<Visitor, 'access'>) => {
    const { ids, ...relations } = relationsOf(call);
    const elapsedMs = call.durationUs === undefined ? undefined : call.durationUs / 1000;
    return {
      id: String(call.id),
      ...ids,
      trace_id: call.requestId,
      status_code: call.statusCode,
      used_amount: call.priceMinor,
      original_amount: call.priceMinor,
      deducted_amount: call.chargedMinor,
      remaining_amount: call.balanceLeftMinor ?? null,
      started_at: formatTime(call.timeMs),
      finished_at: elapsedMs === undefined ? null : formatTime(call.timeMs + Math.round(elapsedMs)),
      elapsed: elapsedMs === undefined ? null : elapsedMs / 1000,
      metadata: {
        outcome: call.outcome,
        result: call.resultCode,
        action: call.action,
        protocol: call.protocol,
        charged: call.charged,
        paid_by: call.paidBy,
        remaining_quota: call.quotaLeft ?? null,
        ledger_seq: call.seq ?? null,
        sandbox: call.sandbox,
      },
      ...relations,
      // Everybody else sees one account, and in the fields that AceData has.
      ...(visitor.access === 'operator' ? accountOf(call) : {}),
    };
  };
}

export function describeApi(api: { id: string; title: { en: string }; path: string; method: string }) {
  return { id: api.id, title: api.title.en, path: api.path, method: api.method };
}

const RETRY_AFTER_SECONDS = 1;

/** Why usage has no answer, in the words of the management calls. */
export function managementErrorOf(error: unknown, formatTime: (ms: number) => string): unknown {
  if (!(error instanceof UsageError)) return error;
  switch (error.problem) {
    case 'in_progress':
      return new ManagementError('usage_query_in_progress', '', RETRY_AFTER_SECONDS);
    case 'history_expired': {
      const from = error.availableFromMs;
      const since = from === undefined ? '' : ` available_from: ${formatTime(from)}`;
      return new ManagementError('usage_history_expired', `Usage of that time is no longer kept.${since}`);
    }
    default:
      return new ManagementError('unavailable', error.problem === 'timeout' ? error.message : '');
  }
}
