-- room: Watchlists
-- The pairs a user has starred.

CREATE TABLE watched_symbols (
    user_id  uuid NOT NULL REFERENCES users (id),
    symbol   text NOT NULL CHECK (symbol ~ '^[A-Z0-9]{2,30}$'),
    added_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, symbol)
);

GRANT SELECT, INSERT, DELETE ON watched_symbols TO lastro_server;
