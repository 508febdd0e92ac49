// UUIDs of version 7 (RFC 9562 section 5.7): they rise with time, so that what is kept under them lies together on the disk; 74
// bits of chance make them impossible to guess.

const CHANCE_BYTES = 10;

/** `bytes` gives cryptographic chance; `nowMs` is Unix time. */
export function timeOrderedUuid(nowMs: number, bytes: (count: number) => Uint8Array): string {
  const id = Buffer.alloc(16);
  id.writeUIntBE(nowMs, 0, 6);
  id.set(bytes(CHANCE_BYTES), 6);
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x70;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
