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
INSERT INTO calls VALUES (1, 1, 1795259289856, 1, 1, 'ffe9b0f7-f5b6-4d19-bad2-5ed5eb716d25', 'line-status', 'tencent', 'parameter_missing', '', 0, 0);
PRAGMA user_version = 1;
