// A code is entered. One step at a time on one thread: a code is used once and no attempt beyond the budget is compared, however
// many arrive together.

import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { prepareKeyedHash } from '../../../codecs/keyed-hash.ts';
import type { CodeCheck } from '../../../ports/code-store.ts';
import type { CheckedCode } from '../../../ports/verifications.ts';
import type { AttemptBudgets } from './attempt-budgets.ts';
import type { ContactList } from './contacts.ts';
import type { GuardWindows } from './guard-windows.ts';

/** Bound to account, recipient and purpose: a hash moved to another row matches nothing. */
export type HashCode = (account: number, contact: Uint8Array, purpose: string, code: string) => Uint8Array;

export function createCodeHash(codeKey: Uint8Array): HashCode {
  const hash = prepareKeyedHash(codeKey);
  return (account, contact, purpose, code) =>
    hash(`${account}\n${Buffer.from(contact).toString('hex')}\n${purpose}\n${code}`);
}

export interface CheckParts {
  readonly budgets: AttemptBudgets;
  readonly windows: GuardWindows;
  readonly contacts: ContactList;
  readonly hashCode: HashCode;
}

type Row = Record<string, unknown>;

export function createCheck(database: DatabaseSync, { budgets, windows, contacts, hashCode }: CheckParts) {
  const read =
    'SELECT seq, id, purpose, kind, contact, mailbox, prefix, sealed_contact, code_hash, created_ms, expires_ms FROM verifications';
  const bySeq = database.prepare(`${read} WHERE seq = ? AND account = ? AND contact = ? AND purpose = ?`);
  const byId = database.prepare(`${read} WHERE account = ? AND id = ?`);
  const end = database.prepare(
    'UPDATE verifications SET code_hash = NULL, code_state = ?, changed_ms = ? WHERE seq = ?',
  );

  function find({ account, by, nowMs }: CodeCheck): Row | undefined {
    if ('id' in by) return byId.get(account, by.id);
    const { mailbox, purpose, contact } = by;
    const seq = budgets.currentOf({ account, mailbox, purpose, nowMs }, contact);
    return seq === undefined ? undefined : bySeq.get(seq, account, contact, purpose);
  }

  return (check: CodeCheck): CheckedCode => {
    const { account, code, nowMs, by } = check;
    const addsContact = 'addsContact' in by && by.addsContact;
    if (addsContact && contacts.has(account, by.contact)) return { kind: 'already_verified' };
    const row = find(check);
    if (row === undefined) return { kind: 'unusable' };
    const purpose = String(row.purpose);
    const subject = { account, mailbox: row.mailbox as Uint8Array, purpose, nowMs };
    const contact = row.contact as Uint8Array;
    const isLast = budgets.currentOf(subject, contact) === Number(row.seq);
    // An exhausted budget looks like a code that is over, also to who has the right one.
    if (!isLast || row.code_hash === null || Number(row.expires_ms) <= nowMs || budgets.isExhausted(subject))
      return { kind: 'unusable' };
    const tried = hashCode(account, contact, purpose, code);
    if (!timingSafeEqual(tried, row.code_hash as Uint8Array)) {
      if (budgets.countWrong(subject)) end.run('exhausted', nowMs, Number(row.seq));
      return { kind: 'wrong' };
    }
    const id = String(row.id);
    end.run('verified', nowMs, Number(row.seq));
    budgets.reset(subject, contact);
    windows.countVerified(account, row.prefix as Uint8Array, { sentMs: Number(row.created_ms), nowMs });
    const kind = row.kind === 'email' ? 'email' : 'phone';
    if (addsContact)
      contacts.add({ account, kind, contact, id, sealedContact: row.sealed_contact as Uint8Array, nowMs });
    return { kind: 'verified', id };
  };
}
