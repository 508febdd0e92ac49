// A UUID of version 8 (RFC 9562) out of a hash: the same for the same thing, without a table that says so.

const UUID_BYTES = 16;

export function uuidOfHash(hashed: Uint8Array): string {
  const bytes = Buffer.from(hashed.subarray(0, UUID_BYTES));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
