-- room: Journal
-- What a person wrote about an order of theirs. The order's pair and time are copied: they never change, and the list is searched by them.
CREATE TABLE order_notes (
    order_id   bigint      NOT NULL PRIMARY KEY REFERENCES orders (id),
    user_id    uuid        NOT NULL REFERENCES users (id),
    symbol     text        NOT NULL,
    ordered_at timestamptz NOT NULL,
    text       text        NOT NULL CHECK (length(text) <= 4000),
    tags       text[]      NOT NULL CHECK (cardinality(tags) <= 10),
    -- Text, pair and tags in capitals, for the search: lower() and upper() of a database in locale C know no letter beyond ASCII.
    folded     text        NOT NULL,
    emotion    text        CHECK (emotion IN ('calm', 'confident', 'excited', 'greedy', 'impatient', 'anxious', 'regretful')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX order_notes_by_user ON order_notes (user_id, order_id DESC);

GRANT SELECT, INSERT, DELETE ON order_notes TO lastro_server;
GRANT UPDATE (text, tags, folded, emotion, updated_at) ON order_notes TO lastro_server;
