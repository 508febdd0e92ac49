// Requests made ready beforehand, each for another number; signed ones are signed anew when they turn a minute old.

import { signTc3, toBytes } from '../test/support/sign-request.ts';

const SIGNATURE_LIFE_MS = 60_000;

export type Target =
  | { readonly kind: 'signed'; readonly port: number; readonly secretId: string; readonly secretKey: string }
  | { readonly kind: 'bearer'; readonly port: number; readonly token: string };

export interface RequestPool {
  next(): Buffer;
}

export function createRequestPool(target: Target, numbers: readonly string[]): RequestPool {
  const made = numbers.map((number) => makeRequest(target, number, Date.now()));
  const madeAtMs = new Float64Array(made.length).fill(Date.now());
  let at = 0;
  // Reading the clock costs as much as a look-up: once in 64 requests is often enough.
  let nowMs = Date.now();
  return {
    next() {
      at = at + 1 === made.length ? 0 : at + 1;
      if ((at & 63) === 0) nowMs = Date.now();
      if (target.kind === 'signed' && nowMs - (madeAtMs[at] ?? 0) > SIGNATURE_LIFE_MS) {
        made[at] = makeRequest(target, numbers[at] ?? '', nowMs);
        madeAtMs[at] = nowMs;
      }
      return made[at] as Buffer;
    },
  };
}

function makeRequest(target: Target, number: string, nowMs: number): Buffer {
  const host = `127.0.0.1:${target.port}`;
  const payload = JSON.stringify({ Mobile: number });
  if (target.kind === 'signed') {
    const timestampSeconds = Math.floor(nowMs / 1000);
    return toBytes(signTc3(target, { host, action: 'MobileStatus', payload, timestampSeconds }));
  }
  const headers = { Host: host, 'Content-Type': 'application/json', Authorization: `Bearer ${target.token}` };
  return toBytes({ method: 'POST', target: '/', headers, body: Buffer.from(payload) });
}
