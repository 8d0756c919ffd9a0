-- room: Platform
-- Events that belong to a commit. Delivered after it, at least once, in id order within an account (see docs/decisions on the outbox).
CREATE TABLE outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic        text        NOT NULL CHECK (topic <> ''),
    user_id      uuid        NOT NULL,
    account_id   uuid,
    payload      jsonb       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    attempts     int         NOT NULL DEFAULT 0,
    delivered_at timestamptz
);

CREATE INDEX outbox_undelivered ON outbox (id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;

GRANT SELECT, INSERT, DELETE ON outbox TO lastro_server;
GRANT UPDATE (attempts, delivered_at) ON outbox TO lastro_server;
