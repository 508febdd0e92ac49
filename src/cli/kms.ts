// kms public-keys: what callers need who encrypt fields under a key of their own.

import { withOffice } from './account-office.ts';
import type { Command } from './command.ts';

const publicKeys: Command = {
  name: 'kms public-keys',
  summary: "Prints the server's public keys: RSA for AES-256-CBC, SM2 for SM4-GCM.",
  examples: ['kms public-keys', 'kms public-keys --json'],
  run(context) {
    const { rsaPublicPem, sm2PublicPem } = withOffice(context, (office) => office.keyPairs());
    // The official encryption tools take the Base64 of the PEM.
    const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
    const keys = {
      rsa: { algorithm: 'AES-256-CBC', pem: rsaPublicPem, base64: base64(rsaPublicPem) },
      sm2: { algorithm: 'SM4-GCM', pem: sm2PublicPem, base64: base64(sm2PublicPem) },
    };
    context.output.result(
      keys,
      Object.values(keys).flatMap((key) => [
        `# ${key.algorithm}`,
        key.pem.trimEnd(),
        `# as Base64`,
        key.base64,
        '',
      ]),
    );
    return undefined;
  },
};

export const KMS_COMMANDS: readonly Command[] = [publicKeys];
