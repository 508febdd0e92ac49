// SM2 public keys as SubjectPublicKeyInfo (RFC 5480 with the curve of GM/T 0006) in PEM, written and read bytewise:
// the structure has one fixed head.

const HEAD = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
const POINT = /^04[0-9a-f]{128}$/;
const PEM_MAX_LENGTH = 1024;
const ARMOUR = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;

/** From the uncompressed point, 130 hex digits. */
export function sm2PublicPem(publicHex: string): string {
  if (!POINT.test(publicHex)) throw new RangeError('an SM2 public key has 130 hex digits from 04');
  const body = Buffer.concat([HEAD, Buffer.from(publicHex, 'hex')]).toString('base64');
  const lines = body.match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

/** The uncompressed point, or undefined when the text is not the PEM of an SM2 key. It may still lie off the curve. */
export function parseSm2PublicPem(pem: string): string | undefined {
  if (pem.length > PEM_MAX_LENGTH) return undefined;
  const der = Buffer.from(ARMOUR.exec(pem)?.[1] ?? '', 'base64');
  const point = der.subarray(HEAD.length).toString('hex');
  return der.subarray(0, HEAD.length).equals(HEAD) && POINT.test(point) ? point : undefined;
}
