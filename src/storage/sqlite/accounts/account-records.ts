// Accounts with their age and owner, listed by name, state and owner: for operators, never on the request path.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Sorting } from '../../../domain/sorting.ts';
import type { AccountFilter, AccountOrder, AccountRecord } from '../../../ports/account-desk.ts';
import type { Account } from '../../../ports/accounts.ts';

/** What `opened_for` begins with where a person owns the account. */
const OWNER = 'person:';

const OLDEST_FIRST: Sorting<AccountOrder> = { by: 'created', descending: false };

export interface AccountRecords {
  /** Throws where there is no such account. */
  one(accountId: string): AccountRecord;
  /** Oldest first unless a sorting is given. */
  list(
    filter: AccountFilter,
    page: { readonly offset: number; readonly limit: number },
    sorting?: Sorting<AccountOrder>,
  ): AccountRecord[];
  count(filter: AccountFilter): number;
}

export function createAccountRecords(
  database: DatabaseSync,
  requireAccount: (accountId: string) => Account,
): AccountRecords {
  const byAccountId = database.prepare(
    'SELECT account_id, created_ms, opened_for FROM accounts WHERE account_id = ?',
  );

  function recordOf(row: Record<string, unknown> | undefined, accountId: string): AccountRecord {
    const account = requireAccount(accountId);
    const owner = String(row?.opened_for ?? '');
    return {
      account,
      createdMs: Number(row?.created_ms),
      personId: owner.startsWith(OWNER) ? owner.slice(OWNER.length) : undefined,
    };
  }

  return {
    one: (accountId) => recordOf(byAccountId.get(accountId), accountId),
    list(filter, { limit, offset }, { by, descending } = OLDEST_FIRST) {
      const { text, values } = conditionsOf(filter);
      const way = descending ? 'DESC' : 'ASC';
      // The one index that has names ends in the row's id.
      const order = by === 'name' ? `name COLLATE NOCASE ${way}, id ${way}` : `id ${way}`;
      return database
        .prepare(
          `SELECT account_id, created_ms, opened_for FROM accounts WHERE ${text} 
           ORDER BY ${order} LIMIT ? OFFSET ?`,
        )
        .all(...values, limit, offset)
        .map((row) => recordOf(row, String(row.account_id)));
    },
    count(filter) {
      const { text, values } = conditionsOf(filter);
      const counted = database.prepare(`SELECT count(*) AS total FROM accounts WHERE ${text}`).get(...values);
      return Number(counted?.total);
    },
  };
}

function conditionsOf({ name, state, personId }: AccountFilter) {
  const pattern = name === undefined ? undefined : `%${name.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions: readonly (readonly [string, SQLInputValue | undefined])[] = [
    [`name LIKE ? ESCAPE '\\'`, pattern],
    ['state = ?', state],
    ['opened_for = ?', personId === undefined ? undefined : `${OWNER}${personId}`],
  ];
  const asked = conditions.filter((one): one is readonly [string, SQLInputValue] => one[1] !== undefined);
  return {
    text: ['TRUE', ...asked.map(([text]) => text)].join(' AND '),
    values: asked.map(([, value]) => value),
  };
}
