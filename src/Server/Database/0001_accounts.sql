-- Room Accounts: who may come in, by which password, and through which sessions.

create table users (
    id                  uuid primary key,
    email               text not null check (length(email) between 3 and 254),
    email_key           text not null unique,
    name                text not null check (length(name) between 1 and 80),
    role                text not null check (role in ('admin', 'user')),
    password_hash       text not null,
    security_stamp      text not null,
    version             integer not null default 1,
    created_at          timestamptz not null,
    password_changed_at timestamptz not null
);

-- One row for the whole server. first_admin_id is claimed once: whoever sets it is the admin.
create table server_settings (
    only_row       boolean primary key default true check (only_row),
    sign_up_open   boolean not null default true,
    first_admin_id uuid references users (id) deferrable initially deferred
);
insert into server_settings default values;

create table user_settings (
    user_id  uuid primary key references users (id),
    document jsonb not null check (jsonb_typeof(document) = 'object')
);

-- A session is a family of refresh tokens; its id is the sid of every access token it gave.
create table sessions (
    id             uuid primary key,
    user_id        uuid not null references users (id),
    device         text not null check (length(device) <= 200),
    ip             text not null check (length(ip) <= 45),
    created_at     timestamptz not null,
    last_seen_at   timestamptz not null,
    expires_at     timestamptz not null,
    revoked_at     timestamptz,
    revoked_reason text check (revoked_reason in ('logOut', 'logOutAll', 'passwordChanged', 'tokenReused')),
    check ((revoked_at is null) = (revoked_reason is null))
);
create index sessions_of_user on sessions (user_id) where revoked_at is null;
create index sessions_by_revocation on sessions (revoked_at) where revoked_at is not null;
create index sessions_by_expiry on sessions (expires_at);

-- Only the SHA-256 of a token is kept.
create table refresh_tokens (
    hash       bytea primary key check (octet_length(hash) = 32),
    session_id uuid not null references sessions (id) on delete cascade,
    issued_at  timestamptz not null,
    used_at    timestamptz
);
create index refresh_tokens_of_session on refresh_tokens (session_id);

-- Wrong tries at the door; key is the SHA-256 of what is counted, so unknown e-mail addresses are not kept readable.
create table login_waits (
    key           bytea primary key check (octet_length(key) = 32),
    failures      integer not null check (failures > 0),
    last_wrong_at timestamptz not null,
    open_at       timestamptz not null
);
create index login_waits_by_age on login_waits (last_wrong_at);

grant select, insert, update on users to lastro_server;
grant select, update on server_settings to lastro_server;
grant select, insert, update on user_settings to lastro_server;
grant select, insert, update, delete on sessions, refresh_tokens, login_waits to lastro_server;
