// Grants on their way to the writer thread and back. They are rare: messages carry them, not the ring.

import { Fault } from '../../../domain/fault.ts';
import type { AccountFunds, Grant } from '../../../ports/ledger.ts';

const PENDING_MAX = 1000;

export interface GrantQueue {
  add(grant: Grant): Promise<AccountFunds>;
  granted(id: number, funds: AccountFunds): void;
  /** `isRefused`: it makes no sense, rather than that the file could not be written. */
  refused(id: number, isRefused: boolean): void;
  pending(): number;
  /** Rejects everything, now and from now on. */
  end(reason: Error): void;
}

export function createGrantQueue(send: (id: number, grant: Grant) => void): GrantQueue {
  const waiting = new Map<number, PromiseWithResolvers<AccountFunds>>();
  let lastId = 0;
  let endedBy: Error | undefined;

  function take(id: number): PromiseWithResolvers<AccountFunds> | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  }

  return {
    async add(grant) {
      if (endedBy !== undefined) throw endedBy;
      if (waiting.size >= PENDING_MAX) throw new Fault('overloaded');
      lastId += 1;
      const answer = Promise.withResolvers<AccountFunds>();
      waiting.set(lastId, answer);
      send(lastId, grant);
      return await answer.promise;
    },
    granted: (id, funds) => take(id)?.resolve(funds),
    refused(id, isRefused) {
      const reason = isRefused
        ? new RangeError('funds stay between zero and the largest safe integer')
        : new Fault('storage_unavailable');
      take(id)?.reject(reason);
    },
    pending: () => waiting.size,
    end(reason) {
      endedBy = reason;
      for (const id of [...waiting.keys()]) take(id)?.reject(reason);
    },
  };
}
