-- room: Accounts
-- Who may come in, by which password, and through which sessions.

CREATE TABLE users (
    id                  uuid PRIMARY KEY,
    email               text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_key           text NOT NULL UNIQUE,
    name                text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    role                text NOT NULL CHECK (role IN ('admin', 'user')),
    password_hash       text NOT NULL,
    security_stamp      text NOT NULL,
    version             integer NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL,
    password_changed_at timestamptz NOT NULL
);

-- One row for the whole server. first_admin_id is claimed once: whoever sets it is the admin.
CREATE TABLE server_settings (
    only_row       boolean PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    sign_up_open   boolean NOT NULL DEFAULT TRUE,
    first_admin_id uuid REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO server_settings DEFAULT VALUES;

CREATE TABLE user_settings (
    user_id  uuid PRIMARY KEY REFERENCES users (id),
    document jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object')
);

-- A session is a family of refresh tokens; its id is the sid of every access token it gave.
CREATE TABLE sessions (
    id             uuid PRIMARY KEY,
    user_id        uuid NOT NULL REFERENCES users (id),
    device         text NOT NULL CHECK (length(device) <= 200),
    ip             text NOT NULL CHECK (length(ip) <= 45),
    created_at     timestamptz NOT NULL,
    last_seen_at   timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    revoked_at     timestamptz,
    revoked_reason text CHECK (revoked_reason IN ('logOut', 'logOutAll', 'passwordChanged', 'tokenReused')),
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX sessions_of_user ON sessions (user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_by_revocation ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Only the SHA-256 of a token is kept.
CREATE TABLE refresh_tokens (
    hash       bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

-- Wrong tries at the door; key is the SHA-256 of what is counted, so unknown e-mail addresses are not kept readable.
CREATE TABLE login_waits (
    key           bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    failures      integer NOT NULL CHECK (failures > 0),
    last_wrong_at timestamptz NOT NULL,
    open_at       timestamptz NOT NULL
);
CREATE INDEX login_waits_by_age ON login_waits (last_wrong_at);

GRANT SELECT, INSERT, UPDATE ON users TO lastro_server;
GRANT SELECT, UPDATE ON server_settings TO lastro_server;
GRANT SELECT, INSERT, UPDATE ON user_settings TO lastro_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, refresh_tokens, login_waits TO lastro_server;
