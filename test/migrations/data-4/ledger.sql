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
INSERT INTO entries VALUES (1, 1795275631600, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'9BCA63EE621148A52FC494478F9F09C8BB1AF79B0F1BC808D6AF14475D98A1E9');
INSERT INTO entries VALUES (2, 1795275631600, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'C57C1A1BE3F49F453FB272CDDFC138027E9AC18114FD9B3979273F9CC4AA3578');
INSERT INTO entries VALUES (3, 1795275631600, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'41EA34EB2359BD2A17E6720E23901087FF030A1F964D5BD92B413802A250B7DA');
INSERT INTO entries VALUES (4, 1795275631600, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'30A863C8A6F2257EAB1EFA3D35BEC466FD646E4B5CB1435F171CED3BB1B0372F');
INSERT INTO entries VALUES (5, 1795275631600, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'2E74B8A8D73C1996BD0AEE5CBF567CF1CA4D8139C3BB1363A8950F35D6BB99CF');
INSERT INTO entries VALUES (6, 1795275633479, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '9598ab51-cae7-4214-879b-2dbb8c8fdccc', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'E91B81923EFC9047A370209EC631504E1EA286DAE1B769A8E7A1D689082A62E8');
INSERT INTO entries VALUES (7, 1795275633490, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '0b21ff62-543b-4884-8e1a-b317cd4fb782', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'364157470F00651FCF698EA1132DA6597F96DF8A373A4109CC7B06EE18257BED');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
