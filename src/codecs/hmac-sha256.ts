// HMAC-SHA256 (RFC 2104) for a key that is used many times: two one-shot hashes over prepared key blocks cost less
// than half of createHmac and leave less garbage.

import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;

/** A function that authenticates one message (text is UTF-8) under the prepared key; the answer is 32 bytes. */
export function prepareHmacSha256(key: Uint8Array): (message: string | Uint8Array) => Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key);
  const outer = Buffer.alloc(BLOCK_BYTES + 32);
  let inner = Buffer.alloc(512);
  for (let i = 0; i < BLOCK_BYTES; i += 1) {
    inner[i] = (block[i] ?? 0) ^ 0x36;
    outer[i] = (block[i] ?? 0) ^ 0x5c;
  }
  return (message) => {
    const room = BLOCK_BYTES + (typeof message === 'string' ? message.length * 3 : message.length);
    if (room > inner.length) {
      const larger = Buffer.alloc(room * 2);
      larger.set(inner.subarray(0, BLOCK_BYTES));
      inner = larger;
    }
    let length = BLOCK_BYTES;
    if (typeof message === 'string') length += inner.write(message, BLOCK_BYTES, 'utf8');
    else {
      inner.set(message, BLOCK_BYTES);
      length += message.length;
    }
    // Digests as Latin-1 text cost a third of digests as buffers and leave no memory outside the heap to collect.
    outer.write(hash('sha256', inner.subarray(0, length), 'latin1'), BLOCK_BYTES, 'latin1');
    return Buffer.from(hash('sha256', outer, 'latin1'), 'latin1');
  };
}
