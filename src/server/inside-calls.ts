// A management call that is made inside the process with a key that is known already: its row, its checks, its record and its
// answer are those of a call over the wire.

import { createInputReader } from '../management/read-input.ts';
import type { RouteDefinition } from '../management/route.ts';
import type { ApiKey } from '../ports/accounts.ts';
import type { HotAnswer } from './hot-route.ts';
import { readIdempotencyKey } from './idempotency-header.ts';
import {
  headersOf,
  JSON_TYPE,
  renderManagementError,
  toManagementError,
  type WrittenAnswer,
} from './management-errors.ts';
import type { ManagementRecord } from './management-routes.ts';

export interface InsideCall {
  /** Of the row. */
  readonly name: string;
  readonly key: ApiKey;
  readonly requestId: string;
  readonly receivedAtMs: number;
  /** Of the visitor. */
  readonly address: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The header, as it would have come. */
  readonly idempotencyKey: string | undefined;
  readonly body: Buffer;
}

/** Never rejects: failures are answers. */
export type AnswerInside = (call: InsideCall) => Promise<HotAnswer>;

export interface InsideCallsOptions {
  readonly routes: readonly RouteDefinition[];
  record(record: ManagementRecord): void;
}

/** Of rows that go through the pipeline. */
export function createInsideCalls({ routes, record }: InsideCallsOptions): AnswerInside {
  const rows = new Map(
    routes
      .filter(({ metered }) => metered === true)
      .map((route) => [route.name, { route, readInput: createInputReader(route) }]),
  );

  return async ({ name, key, parameters, body, idempotencyKey, ...begun }) => {
    const row = rows.get(name);
    if (row === undefined) throw new Error(`there is no call ${name}`);
    const { route, readInput } = row;
    const { account } = key;
    const { requestId, receivedAtMs } = begun;
    const known = { requestId, receivedAtMs, route, account };
    try {
      const input = readInput({ parameters, query: '', body, contentType: JSON_TYPE['Content-Type'] });
      const answer = await route.run({
        ...{ ...begun, ...input, visitor: { access: 'credential', key, account }, session: undefined },
        idempotencyKey: readIdempotencyKey(idempotencyKey),
      });
      const { result = 'ok', status = route.success } = answer;
      record({ ...known, error: undefined, result });
      const headers = { ...headersOf(answer), ...JSON_TYPE };
      return toHot({ status, headers, body: JSON.stringify(answer.body) });
    } catch (thrown) {
      const error = toManagementError(thrown);
      record({ ...known, error: thrown, result: error.code });
      return toHot(renderManagementError(error, route.shape, requestId));
    }
  };
}

function toHot({ status, headers, body }: WrittenAnswer): HotAnswer {
  return { status, headers: Object.entries(headers).flat(), body };
}
