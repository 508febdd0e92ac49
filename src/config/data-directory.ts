// Where everything lies inside one data directory.

import { join } from 'node:path';

export interface DataPaths {
  readonly directory: string;
  readonly masterKey: string;
  /** Accounts, keys, KMS, server key pairs, audit log. Rarely written. */
  readonly accounts: string;
  /** The chain, funds. Written by every live call. */
  readonly ledger: string;
  /** Signed heads of the chain, one JSON object a line, outside the database on purpose. */
  readonly ledgerHeads: string;
  /** Bounded log of faults and sandbox calls. */
  readonly calls: string;
  /** Subscriber records and number ranges. */
  readonly registry: string;
  /** Persons, sessions, one-time codes, platform tokens. */
  readonly people: string;
  /** One-time codes with their messages, what limits them, verified contacts. */
  readonly codes: string;
  /** Calls and daily sums, derived from ledger and calls: no part of a backup, built again where it is missing. */
  readonly usage: string;
  /** Held locked by the one serving process. */
  readonly serveLock: string;
  readonly configFile: string;
}

export function dataPaths(directory: string): DataPaths {
  return {
    directory,
    masterKey: join(directory, 'master.key'),
    accounts: join(directory, 'accounts.db'),
    ledger: join(directory, 'ledger.db'),
    ledgerHeads: join(directory, 'ledger-heads.ndjson'),
    calls: join(directory, 'calls.db'),
    registry: join(directory, 'registry.db'),
    people: join(directory, 'people.db'),
    codes: join(directory, 'codes.db'),
    usage: join(directory, 'usage.db'),
    serveLock: join(directory, 'serve.lock'),
    configFile: join(directory, 'lineproof.json'),
  };
}
