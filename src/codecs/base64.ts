// Base64 (RFC 4648 section 4) as clients write it: padded or not, broken into lines or not. Anything else is refused,
// where Node's own decoder would skip it.

const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes, or undefined when the text is longer than allowed or not Base64. */
export function decodeBase64(text: string, maxLength: number): Buffer | undefined {
  if (text.length > maxLength) return undefined;
  const compact = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, '') : text;
  if (!ALPHABET.test(compact)) return undefined;
  const padded = compact.endsWith('=');
  const digits = compact.replace(/=+$/, '').length;
  if (digits % 4 === 1 || (padded && compact.length % 4 !== 0)) return undefined;
  return Buffer.from(compact, 'base64');
}
