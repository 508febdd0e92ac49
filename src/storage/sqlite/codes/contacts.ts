// The verified contacts of accounts.

import type { DatabaseSync } from 'node:sqlite';
import type { ContactKind } from '../../../domain/contact.ts';
import type { CodeStore, StoredContact } from '../../../ports/code-store.ts';
import type { Sync } from './books.ts';

export interface NewContact {
  readonly account: number;
  readonly kind: ContactKind;
  readonly contact: Uint8Array;
  readonly id: string;
  readonly sealedContact: Uint8Array;
  readonly nowMs: number;
}

export interface ContactList extends Sync<CodeStore, 'removeContact'> {
  has(account: number, contact: Uint8Array): boolean;
  add(contact: NewContact): void;
}

const FILTER = 'account = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR contact = ?3)';

export function createContactList(database: DatabaseSync): ContactList {
  const find = database.prepare('SELECT 1 FROM contacts WHERE account = ? AND contact = ?');
  const insert = database.prepare(
    `INSERT INTO contacts (account, kind, contact, id, sealed_contact, verified_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const remove = database.prepare('DELETE FROM contacts WHERE account = ? AND contact = ?');

  return {
    has: (account, contact) => find.get(account, contact) !== undefined,
    add: ({ account, kind, contact, id, sealedContact, nowMs }) =>
      void insert.run(account, kind, contact, id, sealedContact, nowMs),
    removeContact: (account, contact) => remove.run(account, contact).changes === 1,
  };
}

export function createContactReader(database: DatabaseSync): Sync<CodeStore, 'contacts'>['contacts'] {
  const count = database.prepare(`SELECT count(*) AS total FROM contacts WHERE ${FILTER}`);
  const list = database.prepare(
    `SELECT * FROM contacts WHERE ${FILTER} ORDER BY seq DESC LIMIT ?4 OFFSET ?5`,
  );
  return (account, filter, { offset, limit }) => {
    const wanted = [account, filter.kind ?? null, filter.contact ?? null] as const;
    return {
      total: Number(count.get(...wanted)?.total),
      contacts: list.all(...wanted, limit, offset).map(
        (row): StoredContact => ({
          kind: row.kind === 'email' ? 'email' : 'phone',
          id: String(row.id),
          sealedContact: row.sealed_contact as Uint8Array,
          verifiedMs: Number(row.verified_ms),
        }),
      ),
    };
  };
}
