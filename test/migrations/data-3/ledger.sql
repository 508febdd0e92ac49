CREATE TABLE entries (
        seq INTEGER PRIMARY KEY,
        time_ms INTEGER NOT NULL,
        day INTEGER NOT NULL,
        kind TEXT NOT NULL,
        account INTEGER NOT NULL,
        key INTEGER NOT NULL,
        service TEXT NOT NULL,
        action TEXT NOT NULL,
        protocol TEXT NOT NULL,
        request_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        result_code TEXT NOT NULL,
        charged INTEGER NOT NULL,
        price_minor INTEGER NOT NULL,
        paid_by TEXT NOT NULL,
        amount INTEGER NOT NULL,
        source TEXT NOT NULL,
        as_of INTEGER,
        subject BLOB NOT NULL,
        counters BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
CREATE TABLE funds (
        account INTEGER NOT NULL,
        service TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount >= 0),
        PRIMARY KEY (account, service)
      ) STRICT, WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO entries VALUES (1, 1795265284982, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'AF34553C86254201141DAD33F1C0E533EBAD0DBE289709E0BDE5E6D6EF98FA36');
INSERT INTO entries VALUES (2, 1795265284982, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'4432B9386F0AA42224650A0200C50447F933AB3919D0D207A91806C5493413E8');
INSERT INTO entries VALUES (3, 1795265284982, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'7C591B7549927BA812DD7CDD7C3A9655DF623E2F3B17E54BAD753BC7BCD18D3D');
INSERT INTO entries VALUES (4, 1795265284982, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'AC71FE81B694A26648CB0C4E1E67251B5A30E219EC6BBEF34110D449A68714AC');
INSERT INTO entries VALUES (5, 1795265284982, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'C239C1BABE35B45B97CAE2083C671AB06E831240BF0DA0BE48954056AA4A4ECE');
INSERT INTO entries VALUES (6, 1795265287008, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'd1728b7d-2cec-4258-895f-44eb67b69638', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'EA2F9EA4A9BA71AD2FA17B2A742D996304EDDC8BA56F5DC0EB191CCD3DA36B51');
INSERT INTO entries VALUES (7, 1795265287019, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '3f6aa7b7-2a29-4aee-bb1f-55affc42c850', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'20C06189C6EFA16DB769AA4C69AAC7AA30147312554D618FFF4131DD96910FEA');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
PRAGMA user_version = 1;
