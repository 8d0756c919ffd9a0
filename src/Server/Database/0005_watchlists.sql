-- Room Watchlists: the pairs a user has starred.

create table watched_symbols (
    user_id  uuid not null references users (id),
    symbol   text not null check (symbol ~ '^[A-Z0-9]{2,30}$'),
    added_at timestamptz not null,
    primary key (user_id, symbol)
);

grant select, insert, delete on watched_symbols to lastro_server;
