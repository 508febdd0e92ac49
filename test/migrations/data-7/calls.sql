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
INSERT INTO calls VALUES (1, 1, 1795333992264, 1, 1, 'fd0d5e4e-396b-47dd-9ec6-a10249cfb9bc', 'line-status', 'tencent', 'parameter_missing', '', 0, 1000);
CREATE INDEX calls_by_number ON calls (number);
PRAGMA user_version = 2;
