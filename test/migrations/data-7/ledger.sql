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
CREATE TABLE kept_answers (
        name BLOB PRIMARY KEY,
        question BLOB NOT NULL,
        answer BLOB NOT NULL,
        until_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
INSERT INTO entries VALUES (1, 1795333989572, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'D248E2F36CB3DF7DDFA3770E80D199EBF37670945C162DD09A3CC4F312E696FD');
INSERT INTO entries VALUES (2, 1795333989572, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'4EA552A913ACDD2D09D9F71529FE8D62C5AF7E269A2318706836719DF709C101');
INSERT INTO entries VALUES (3, 1795333989572, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'3650620881BE6C0951B0F28B5F81051FB960248FF88621188AE8D7D48DBCF889');
INSERT INTO entries VALUES (4, 1795333989572, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'244A60776F909ADD8680601EEDF70A74F3A138BAFA739562E829061D7A486C43');
INSERT INTO entries VALUES (5, 1795333989572, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'69F27D043ED1C8D6E6F463517B3743E3A2712E2B1EB002CE5224CB2912A0D80A');
INSERT INTO entries VALUES (6, 1795333992246, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'acc758d3-f304-4650-82aa-8a81ed3d2793', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'EE57BB780CE03B79F969FB3D1686BC9F0950DD64FAF3C7CF8FD146888D31CDB1');
INSERT INTO entries VALUES (7, 1795333992261, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'b4656087-1ac1-4248-85cf-5cf6f90a2ef4', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'76511A3FBC4A7C35A960F48FE58EEA104B1849D039957FA1AAA868B508D3C311');
INSERT INTO entries VALUES (8, 1795333992267, 20779, 'call', 1, 1, 'contact-verification', 'contact-code-send', 'tencent', '36972d79-25a0-4ff8-8ef8-2174319b0307', 'code_sent', '', 1, 0, 'quota', 1, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'7314160BC57064E308A6A3EFB17477824FDF3C8B68D9D4C41863BCCCC4C39769');
INSERT INTO entries VALUES (9, 1795333992279, 20779, 'call', 1, 1, 'contact-verification', 'contact-verify', 'tencent', '67ac1ca7-e7a7-4973-bdb8-94371d1112a3', 'code_verified', '', 0, 0, 'none', 0, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'2919438FD40DD56AAF8E9F32F8D2C4D58DCEFEAC0A35DAA72C7AFFDAF4773380');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 99);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
