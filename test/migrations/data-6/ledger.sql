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
INSERT INTO entries VALUES (1, 1795295928511, 20779, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'0F40A2CC8579E7E7C95B005DF21EC920786FE768BE26180E5D1C9E021E5F5A99');
INSERT INTO entries VALUES (2, 1795295928511, 20779, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'D8FBF8B341FBF8499B62AE74B6FEFCF9CF057D3E790547D036C5480B6475D83B');
INSERT INTO entries VALUES (3, 1795295928511, 20779, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'27ED3F5687638E6AAF5DC4729B6511B0FF0BA12B0A18371CD2D12C731593F150');
INSERT INTO entries VALUES (4, 1795295928511, 20779, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'F06B78233A4D11AEDA210D5408476AA63E8B169B20A7718B2604ECA0D9716D1E');
INSERT INTO entries VALUES (5, 1795295928511, 20779, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'57D8E986D189C9A91243C04DFA2762C288A6F57CABF13FDB3A46035063DE82CB');
INSERT INTO entries VALUES (6, 1795295931392, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '42a0e38f-ed1f-45d4-8125-b45e08e2d200', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'4E89659AE3B4203539764EC23F82EF79', X'7C301B93EEEBD65AF8B7532898FAA2A629C3F44205B344B1C350C463CC6D586F');
INSERT INTO entries VALUES (7, 1795295931418, 20779, 'call', 1, 1, 'line-status', 'line-status', 'tencent', 'd4bdda68-3fa8-4a48-8517-2c24c5caabbc', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'5AB7056FD8C9E79B59158385E60A1209', X'A1DAA8BAE2FB06BC36BC90108565C25600E7C7B4DADDBBEC06E3E2FA76E59096');
INSERT INTO entries VALUES (8, 1795295931429, 20779, 'call', 1, 1, 'contact-verification', 'contact-code-send', 'tencent', '0fdb8538-e07b-43ee-b6b5-f5392ca96841', 'code_sent', '', 1, 0, 'quota', 1, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'B1DD71C34DEF26A88EA1C26734623C24943C80D0DAB75DEE9D0EFF79FF4839C5');
INSERT INTO entries VALUES (9, 1795295931442, 20779, 'call', 1, 1, 'contact-verification', 'contact-verify', 'tencent', '0dcfad21-5add-445f-92ae-95658897ad4d', 'code_verified', '', 0, 0, 'none', 0, '', NULL, X'87BFE7086B9E1ECF859A7B35C3A7155F', X'', X'FBC99F26F8ABFB5DEE457A8BC6748F24279CF0C0A14CE4A188AC7B75119581C6');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 99);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
CREATE INDEX kept_answers_by_end ON kept_answers (until_ms);
PRAGMA user_version = 2;
