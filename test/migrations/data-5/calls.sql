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
INSERT INTO calls VALUES (1, 1, 1795288429941, 1, 1, 'aa7c2f91-3066-4d10-8bf1-c70183de2d31', 'line-status', 'tencent', 'parameter_missing', '', 0, 1000);
CREATE INDEX calls_by_number ON calls (number);
PRAGMA user_version = 2;
