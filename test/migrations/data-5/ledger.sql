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
INSERT INTO entries VALUES (1, 1795288426271, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'6045AD430053B28F40D0A9971F549AB460741AD27E52A925FBA0804B42EA1BFC');
INSERT INTO entries VALUES (2, 1795288426271, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'DFAC20684EC6F1F2F99173ABDB50260B0421ECE99BA65133EF34CBEB1995C87C');
INSERT INTO entries VALUES (3, 1795288426271, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'F43C869E49CD760BCA343988BB7B4C3722B291178D940239CDDAF2E5A07346C2');
INSERT INTO entries VALUES (4, 1795288426271, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'8457B51916299A6143DF6C85DF9D5362B1593ECCE0DA59E649B438F2FF7F3C97');
INSERT INTO entries VALUES (5, 1795288426271, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'471660C15EB3B7440C4D0948853741C29C0445529D4F36F6F41A0E9F87DB4F39');
INSERT INTO entries VALUES (6, 1795288429907, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'f3e7477f-56e1-4018-9fc0-fa637378953f', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'29524365DB2353D3BBA6AF44D2931850090FEF520079AB48817F8B6FD6AAE8DA');
INSERT INTO entries VALUES (7, 1795288429922, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'bc3dfb8d-8317-4191-aa42-e0339a91137b', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'EC3CCC32821946E5F31C12BAB404BA6F5C82A240A3C01F7F863C976239555871');
INSERT INTO entries VALUES (8, 1795288429945, 20779, 'call', 1, 1, 'contact-verification', 'contact-code-send', 'tencent', 'f643a00f-98ed-4e16-af83-95f536e04d56', 'code_sent', '', 1, 0, 'quota', 1, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'7FB252E7604C5BE284B72EAD607F442DF60663797B59A84653A8635278E9DEA1');
INSERT INTO entries VALUES (9, 1795288429962, 20779, 'call', 1, 1, 'contact-verification', 'contact-verify', 'tencent', 'e3b5647b-8e5f-414e-9b62-229569909491', 'code_verified', '', 0, 0, 'none', 0, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'75541D4C25997CEB95C2B06A8A964BFBE38CAAEF43D9D0752230BEA7216D20BB');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 99);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
