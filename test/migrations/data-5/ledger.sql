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
INSERT INTO entries VALUES (1, 1795274800252, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'F55650A7BA7F1F3863B904905B606343C347DD79C15320F32D8B81211B591238');
INSERT INTO entries VALUES (2, 1795274800252, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'AD588DA8C05A4EB0D2AE4BEC4037250B48DF450377F0FF56037A76F30F8E1B3D');
INSERT INTO entries VALUES (3, 1795274800252, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'098E17DC9F973B0463BB58714174591DF190A9AB858BA5C807EC62550920746B');
INSERT INTO entries VALUES (4, 1795274800252, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'30F597F086CE93F65A2C0829B2FF72B3CE9B0205C12AB688BEAFC3BD86FD68D6');
INSERT INTO entries VALUES (5, 1795274800252, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'3462A4FFFA76C3539612A3A10F31FD314082AC1E357496C03DC0D4B115FB6602');
INSERT INTO entries VALUES (6, 1795274802844, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'cf0392b3-b813-4114-b38f-402ce625f36a', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'C304835DEACE13251E98B1B65CCAF5E7207C8B7A066BA9BDACB7B3D5C8A3F751');
INSERT INTO entries VALUES (7, 1795274802858, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '2e63ce84-0011-4b12-b647-104c0e7f28f8', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'9DB276A44BD8DFDF2502CB59A5B2FE1A5363CCCA462AF665ABEFD0E5C5CB5750');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
