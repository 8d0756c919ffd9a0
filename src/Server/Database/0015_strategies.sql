-- room: Strategies
-- Rules that users keep. A version is never changed and never deleted alone; the newest one is the strategy as it stands.
CREATE TABLE strategies (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users (id),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    version    int         NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX strategies_of_user ON strategies (user_id, updated_at DESC);

CREATE TABLE strategy_versions (
    strategy_id   uuid        NOT NULL REFERENCES strategies (id) ON DELETE CASCADE,
    version       int         NOT NULL CHECK (version > 0),
    -- As Core writes it: the same rules are the same text.
    document      text        NOT NULL CHECK (octet_length(document) BETWEEN 2 AND 65536),
    restored_from int         CHECK (restored_from < version),
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (strategy_id, version)
);

GRANT SELECT, INSERT, DELETE ON strategies TO lastro_server;
GRANT UPDATE (name, version, updated_at) ON strategies TO lastro_server;
GRANT SELECT, INSERT ON strategy_versions TO lastro_server;
