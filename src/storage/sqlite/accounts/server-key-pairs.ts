// The server's own key pairs, under whose public halves callers wrap the keys of encrypted fields. Made once.

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { rsaPublicPem } from '../../../codecs/rsa-pkcs1.ts';
import { open, seal } from '../../../codecs/sealed-box.ts';
import { drawSm2PrivateHex, sm2PublicHex } from '../../../codecs/sm2.ts';
import { sm2PublicPem } from '../../../codecs/sm2-pem.ts';
import type { ServerKeyPairs } from '../../../ports/key-vault.ts';
import type { Random } from '../../../ports/random.ts';
import { openAccountsFile } from './schema.ts';

const RSA_BITS = 2048;

/** Reads the pairs, making them at the first use. */
export function loadServerKeyPairs(path: string, sealKey: Buffer, random: Random): ServerKeyPairs {
  const database = openAccountsFile(path);
  const readOrMake = (name: string, make: () => Buffer): Buffer => {
    const read = (): unknown => database.prepare('SELECT value FROM facts WHERE name = ?').get(name)?.value;
    if (read() === undefined) {
      const box = seal(sealKey, make(), name, random.bytes(12));
      // Another process may have been first; what is stored then counts.
      database.prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, box);
    }
    const opened = open(sealKey, read() as Uint8Array, name);
    if (opened === undefined) throw new Error('the server key pairs do not open under this master key');
    return opened;
  };
  try {
    const rsa = readOrMake('rsa_private_key', makeRsaKey);
    const sm2PrivateHex = readOrMake('sm2_private_key', () =>
      Buffer.from(
        drawSm2PrivateHex((length) => random.bytes(length)),
        'hex',
      ),
    ).toString('hex');
    const rsaPrivateKey = createPrivateKey({ key: rsa, format: 'der', type: 'pkcs8' });
    let sm2Pem: string | undefined;
    return {
      rsaPrivateKey,
      rsaPublicPem: rsaPublicPem(rsaPrivateKey),
      sm2PrivateHex,
      // Found when it is asked for: the point takes long, and most servers never publish it.
      get sm2PublicPem() {
        sm2Pem ??= sm2PublicPem(sm2PublicHex(sm2PrivateHex));
        return sm2Pem;
      },
    };
  } finally {
    database.close();
  }
}

function makeRsaKey(): Buffer {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  return privateKey.export({ format: 'der', type: 'pkcs8' });
}
