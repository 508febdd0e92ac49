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
INSERT INTO entries VALUES (1, 1795264817203, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'7A91B620B3ABA4425EC39C297E59D68E02E30040CEC8C20190583277B232CB2C');
INSERT INTO entries VALUES (2, 1795264817203, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'DA872B10FFAC68222C4CFF4E10641B0FEA0AD9A970CF032DBD1B3B855C4204B1');
INSERT INTO entries VALUES (3, 1795264817203, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'0C8EC76116A58A6E40A4632219B214D2051476C2BB16D083EE57BF1D50CBE955');
INSERT INTO entries VALUES (4, 1795264817203, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'CB6D3284B5569439E1261C8BE06D5B32349C8429612BF9DE8C43DE80D2773C37');
INSERT INTO entries VALUES (5, 1795264817203, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'394257F2D6D2515399B1E2712E2372F7484E1ACA5EFE9A8F13EDED7F3F0C3FA3');
INSERT INTO entries VALUES (6, 1795264819285, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'f455525d-bc89-4dd4-8cfd-7ae05a978d80', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'7167374C37E0CD44E5256E900E0F3AF8B69EDEF9486D870B45D43539FBA5104F');
INSERT INTO entries VALUES (7, 1795264819301, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'c699160e-d1ee-4626-aa34-7b02ff3f0b95', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'CA5ADEFF2F4035BB503B2C074D14C4343ECA041AFE5D5F5F33B122F0AF9E32BB');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
PRAGMA user_version = 1;
