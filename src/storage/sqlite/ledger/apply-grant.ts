// Grants of quota and money as entries of the chain: the same for the command line and for the serving process's writer.

import type { DatabaseSync } from 'node:sqlite';
import type { AccountFunds, Grant } from '../../../ports/ledger.ts';
import type { Books } from './books.ts';
import { BALANCE } from './schema.ts';

/** All of the grant is on disk when this returns, or nothing of it. One that is given `once` is given no second time. */
export function applyGrant(database: DatabaseSync, books: Books, grant: Grant): void {
  const { accountId, services, calls, minor, timeMs, day, once } = grant;
  if (calls < 0 || minor < 0) throw new RangeError('a grant takes nothing away');
  if (calls === 0 && minor === 0) return;
  books.transact(() => {
    if (once !== undefined && !noteOnce(database, once)) return;
    if (calls !== 0) for (const service of services) books.add(accountId, service, calls, timeMs, day);
    if (minor !== 0) books.add(accountId, BALANCE, minor, timeMs, day);
  });
}

export function readFunds(database: DatabaseSync, accountId: number): AccountFunds {
  const quota: Record<string, number> = {};
  let balanceMinor = 0;
  for (const row of database
    .prepare('SELECT service, amount FROM funds WHERE account = ?')
    .iterate(accountId)) {
    if (row.service === BALANCE) balanceMinor = Number(row.amount);
    else quota[String(row.service)] = Number(row.amount);
  }
  return { quota, balanceMinor };
}

/** Of all accounts together. */
export function sumFunds(database: DatabaseSync): AccountFunds {
  const sums = database.prepare('SELECT service, total(amount) AS amount FROM funds GROUP BY service').all();
  const amounts = new Map(sums.map(({ service, amount }) => [String(service), Number(amount)]));
  const balanceMinor = amounts.get(BALANCE) ?? 0;
  amounts.delete(BALANCE);
  return { quota: Object.fromEntries(amounts), balanceMinor };
}

/** false when it has been noted before. Stands or falls with the transaction that it is part of. */
function noteOnce(database: DatabaseSync, name: string): boolean {
  const { changes } = database
    .prepare(`INSERT INTO facts VALUES (?, '') ON CONFLICT (name) DO NOTHING`)
    .run(`granted:${name}`);
  return Number(changes) === 1;
}
