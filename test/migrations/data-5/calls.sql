CREATE TABLE calls (
        slot INTEGER PRIMARY KEY,
        number INTEGER NOT NULL,
        time_ms INTEGER NOT NULL,
        account INTEGER NOT NULL,
        key INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        action TEXT NOT NULL,
        protocol TEXT NOT NULL,
        outcome TEXT NOT NULL,
        result_code TEXT NOT NULL,
        sandbox INTEGER NOT NULL,
        duration_us INTEGER NOT NULL
      ) STRICT;
INSERT INTO calls VALUES (1, 1, 1795290043487, 1, 1, '551d1cf6-161a-46d9-b725-8032f6ab92a3', 'line-status', 'tencent', 'parameter_missing', '', 0, 1000);
CREATE INDEX calls_by_number ON calls (number);
PRAGMA user_version = 2;
