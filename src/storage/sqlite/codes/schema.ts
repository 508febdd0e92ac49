// codes.db: codes with their messages, attempt budgets, what guards count, verified contacts, templates. Codes as keyed hashes;
// recipients and texts in sealed boxes; what is counted under keyed hashes.

import type { DatabaseSync } from 'node:sqlite';
import { type Migration, type OpenOptions, openDatabase } from '../open-database.ts';
import { MARKS_SQL } from './marks.ts';
import { NOTICES_SQL } from './notices.ts';
import { WEBHOOKS_SQL } from './webhooks.ts';

/** Codes that can be entered and messages on their way, in the words of their index. */
export const UNFINISHED = '(code_hash IS NOT NULL OR sealed_message IS NOT NULL)';

export const CODES_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE verifications (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        account INTEGER NOT NULL,
        key INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        purpose TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
        contact BLOB NOT NULL,
        mailbox BLOB NOT NULL,
        prefix BLOB NOT NULL,
        sealed_contact BLOB NOT NULL,
        code_hash BLOB,
        code_state TEXT NOT NULL CHECK (code_state IN ('pending', 'verified', 'replaced', 'expired', 'exhausted')),
        delivery_state TEXT NOT NULL
          CHECK (delivery_state IN ('held', 'queued', 'sent', 'delivered', 'failed', 'expired')),
        sealed_message BLOB,
        channels TEXT NOT NULL,
        channel TEXT NOT NULL DEFAULT '',
        reference TEXT,
        reason TEXT NOT NULL DEFAULT '',
        resent INTEGER NOT NULL DEFAULT 0,
        created_ms INTEGER NOT NULL,
        expires_ms INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX verifications_of_account ON verifications (account, seq);
      CREATE INDEX unfinished ON verifications (expires_ms) WHERE ${UNFINISHED};
      CREATE INDEX receipts_awaited ON verifications (channel, reference) WHERE reference IS NOT NULL;
      ${MARKS_SQL}
      CREATE TABLE contacts (
        seq INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        kind TEXT NOT NULL,
        contact BLOB NOT NULL,
        id TEXT NOT NULL,
        sealed_contact BLOB NOT NULL,
        verified_ms INTEGER NOT NULL,
        UNIQUE (account, contact)
      ) STRICT;
      CREATE INDEX contacts_of_account ON contacts (account, kind, seq);
      CREATE TABLE refusals (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        account INTEGER NOT NULL,
        time_ms INTEGER NOT NULL,
        guard TEXT NOT NULL,
        kind TEXT NOT NULL,
        masked TEXT NOT NULL,
        country TEXT NOT NULL,
        request_id TEXT NOT NULL,
        saved_minor INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX refusals_of_account ON refusals (account, seq);
      CREATE TABLE refusal_sums (
        account INTEGER NOT NULL,
        day INTEGER NOT NULL,
        guard TEXT NOT NULL,
        country TEXT NOT NULL,
        count INTEGER NOT NULL,
        saved_minor INTEGER NOT NULL,
        PRIMARY KEY (account, day, guard, country)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE templates (
        account INTEGER NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        language TEXT NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        changed_ms INTEGER NOT NULL,
        PRIMARY KEY (account, name, kind, language)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE message_settings (
        account INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        template TEXT NOT NULL
      ) STRICT;
      ${NOTICES_SQL}
      ${WEBHOOKS_SQL}`,
  },
  {
    version: 2,
    // A budget knows all codes of a contact that may be the last one again, not only the one before the last.
    sql: `
      UPDATE marks SET value = json_set(value, '$.recent', json('[]'), '$.current', (
        SELECT json_group_object(key, json_array(json_object('seq', value -> 'seq', 'expiresMs', value -> 'expiresMs')))
        FROM json_each(marks.value, '$.current')))
      WHERE name LIKE 'budget:%';`,
  },
];

export function openCodesFile(path: string, options: Partial<OpenOptions> = {}): DatabaseSync {
  return openDatabase(path, { ...options, migrations: CODES_MIGRATIONS });
}
