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
INSERT INTO entries VALUES (1, 1795284141586, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'4D8BCAD6225B1E30C6E380E7168D0477859F6684E4F2B45009E1391519E05F2A');
INSERT INTO entries VALUES (2, 1795284141586, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'CF6C2F3A2E1ACF7CF89988A0A681862F52BA98D4F173F7FA9F1DC379909A2C24');
INSERT INTO entries VALUES (3, 1795284141586, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'6AA216FCB481223B320DC7645575554A57D0FA2808BD138E1010D7029BE6DE7A');
INSERT INTO entries VALUES (4, 1795284141586, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'9BF67E24CFA8DFD700C912FC8102D9E995EE2CF1F383E9EC94C49FEBE835097D');
INSERT INTO entries VALUES (5, 1795284141586, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'B34DE442FC33934B216B99EE43A53112A533A1B643A58C7F1D603CACC6CCD85B');
INSERT INTO entries VALUES (6, 1795284143221, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '3f47dba5-7299-4216-aba3-07d84ed17641', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'3CA9199B0D34600E7A126EC6021B33E62624E0B32C3D62A7CA4F270DE16A3C81');
INSERT INTO entries VALUES (7, 1795284143230, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '50f33a51-7656-4527-aadd-cf74de780301', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'960417803166210375A40743D1A64411279C553578E8935C2C6F3E9B18612AE3');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
