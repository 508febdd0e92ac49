// A private certificate authority and a server certificate signed by it, made on the spot: just enough of X.509
// (RFC 5280) and DER for tests of TLS, so that no key has to lie in the repository.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const OIDS = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  subjectKeyId: '551d0e',
} as const;
const YEAR_MS = 365 * 86_400_000;

export interface ServerCertificate {
  /** PEM of the authority that clients must trust. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export function makeServerCertificate(hostNames: readonly string[]): ServerCertificate {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const caName = name('Test authority');
  const authority = certify(ca.publicKey, caName, caName, ca.privateKey, [
    extension(OIDS.basicConstraints, der(SEQUENCE, der(0x01, Buffer.from([0xff]))), true),
    // keyCertSign and cRLSign
    extension(OIDS.keyUsage, der(0x03, Buffer.from([1, 0x06])), true),
    extension(OIDS.subjectKeyId, der(0x04, Buffer.alloc(20, 7)), false),
  ]);
  const names = hostNames.map((host) => der(0x82, Buffer.from(host)));
  const leaf = certify(server.publicKey, caName, name('Test server'), ca.privateKey, [
    extension(OIDS.subjectAltName, der(SEQUENCE, ...names, der(0x87, Buffer.from([127, 0, 0, 1]))), false),
  ]);
  return {
    ca: toPem(authority),
    cert: toPem(leaf),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function certify(
  publicKey: KeyObject,
  issuer: Buffer,
  subject: Buffer,
  signer: KeyObject,
  extensions: readonly Buffer[],
): Buffer {
  const algorithm = der(SEQUENCE, oid(OIDS.ecdsaWithSha256));
  const serial = randomBytes(16);
  serial[0] = 0x01;
  const nowMs = Date.now();
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    issuer,
    der(SEQUENCE, utcTime(nowMs - YEAR_MS), utcTime(nowMs + YEAR_MS)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, ...extensions)),
  );
  const signature = sign('sha256', toBeSigned, signer);
  return der(SEQUENCE, toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function name(commonName: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, oid(OIDS.commonName), der(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  const mark = critical ? [der(0x01, Buffer.from([0xff]))] : [];
  return der(SEQUENCE, oid(id), ...mark, der(0x04, value));
}

function utcTime(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().replaceAll(/[-:T]/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
