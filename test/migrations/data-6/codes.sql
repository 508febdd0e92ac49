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
INSERT INTO verifications VALUES (1, '01a1fff9-ec25-71e2-a66a-bc0276a114d8', 1, 1, '0fdb8538-e07b-43ee-b6b5-f5392ca96841', 'contact', 'phone', X'AC1E521A7CCF8F4B95E053F59FE46793', X'B30A20AF257B5C93A3DB4D31ECB44539', X'CD2E99852A7B4C2940B917AF3F7A01AD', X'0BEAE240D44367AC5B9A4E82A2669287CB53D441E29358A1931AD3979C2DEAEB1CD090A8AD5C41B0D774', NULL, 'verified', 'sent', NULL, '["outbox"]', 'outbox', NULL, '', 0, 1795295931429, 1795296231429, 1795295931442);
INSERT INTO marks VALUES (1, X'', 'window:account', '{"startedMs":1795295931429,"sends":1,"verified":0,"trips":0,"blockedUntilMs":0}', 1795299531429);
INSERT INTO marks VALUES (1, X'19C4A3D358D2952B235173DE54E80C6C', 'window:address', '{"startedMs":1795295931429,"sends":1,"verified":0,"trips":0,"blockedUntilMs":0}', 1795299531429);
INSERT INTO marks VALUES (1, X'B30A20AF257B5C93A3DB4D31ECB44539', 'window:recipient', '{"startedMs":1795295931429,"sends":1,"verified":0,"trips":0,"blockedUntilMs":0}', 1795299531429);
INSERT INTO marks VALUES (1, X'C2207E64B3FBBF733CC5C98D6DCCB0B4', 'window:country_rate', '{"startedMs":1795295931429,"sends":1,"verified":0,"trips":0,"blockedUntilMs":0}', 1795299531429);
INSERT INTO marks VALUES (1, X'CD2E99852A7B4C2940B917AF3F7A01AD', 'window:prefix', '{"startedMs":1795295931429,"sends":1,"verified":1,"trips":0,"blockedUntilMs":0}', 1795299531429);
INSERT INTO contacts VALUES (1, 1, 'phone', X'AC1E521A7CCF8F4B95E053F59FE46793', '01a1fff9-ec25-71e2-a66a-bc0276a114d8', X'0BEAE240D44367AC5B9A4E82A2669287CB53D441E29358A1931AD3979C2DEAEB1CD090A8AD5C41B0D774', 1795295931442);
INSERT INTO sqlite_sequence VALUES ('verifications', 1);
CREATE INDEX verifications_of_account ON verifications (account, seq);
CREATE INDEX unfinished ON verifications (expires_ms) WHERE (code_hash IS NOT NULL OR sealed_message IS NOT NULL);
CREATE INDEX receipts_awaited ON verifications (channel, reference) WHERE reference IS NOT NULL;
CREATE INDEX contacts_of_account ON contacts (account, kind, seq);
CREATE INDEX refusals_of_account ON refusals (account, seq);
CREATE INDEX notices_of_account ON notices (account, attempts, seq, next_ms);
CREATE INDEX notices_by_end ON notices (expires_ms);
PRAGMA user_version = 1;
