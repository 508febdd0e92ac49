CREATE TABLE subscribers (
        msisdn INTEGER PRIMARY KEY,
        status INTEGER NOT NULL,
        activated_on INTEGER,
        carrier INTEGER NOT NULL REFERENCES carriers (id),
        as_of INTEGER NOT NULL,
        name_hash BLOB,
        id_card_hash BLOB
      ) STRICT;
CREATE TABLE carriers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE number_ranges (
        prefix TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        actions TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO subscribers VALUES (8613911000977, 1, 18322, 1, 20454, X'FDE1363B1C4874928B64D17AAF4B99DD', X'9D73814A3CAB42D317E35BB07E8939D3');
INSERT INTO subscribers VALUES (8613911001954, 2, 18322, 1, 20454, X'2F401241D602FEF785643DCA677A63C8', X'8FEEE649254FE2BF45EE93D8CEDD790D');
INSERT INTO carriers VALUES (0, '');
INSERT INTO carriers VALUES (1, 'mobile');
INSERT INTO carriers VALUES (2, 'telecom');
INSERT INTO carriers VALUES (3, 'unicom');
INSERT INTO carriers VALUES (4, 'broadnet');
INSERT INTO number_ranges VALUES ('+86130', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86131', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86132', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86133', 'telecom', '');
INSERT INTO number_ranges VALUES ('+861340', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861341', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861342', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861343', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861344', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861345', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861346', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861347', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861348', 'mobile', '');
INSERT INTO number_ranges VALUES ('+861349', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86135', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86136', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86137', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86138', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86139', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86140', 'unicom', '');
INSERT INTO number_ranges VALUES ('+861410', 'telecom', '');
INSERT INTO number_ranges VALUES ('+861440', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86145', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86146', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86147', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86148', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86149', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86150', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86151', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86152', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86153', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86155', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86156', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86157', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86158', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86159', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86162', 'virtual', '');
INSERT INTO number_ranges VALUES ('+86165', 'virtual', '');
INSERT INTO number_ranges VALUES ('+86166', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86167', 'virtual', '');
INSERT INTO number_ranges VALUES ('+86170', 'virtual', '');
INSERT INTO number_ranges VALUES ('+86171', 'virtual', '');
INSERT INTO number_ranges VALUES ('+86172', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86173', 'telecom', '');
INSERT INTO number_ranges VALUES ('+861740', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86175', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86176', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86177', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86178', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86180', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86181', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86182', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86183', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86184', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86185', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86186', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86187', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86188', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86189', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86190', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86191', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86192', 'broadnet', '');
INSERT INTO number_ranges VALUES ('+86193', 'telecom', '');
INSERT INTO number_ranges VALUES ('+86195', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86196', 'unicom', '');
INSERT INTO number_ranges VALUES ('+86197', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86198', 'mobile', '');
INSERT INTO number_ranges VALUES ('+86199', 'telecom', '');
PRAGMA user_version = 1;
