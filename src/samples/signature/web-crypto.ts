// What WebCrypto offers, for texts. Browsers offer it on HTTPS and on localhost only.

export type HashName = 'SHA-256' | 'SHA-1';

/** In lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 in hex. */
export async function sha256(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

export async function hmac(
  key: string | Uint8Array<ArrayBuffer>,
  text: string,
  hash: HashName = 'SHA-256',
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  const imported = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text)));
}
