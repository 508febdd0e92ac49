// Signed calls about lines that are in the registry and lines that an import is to bring, without a pause, while something
// happens to the registry. Each answer must be the row's own; new lines are absent until all of them are there.

import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SyntheticRow } from '../../src/sources/registry/generate-subscribers.ts';
import { openClient } from '../support/http-client.ts';
import { LINE_STATUS_CODES } from '../support/line-status-codes.ts';
import { type Credentials, signTc3, toBytes } from '../support/sign-request.ts';

const ABSENT = { Result: '-1', StatusCode: 99 };

export interface LiveCalls {
  /** Throws when an answer was wrong; says how many were right, and whether the new lines have come. */
  stop(): Promise<{ readonly answers: number; readonly arrived: boolean }>;
}

export interface LiveCallsOptions {
  readonly port: number;
  readonly account: Credentials;
  readonly held: readonly SyntheticRow[];
  readonly coming: readonly SyntheticRow[];
}

export function callWithoutPause({ port, account, held, coming }: LiveCallsOptions): LiveCalls {
  let stopping = false;
  let answers = 0;
  let arrived = false;

  async function work(): Promise<void> {
    const client = await openClient(port);
    const ask = async (row: SyntheticRow): Promise<object> => {
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const payload = JSON.stringify({ Mobile: row.msisdn });
      const subject = { host: `127.0.0.1:${port}`, action: 'MobileStatus', payload, timestampSeconds };
      const { body } = await client.send(toBytes(signTc3(account, subject)));
      const { Response } = JSON.parse(body.toString()) as { Response: Record<string, unknown> };
      answers += 1;
      return { Result: Response.Result, StatusCode: Response.StatusCode };
    };
    try {
      for (let at = 0; !stopping; at += 1) {
        const old = held[at % held.length] as SyntheticRow;
        assert.deepEqual(await ask(old), answerOf(old), 'a line that the registry held all the time');
        const fresh = coming[at % coming.length] as SyntheticRow;
        const met = await ask(fresh);
        if (!arrived) arrived = JSON.stringify(met) !== JSON.stringify(ABSENT);
        if (arrived) assert.deepEqual(met, answerOf(fresh), 'a line that the import brought');
        await nextTurn();
      }
    } finally {
      client.close();
    }
  }

  const working = work();
  // Whoever stops it is told.
  working.catch(() => {});
  return {
    async stop() {
      stopping = true;
      await working;
      return { answers, arrived };
    },
  };
}

function answerOf({ status }: SyntheticRow): object {
  return { Result: '0', StatusCode: LINE_STATUS_CODES[status] };
}
