// Requests made ready beforehand, each for another number; signed ones are signed anew when they turn a minute old.

import { signTc3, toBytes } from '../test/support/sign-request.ts';

const SIGNATURE_LIFE_MS = 60_000;

export type Target =
  | { readonly kind: 'signed'; readonly port: number; readonly secretId: string; readonly secretKey: string }
  /** The floor. */
  | { readonly kind: 'bearer'; readonly port: number; readonly token: string }
  | { readonly kind: 'acedata'; readonly port: number; readonly token: string };

export interface RequestPool {
  next(): Buffer;
}

/** Numbers and keys of one run differ by fewer bytes than this between requests. */
const SLOT_SPARE_BYTES = 64;

export function createRequestPool(target: Target, numbers: readonly string[]): RequestPool {
  // One block of memory: a hundred thousand objects would have the generator pause for its own garbage collection.
  const startMs = Date.now();
  const slotBytes = makeRequest(target, numbers[0] ?? '', startMs).length + SLOT_SPARE_BYTES;
  const slots = Buffer.allocUnsafeSlow(numbers.length * slotBytes);
  const lengths = new Uint32Array(numbers.length);
  const madeAtMs = new Float64Array(numbers.length);
  const make = (at: number, nowMs: number): void => {
    const request = makeRequest(target, numbers[at] ?? '', nowMs);
    if (request.length > slotBytes) throw new Error(`a request of ${request.length} bytes has no room`);
    lengths[at] = request.copy(slots, at * slotBytes);
    madeAtMs[at] = nowMs;
  };
  for (let at = 0; at < numbers.length; at += 1) make(at, startMs);

  let next = 0;
  // Reading the clock costs as much as a look-up: once in 64 requests is often enough.
  let nowMs = startMs;
  return {
    next() {
      next = next + 1 === numbers.length ? 0 : next + 1;
      if ((next & 63) === 0) nowMs = Date.now();
      if (target.kind === 'signed' && nowMs - (madeAtMs[next] ?? 0) > SIGNATURE_LIFE_MS) make(next, nowMs);
      const start = next * slotBytes;
      return slots.subarray(start, start + (lengths[next] ?? 0));
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
  if (target.kind === 'acedata') {
    const body = Buffer.from(JSON.stringify({ mobile: number }));
    return toBytes({ method: 'POST', target: '/identity/phone/check-1e', headers, body });
  }
  return toBytes({ method: 'POST', target: '/', headers, body: Buffer.from(payload) });
}
