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
INSERT INTO calls VALUES (1, 1, 1795262571883, 1, 1, '2af9a9fb-a40c-4c7b-8962-293beee49090', 'line-status', 'tencent', 'parameter_missing', '', 0, 0);
PRAGMA user_version = 1;
