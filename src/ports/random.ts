// Chance is injected so that tests own it.

export interface Random {
  /** Cryptographically strong bytes. */
  bytes(length: number): Buffer;
  /** A version 4 UUID in lower case. */
  uuid(): string;
}
