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
CREATE TABLE marks (
    account INTEGER NOT NULL,
    subject BLOB NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (account, subject, name)
  ) STRICT, WITHOUT ROWID;
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
CREATE TABLE notices (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    account INTEGER NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
  ) STRICT;
CREATE TABLE webhooks (
    account INTEGER PRIMARY KEY,
    sealed_receiver BLOB NOT NULL,
    disabled INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
  ) STRICT;
INSERT INTO verifications VALUES (1, '01a2023e-af4b-71de-841d-76a1dcf87831', 1, 1, '36972d79-25a0-4ff8-8ef8-2174319b0307', 'contact', 'phone', X'AC1E521A7CCF8F4B95E053F59FE46793', X'B30A20AF257B5C93A3DB4D31ECB44539', X'002E99852A7B4C2940B917AF3F7A01AD', X'11D109750866AACFDE1586DBE28E0CE9702BA160B14D00AE3BAE8AC6AB82D349272214983EFDD437EA6D', NULL, 'verified', 'sent', NULL, '["outbox"]', 'outbox', NULL, '', 0, 1795333992267, 1795334292267, 1795333992279);
INSERT INTO marks VALUES (0, X'F271802CA8FE912EE621C3785A71534B', 'window:recipient_total', '{"startedMs":1795333992267,"sends":1}', 1795337592267);
INSERT INTO marks VALUES (1, X'', 'window:account', '{"startedMs":1795333992267,"sends":1}', 1795337592267);
INSERT INTO marks VALUES (1, X'00207E64B3FBBF733CC5C98D6DCCB0B4', 'window:country_rate', '{"startedMs":1795333992267,"sends":1}', 1795337592267);
INSERT INTO marks VALUES (1, X'002E99852A7B4C2940B917AF3F7A01AD', 'window:prefix', '{"startedMs":1795333992267,"sends":1,"breaker":{"sinceMs":1795333992267,"codes":1,"verified":1,"young":[],"trips":0,"blockedUntilMs":0}}', 1795337592267);
INSERT INTO marks VALUES (1, X'00C4A3D358D2952B235173DE54E80C6C', 'window:address', '{"startedMs":1795333992267,"sends":1}', 1795337592267);
INSERT INTO marks VALUES (1, X'B30A20AF257B5C93A3DB4D31ECB44539', 'window:recipient', '{"startedMs":1795333992267,"sends":1}', 1795337592267);
INSERT INTO contacts VALUES (1, 1, 'phone', X'AC1E521A7CCF8F4B95E053F59FE46793', '01a2023e-af4b-71de-841d-76a1dcf87831', X'11D109750866AACFDE1586DBE28E0CE9702BA160B14D00AE3BAE8AC6AB82D349272214983EFDD437EA6D', 1795333992279);
INSERT INTO sqlite_sequence VALUES ('verifications', 1);
CREATE INDEX verifications_of_account ON verifications (account, seq);
CREATE INDEX unfinished ON verifications (expires_ms) WHERE (code_hash IS NOT NULL OR sealed_message IS NOT NULL);
CREATE INDEX receipts_awaited ON verifications (channel, reference) WHERE reference IS NOT NULL;
CREATE INDEX contacts_of_account ON contacts (account, kind, seq);
CREATE INDEX refusals_of_account ON refusals (account, seq);
CREATE INDEX notices_of_account ON notices (account, attempts, seq, next_ms);
CREATE INDEX notices_by_end ON notices (expires_ms);
PRAGMA user_version = 2;
