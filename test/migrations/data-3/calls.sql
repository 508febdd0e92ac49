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
INSERT INTO calls VALUES (1, 1, 1795264819305, 1, 1, '10fec857-beb0-41de-b7b3-a7977f9d87b3', 'line-status', 'tencent', 'parameter_missing', '', 0, 0);
CREATE INDEX calls_by_number ON calls (number);
PRAGMA user_version = 2;
