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
INSERT INTO entries VALUES (1, 1795262570368, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'EF1FC0AAC0B24888DBCF657E6CF5CEB4DC9DB18F5AEAE1ED2ECA9BDC1B04CBEA');
INSERT INTO entries VALUES (2, 1795262570368, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'0B75294E5FD6C9A34981D7AD75E4C5ED16C583D324183223EF89F165D247288E');
INSERT INTO entries VALUES (3, 1795262570368, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'ABE17C0FE532824B123C61B4312552D2AFF7DA532A4A58C487DE17433C84A731');
INSERT INTO entries VALUES (4, 1795262570368, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'C763CCA925CD68406328A1BF7662370D3DDAB99A6AD9EC43614DC046E3D3743B');
INSERT INTO entries VALUES (5, 1795262570368, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'40D818A8C55611392156DB6F56C3282BC0FAF781EA1E69A1586F9D9EB296F928');
INSERT INTO entries VALUES (6, 1795262571873, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'd03914ab-af54-4f78-957a-ff346ad0ab5e', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'600D92E7A8EB21CEF87B2224D4BCF57E79C6DFAE2E9B5E4B6C2249370B446452');
INSERT INTO entries VALUES (7, 1795262571881, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '67533ab6-24dc-43b6-bc8a-55f4ee20f097', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'37A16FA655914F7D68BDD92EDEFA523A37B62F52D17CBBD971390861634DEC85');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
PRAGMA user_version = 1;
