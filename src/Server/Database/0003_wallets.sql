-- room: Wallets
-- Double entry. What is written in journals and postings stays; balances follow from postings by the trigger below and by nothing else.
CREATE TABLE accounts (
    id         uuid        PRIMARY KEY,
    user_id    uuid        REFERENCES users (id),
    kind       text        NOT NULL CHECK (kind IN ('paper', 'live', 'house')),
    exchange   text        NOT NULL CHECK (exchange <> ''),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    created_at timestamptz NOT NULL,
    CHECK ((kind = 'house') = (user_id IS NULL))
);

CREATE INDEX accounts_by_user ON accounts (user_id, created_at) WHERE user_id IS NOT NULL;

-- The other side of what users own. They may be negative and have no row in balances: every fill touches them, and a row would be a queue.
INSERT INTO accounts (id, user_id, kind, exchange, name, created_at) VALUES
    ('00000000-0000-0000-0000-000000000001', NULL, 'house', 'house', 'issuer', now()),
    ('00000000-0000-0000-0000-000000000002', NULL, 'house', 'house', 'market', now()),
    ('00000000-0000-0000-0000-000000000003', NULL, 'house', 'house', 'fees', now());

CREATE TABLE journals (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    business_key text        NOT NULL UNIQUE CHECK (business_key <> ''),
    kind         text        NOT NULL CHECK (kind IN ('grant', 'hold', 'release', 'fill')),
    created_at   timestamptz NOT NULL,
    order_id     bigint,
    fill_id      bigint,
    CHECK ((kind = 'grant') = (order_id IS NULL)),
    CHECK ((kind = 'fill') = (fill_id IS NOT NULL))
);

-- account_id has no foreign key: it would lock the house accounts' rows in every fill. The trigger refuses an unknown account.
CREATE TABLE postings (
    journal_id bigint         NOT NULL REFERENCES journals (id),
    line       smallint       NOT NULL CHECK (line > 0),
    account_id uuid           NOT NULL,
    asset      text           NOT NULL CHECK (asset ~ '^[A-Z0-9]{1,20}$'),
    bucket     text           NOT NULL CHECK (bucket IN ('available', 'held')),
    amount     numeric(38,18) NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (journal_id, line)
);

CREATE INDEX postings_by_account ON postings (account_id, journal_id DESC);

CREATE TABLE balances (
    account_id uuid           NOT NULL REFERENCES accounts (id),
    asset      text           NOT NULL,
    available  numeric(38,18) NOT NULL,
    held       numeric(38,18) NOT NULL,
    PRIMARY KEY (account_id, asset),
    CONSTRAINT balances_available_not_negative CHECK (available >= 0),
    CONSTRAINT balances_held_not_negative CHECK (held >= 0)
) WITH (fillfactor = 70);

-- Every posting of a statement at once: each journal must add up to zero per asset, then the balances follow, always in the same
-- order, so that two transactions cannot wait for each other.
CREATE FUNCTION apply_postings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fault record;
    change record;
BEGIN
    SELECT journal_id, asset, sum(amount) AS total INTO fault
    FROM added GROUP BY journal_id, asset HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Journal %: its % add up to %, not to zero', fault.journal_id, fault.asset, fault.total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_sum_to_zero';
    END IF;

    FOR change IN
        SELECT p.account_id, p.asset, a.kind,
            coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'available'), 0) AS available,
            coalesce(sum(p.amount) FILTER (WHERE p.bucket = 'held'), 0) AS held
        FROM added p LEFT JOIN accounts a ON a.id = p.account_id
        GROUP BY p.account_id, p.asset, a.kind
        ORDER BY p.account_id, p.asset
    LOOP
        IF change.kind IS NULL THEN
            RAISE EXCEPTION 'There is no account %', change.account_id
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'postings_account_exists';
        END IF;
        CONTINUE WHEN change.kind = 'house';
        UPDATE balances SET available = available + change.available, held = held + change.held
        WHERE account_id = change.account_id AND asset = change.asset;
        IF NOT FOUND THEN
            INSERT INTO balances (account_id, asset, available, held)
            VALUES (change.account_id, change.asset, change.available, change.held)
            ON CONFLICT (account_id, asset)
            DO UPDATE SET available = balances.available + excluded.available, held = balances.held + excluded.held;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER postings_apply AFTER INSERT ON postings REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION apply_postings();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: history is never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER journals_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON journals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON accounts, journals, postings TO lastro_server;
GRANT SELECT ON balances TO lastro_server;
