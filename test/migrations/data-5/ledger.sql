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
INSERT INTO entries VALUES (1, 1795290041864, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'837CDE47E6253F9D27D1576B2B4894BC127EEFAB31D9BB54F67793B9651578A4');
INSERT INTO entries VALUES (2, 1795290041864, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'352CF99D14AF3FBF534036A4F2637BA1805C6720BAF0DC62FE5EA38405810423');
INSERT INTO entries VALUES (3, 1795290041864, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'7E5EB33925E510DE570C07A7CAF7910DC25CE3DAB9DF26D4213369A252364056');
INSERT INTO entries VALUES (4, 1795290041864, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'E8B825B4D901B86D5CE3FA4907EC4701A45AF271AC18722E1CFFF781A3DD9CD3');
INSERT INTO entries VALUES (5, 1795290041864, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'358EBADCBC0D17909EC1BFAC0CAF17D486DAE1DDC5109685AD16D823C08E6CE9');
INSERT INTO entries VALUES (6, 1795290043473, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'fe3cd134-c04f-432e-8246-63312913d84d', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'9E243634D9A6E68A49D1933FC26A384A09B0DB30D327780ABA3233AACA49A4F7');
INSERT INTO entries VALUES (7, 1795290043483, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '41b2b20b-398e-4bf3-8902-186196c1dba8', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'A1363A53B4A3C3A34FA47A6E304DAA1C9B90F2A9BA36C196EE9808C2037167FE');
INSERT INTO entries VALUES (8, 1795290043489, 20779, 'call', 1, 1, 'contact-verification', 'contact-code-send', 'tencent', '3813d051-213f-4bbf-a98a-97684310871a', 'code_sent', '', 1, 0, 'quota', 1, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'70662932F3BBD2A6BFDBADD920979D9437269F4000E7C68CC6E0BA388CE099C2');
INSERT INTO entries VALUES (9, 1795290043497, 20779, 'call', 1, 1, 'contact-verification', 'contact-verify', 'tencent', '543ada2f-f30b-45fc-858a-8893aaee2f49', 'code_verified', '', 0, 0, 'none', 0, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'7C898B7D771D96D8367CF22007D1FEEE66040607F2DA8CF100F14EFA4A8ECCA3');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 99);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
