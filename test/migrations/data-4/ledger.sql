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
INSERT INTO entries VALUES (1, 1795278394284, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'F053C4584E77B567851F1F22ABB023C835DCACBA0DF6AE1F9BC73FE1B8B882F2');
INSERT INTO entries VALUES (2, 1795278394284, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'66283BEF2BBC9C915C71F5A330A7FF46B27D8ADC711E5E039698CAE6AFDE4C83');
INSERT INTO entries VALUES (3, 1795278394284, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'EA3AF867258A3A52BF956DC3A1B7CBAF679DA975BF74363075CCF648CA905FEE');
INSERT INTO entries VALUES (4, 1795278394284, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'CA89EAA3BA48825A34317A1FF702C7BAFEE3515D54EABB938C2CE92DF9BE7727');
INSERT INTO entries VALUES (5, 1795278394284, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'A268D1AC859C0C9A81954442DE47AA8110383FFCBC0483D2B31B181EFD1D2A58');
INSERT INTO entries VALUES (6, 1795278396572, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'a020ec67-dbb9-47e1-86ea-be7e3436d9b0', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'BACB27485832429EB00F251239D60EA425D42A2CBB5FE757DB99C669666B709A');
INSERT INTO entries VALUES (7, 1795278396598, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'c9499093-7991-4d73-8059-028adff04b4e', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'5E998D7508A77A26DFF3CF3856F4378E42FE79554D13CC9531156DA68AA89FE0');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
