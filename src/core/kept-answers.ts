// Calls that a caller named with an idempotency key: each is charged once, and its answer is given again while it is kept.
// Of what was not charged only the question is kept, since asking it again costs nothing and may find more; unless it uses
// something up.

import { hash } from 'node:crypto';
import { prepareKeyedHash } from '../codecs/keyed-hash.ts';
import { open, SEALED_BOX_NONCE_BYTES, seal } from '../codecs/sealed-box.ts';
import type { Conclusion } from '../domain/conclusion.ts';
import { Fault } from '../domain/fault.ts';
import type { KeptAnswer, Ledger } from '../ports/ledger.ts';
import type { Random } from '../ports/random.ts';
import type { Call, Idempotency } from './call.ts';

export interface KeptAnswersOptions {
  readonly ledger: Pick<Ledger, 'findKept'>;
  readonly random: Pick<Random, 'bytes'>;
  /** 32 bytes each, derived from the master key. */
  readonly sealKey: Buffer;
  readonly lookupKey: Buffer;
  readonly keptMs: number;
  /** Of the sandbox, which has no ledger: answers held in memory, the oldest goes first. */
  readonly sandboxMax: number;
}

/** Asked to keep what the call concluded; only the question where the answer is not to be given again. */
export type Keep = (conclusion: Conclusion, isGivenAgain: boolean) => KeptAnswer;

export interface KeptAnswers {
  /**
   * What is kept for the call's key, or what `run` concludes; of several at once one runs and the others wait for it.
   * Throws idempotency_key_reused where the key named another question.
   */
  answerOnce(
    call: Call,
    idempotency: Idempotency,
    run: (keep: Keep) => Promise<Conclusion>,
  ): Promise<Conclusion>;
}

const NOTHING = new Uint8Array(0);

interface Running {
  readonly question: Uint8Array;
  readonly ended: Promise<unknown>;
}

export function createKeptAnswers(options: KeptAnswersOptions): KeptAnswers {
  const { ledger, random, sealKey, keptMs } = options;
  const keyedHash = prepareKeyedHash(options.lookupKey);
  const running = new Map<string, Running>();
  const ofSandbox = new Map<string, KeptAnswer>();

  function find(name: Uint8Array, id: string, { key, receivedAtMs }: Call) {
    if (!key.account.sandbox) return ledger.findKept(name, receivedAtMs);
    const found = ofSandbox.get(id);
    return found !== undefined && found.untilMs > receivedAtMs ? found : undefined;
  }

  function keepInSandbox(id: string, kept: KeptAnswer): void {
    ofSandbox.delete(id);
    const [oldest] = ofSandbox.size >= options.sandboxMax ? ofSandbox.keys() : [];
    if (oldest !== undefined) ofSandbox.delete(oldest);
    ofSandbox.set(id, kept);
  }

  function openKept(answer: Uint8Array, id: string): Conclusion {
    const text = open(sealKey, answer, id);
    // Under another master key, or altered: better an error than a second charge.
    if (text === undefined) throw new Error('a kept answer does not open');
    const { outcome, output, source, asOf, repeats } = JSON.parse(text.toString()) as Required<Conclusion>;
    return { outcome, output, source, asOf, repeats };
  }

  return {
    async answerOnce(call, idempotency, run) {
      const { key } = call;
      const name = keyedHash(`name\n${key.id}\n${idempotency.key}`);
      const question = keyedHash(
        `question\n${key.id}\n${call.protocol.name}\n${call.action.name}\n${hash('sha256', idempotency.question)}`,
      );
      const id = Buffer.from(name).toString('base64');
      const { requestId, language, receivedAtMs } = call;
      const keep: Keep = (conclusion, isGivenAgain) => {
        const untilMs = receivedAtMs + keptMs;
        if (!isGivenAgain) return { name, question, answer: NOTHING, untilMs };
        const text = Buffer.from(JSON.stringify({ ...conclusion, repeats: { requestId, language } }));
        const answer = seal(sealKey, text, id, random.bytes(SEALED_BOX_NONCE_BYTES));
        return { name, question, answer, untilMs };
      };

      for (let first = running.get(id); first !== undefined; first = running.get(id)) {
        refuseOther(first.question, question);
        await first.ended;
      }
      const ended = Promise.withResolvers<void>();
      running.set(id, { question, ended: ended.promise });
      try {
        const kept = await find(name, id, call);
        if (kept !== undefined) refuseOther(kept.question, question);
        if (kept !== undefined && kept.answer.length > 0) return openKept(kept.answer, id);
        const conclusion = await run(keep);
        const isCharged = call.action.outcomes[conclusion.outcome]?.charged ?? false;
        if (key.account.sandbox)
          keepInSandbox(id, keep(conclusion, isCharged || call.action.usesUp === true));
        return conclusion;
      } finally {
        running.delete(id);
        ended.resolve();
      }
    },
  };
}

function refuseOther(known: Uint8Array, asked: Uint8Array): void {
  if (!Buffer.from(known).equals(asked)) throw new Fault('idempotency_key_reused');
}
