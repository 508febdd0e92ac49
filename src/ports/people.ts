// The human users of the self-service: who registered, with which account. An e-mail address is personal data: stores keep
// it sealed and find it by a keyed hash.

export interface Person {
  /** Public id, a UUID. */
  readonly id: string;
  /** The account that the person owns; public id. */
  readonly accountId: string;
  /** Plain; in memory only, never logged. */
  readonly email: string;
  readonly createdMs: number;
  readonly totpEnabled: boolean;
}
