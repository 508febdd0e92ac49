// Keys held for accounts (the local KMS) and the server's own key pairs for encrypted fields.

import type { KeyObject } from 'node:crypto';

export interface MasterKeyInfo {
  readonly keyId: string;
  readonly alias: string;
  readonly description: string;
  readonly state: 'Enabled' | 'Disabled' | 'PendingDelete' | 'Archived';
  readonly createdAtSeconds: number;
}

/** KMS of one server. Throws the kms_* faults. The account is its internal row id. */
export interface KeyVault {
  /** Master keys that one account may have; absent where there is no bound. */
  readonly keysPerAccountMax?: number;
  createKey(accountId: number, alias: string, description: string): Promise<MasterKeyInfo>;
  describeKey(accountId: number, keyId: string): MasterKeyInfo;
  listKeys(
    accountId: number,
    offset: number,
    limit: number,
  ): { readonly keyIds: readonly string[]; readonly total: number };
  /** Makes an opaque blob (three Base64 parts joined by "-k-"). */
  encrypt(accountId: number, keyId: string, plaintext: Uint8Array, context: string): string;
  decrypt(
    accountId: number,
    blob: string,
    context: string,
  ): { readonly keyId: string; readonly plaintext: Buffer };
}

export interface ServerKeyPairs {
  /** For wrapping AES-256-CBC keys: RSA, PKCS#1 v1.5. */
  readonly rsaPrivateKey: KeyObject;
  /** PKCS#1 PEM of the public half. */
  readonly rsaPublicPem: string;
  /** For wrapping SM4-GCM keys: the SM2 private scalar, 64 hex digits. */
  readonly sm2PrivateHex: string;
  /** SPKI PEM of the public half. */
  readonly sm2PublicPem: string;
}
