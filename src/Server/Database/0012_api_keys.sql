-- room: ApiKeys
-- Keys with which programs act for a user. Of the key only its hash is here; a secret lies under the vault's lock, and is gone once the key is revoked.
CREATE TABLE api_keys (
    id             uuid        PRIMARY KEY,
    user_id        uuid        NOT NULL REFERENCES users (id),
    account_id     uuid        NOT NULL REFERENCES accounts (id),
    label          text        NOT NULL CHECK (length(label) BETWEEN 1 AND 80),
    kind           text        NOT NULL CHECK (kind IN ('hmac', 'ed25519')),
    prefix         text        NOT NULL CHECK (prefix ~ '^[A-Za-z0-9]{12}$'),
    key_hash       bytea       NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    secret         bytea       CHECK (octet_length(secret) BETWEEN 98 AND 400),
    public_key     bytea       CHECK (octet_length(public_key) = 32),
    scopes         text[]      NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 2 AND scopes <@ ARRAY['read', 'trade']),
    -- Networks in CIDR notation; empty for every address.
    allowed_ips    text[]      NOT NULL CHECK (cardinality(allowed_ips) <= 30),
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz CHECK (expires_at > created_at),
    revoked_at     timestamptz,
    revoked_reason text        CHECK (revoked_reason IN ('owner', 'passwordChanged')),
    last_used_at   timestamptz,
    last_used_ip   text        CHECK (length(last_used_ip) <= 45),
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
    CHECK ((kind = 'hmac' AND revoked_at IS NULL) = (secret IS NOT NULL)),
    CHECK ((kind = 'ed25519') = (public_key IS NOT NULL))
);

CREATE INDEX api_keys_of_user ON api_keys (user_id, created_at);
CREATE INDEX api_keys_by_revocation ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL;

GRANT SELECT, INSERT, DELETE ON api_keys TO lastro_server;
GRANT UPDATE (secret, revoked_at, revoked_reason, last_used_at, last_used_ip) ON api_keys TO lastro_server;
