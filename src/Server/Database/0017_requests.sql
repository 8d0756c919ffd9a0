-- room: Platform
-- Requests that make something, by the key their sender gave them: the same key gives the same answer for ever.
CREATE TABLE keyed_requests (
    user_id      uuid        NOT NULL REFERENCES users (id),
    kind         text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 64),
    request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
    answer       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (user_id, kind, key)
);

GRANT SELECT, INSERT ON keyed_requests TO lastro_server;
