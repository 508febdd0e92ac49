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
INSERT INTO calls VALUES (1, 1, 1795284143235, 1, 1, '54004215-25de-4319-8bce-629042981f36', 'line-status', 'tencent', 'parameter_missing', '', 0, 0);
CREATE INDEX calls_by_number ON calls (number);
PRAGMA user_version = 2;
