// What the ledger decided about single calls, for whoever follows one: the pipeline's answer does not say it.

import type { Ledger, Settlement } from '../ports/ledger.ts';

export interface SettlementWatch {
  readonly ledger: Ledger;
  /** Follows one call by its request id until `close`. */
  follow(requestId: string): { settlement(): Settlement | undefined; close(): void };
}

export function watchSettlements<T extends Ledger>(ledger: T): SettlementWatch {
  const followed = new Map<string, Settlement | undefined>();
  return {
    ledger: {
      async settle(attempt) {
        // Nobody follows almost every call.
        if (!followed.has(attempt.requestId)) return ledger.settle(attempt);
        const settlement = await ledger.settle(attempt);
        if (followed.has(attempt.requestId)) followed.set(attempt.requestId, settlement);
        return settlement;
      },
      mayLackFunds: (...asked) => ledger.mayLackFunds(...asked),
      hasFunds: (...asked) => ledger.hasFunds(...asked),
      findKept: (...asked) => ledger.findKept(...asked),
      logCall: (call) => ledger.logCall(call),
    },
    follow(requestId) {
      followed.set(requestId, undefined);
      return { settlement: () => followed.get(requestId), close: () => followed.delete(requestId) };
    },
  };
}
