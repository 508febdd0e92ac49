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
      settle(attempt) {
        const { requestId } = attempt;
        const settling = ledger.settle(attempt);
        // Nobody follows almost every call.
        if (followed.size === 0 || !followed.has(requestId)) return settling;
        return settling.then((settlement) => {
          if (followed.has(requestId)) followed.set(requestId, settlement);
          return settlement;
        });
      },
      mayLackFunds: (accountId, service, priceMinor) => ledger.mayLackFunds(accountId, service, priceMinor),
      hasFunds: (accountId, service, priceMinor) => ledger.hasFunds(accountId, service, priceMinor),
      findKept: (name, nowMs) => ledger.findKept(name, nowMs),
      logCall: (call) => ledger.logCall(call),
    },
    follow(requestId) {
      followed.set(requestId, undefined);
      return { settlement: () => followed.get(requestId), close: () => followed.delete(requestId) };
    },
  };
}
