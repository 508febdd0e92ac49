// Grants and questions on their way to the writer thread and back. They are rare: messages carry them, not the ring.

import { Fault } from '../../../domain/fault.ts';

const PENDING_MAX = 1000;

export interface WriterQueue<Question, Answer> {
  add(question: Question): Promise<Answer>;
  answered(id: number, answer: Answer): void;
  /** `isRefused`: it makes no sense, rather than that the file could not be read or written. */
  refused(id: number, isRefused: boolean): void;
  pending(): number;
  /** Rejects everything, now and from now on. */
  end(reason: Error): void;
}

export function createWriterQueue<Question, Answer>(
  send: (id: number, question: Question) => void,
): WriterQueue<Question, Answer> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let lastId = 0;
  let endedBy: Error | undefined;

  function take(id: number): PromiseWithResolvers<Answer> | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  }

  return {
    async add(question) {
      if (endedBy !== undefined) throw endedBy;
      if (waiting.size >= PENDING_MAX) throw new Fault('overloaded');
      lastId += 1;
      const answer = Promise.withResolvers<Answer>();
      waiting.set(lastId, answer);
      send(lastId, question);
      return await answer.promise;
    },
    answered: (id, answer) => take(id)?.resolve(answer),
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
