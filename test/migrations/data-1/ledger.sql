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
INSERT INTO entries VALUES (1, 1795259288212, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'7535EB4377C7AD792E27EEC149FB8BBE277A4C24B85B2E79A24EE61ECEC71C19');
INSERT INTO entries VALUES (2, 1795259288212, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'3DD872EB446549823F4A55911381A10520E14FFC331F72E6456CC24DE47A2723');
INSERT INTO entries VALUES (3, 1795259288212, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'58A2C8C5DF57B26977E9A207DF295891027632C4E7B3EF41B09D49E64026946E');
INSERT INTO entries VALUES (4, 1795259288212, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'4847F8FF99D331A0A804111CC9496FBECA4836BBC23F5404FF948FEAB040947E');
INSERT INTO entries VALUES (5, 1795259288212, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'41F44CB1C6F458E2878D490EF6E3EE2F1EB9FC2CFA519F47284B838463D4CE12');
INSERT INTO entries VALUES (6, 1795259289843, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'f8bc6caa-d4af-4664-b3e5-3ccc6a7c7fd9', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'65C3DCE5DB7C23325AE91E11493CF2C41F33682D20A88EAA857770C366E4C38E');
INSERT INTO entries VALUES (7, 1795259289853, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '84072e90-eb51-4ac5-86af-76291afc0f4a', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'64080A48D543EEBDE2337327C0633F46D73AF81AABC2A623F1D5084E215CF2B0');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
PRAGMA user_version = 1;
