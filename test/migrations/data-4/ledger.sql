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
INSERT INTO entries VALUES (1, 1795275172786, 20778, 'quota_grant', 1, 0, 'line-status', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'3D08011879ADC32B4C3896D84208398E8CC9E04713D5CBA2A3B5C54078762D9D');
INSERT INTO entries VALUES (2, 1795275172786, 20778, 'quota_grant', 1, 0, 'line-tenure', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'19260AD7EAAF64829594D5215055B20EEB5D5C4376829BBA1E5B7ADE78E78D2B');
INSERT INTO entries VALUES (3, 1795275172786, 20778, 'quota_grant', 1, 0, 'identity-match', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'E501BF35033992020205D497BB582B616AACE0AC73EDDAEB88BF3B472B555262');
INSERT INTO entries VALUES (4, 1795275172786, 20778, 'quota_grant', 1, 0, 'contact-verification', '', '', '', '', '', 0, 0, '', 100, '', NULL, X'', X'', X'303196E542BB5839537F7EE665D61A1866BB36195D6098E04D21671434CF156D');
INSERT INTO entries VALUES (5, 1795275172786, 20778, 'top_up', 1, 0, 'balance', '', '', '', '', '', 0, 0, '', 5000, '', NULL, X'', X'', X'941A7254D4263E3880177E57B28211DF8D07AE4CB15DB516B7C71B7A2F9C18FD');
INSERT INTO entries VALUES (6, 1795275175669, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '0540a76b-aeff-4e45-b05a-b07069267225', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'A3BD14B29DEC3C9ECA8D71031E8CE1BE', X'7ACF292E5016FF8448715E76A8EF3B71', X'E7BBDE0C34A70FF72F2DD82D37305DF7D4FB8A3F2FE6C706D1461F84AE2BA7B4');
INSERT INTO entries VALUES (7, 1795275175683, 20778, 'call', 1, 1, 'line-status', 'line-status', 'tencent', '1324f7e3-cae7-4175-9435-ecdca657cd55', 'known', '0', 1, 20, 'quota', 1, 'registry', 20454, X'76C14C7398B04D559ACE7B80692C9000', X'E43C2E3C89986E3214899681123BF12D', X'E87D5DAFAC9A6752030A30672E98C8252AD979446468571A96AEE666915CD1D8');
INSERT INTO funds VALUES (1, 'balance', 5000);
INSERT INTO funds VALUES (1, 'contact-verification', 100);
INSERT INTO funds VALUES (1, 'identity-match', 100);
INSERT INTO funds VALUES (1, 'line-status', 98);
INSERT INTO funds VALUES (1, 'line-tenure', 100);
INSERT INTO facts VALUES ('signing_public_key', 'MCowBQYDK2VwAyEAAylpqUdaqQj+kzNaCuYCXV5otS2kqnWVXGdfxm8fO14=');
INSERT INTO facts VALUES ('time_zone', 'Asia/Shanghai');
PRAGMA user_version = 1;
