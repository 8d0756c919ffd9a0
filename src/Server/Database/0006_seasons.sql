-- room: Wallets
-- Several paper accounts per user with settings of their own, seasons, an estimate of worth over time, and what the verifier has seen.

-- The settings an account's orders are filled by. NULL slippage: the server's.
ALTER TABLE accounts
    ADD COLUMN fill_model   text    NOT NULL DEFAULT 'default' CHECK (fill_model IN ('default', 'touch', 'through', 'queue', 'book')),
    ADD COLUMN latency_ms   integer NOT NULL DEFAULT 0 CHECK (latency_ms BETWEEN 0 AND 5000),
    ADD COLUMN slippage_bps integer CHECK (slippage_bps BETWEEN 0 AND 500);

-- Also what SELECT FOR UPDATE asks for: a reset locks the account's row, and with it waits for orders being placed (their foreign key).
GRANT UPDATE (name, fill_model, latency_ms, slippage_bps) ON accounts TO lastro_server;

-- A fill's first balance of an asset must not wait for the account's row while it holds an order that a reset waits for. The trigger on
-- postings is the only writer of balances and refuses an account that does not exist.
ALTER TABLE balances DROP CONSTRAINT balances_account_id_fkey;

-- At most 20 paper accounts of a user. The lock makes two at once count one after the other.
CREATE FUNCTION limit_accounts() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'paper' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('accounts:' || NEW.user_id, 0));
        IF (SELECT count(*) FROM accounts WHERE user_id = NEW.user_id AND kind = 'paper') >= 20 THEN
            RAISE EXCEPTION 'The user has 20 paper accounts' USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_per_user';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER accounts_limit BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION limit_accounts();

-- A reset takes everything back: the kind of journal that ends a season.
ALTER TABLE journals DROP CONSTRAINT journals_kind_check, DROP CONSTRAINT journals_check;
ALTER TABLE journals
    ADD CONSTRAINT journals_kind_check CHECK (kind IN ('grant', 'hold', 'release', 'fill', 'reset')),
    ADD CONSTRAINT journals_order_by_kind CHECK ((kind IN ('grant', 'reset')) = (order_id IS NULL));

-- Closed seasons. The open one follows the last row. Worth is an estimate by the last trades: NULL where an asset had no price.
CREATE TABLE seasons (
    account_id   uuid           NOT NULL REFERENCES accounts (id),
    number       integer        NOT NULL CHECK (number > 0),
    started_at   timestamptz    NOT NULL,
    ended_at     timestamptz    NOT NULL,
    value_asset  text           NOT NULL,
    start_equity numeric(38,18) NOT NULL CHECK (start_equity >= 0),
    final_equity numeric(38,18) CHECK (final_equity >= 0),
    pnl          numeric(38,18),
    realised     numeric(38,18),
    fees         numeric(38,18) CHECK (fees >= 0),
    trades       integer        NOT NULL CHECK (trades >= 0),
    PRIMARY KEY (account_id, number),
    CHECK (ended_at >= started_at),
    CHECK (pnl IS NOT DISTINCT FROM final_equity - start_equity)
);

CREATE FUNCTION check_season() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM seasons WHERE account_id = NEW.account_id) THEN
        RAISE EXCEPTION 'Season % does not follow the last of %', NEW.number, NEW.account_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seasons_in_order';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM journals WHERE business_key = 'grant:' || NEW.account_id || ':' || NEW.number + 1) THEN
        RAISE EXCEPTION 'Season % of % ends without a grant for the next', NEW.number, NEW.account_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seasons_have_a_grant';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER seasons_follow BEFORE INSERT ON seasons FOR EACH ROW EXECUTE FUNCTION check_season();
CREATE TRIGGER seasons_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON seasons FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The answer to a request that moved money, by its key: unique for ever per user (new account) or per account (reset).
CREATE TABLE wallet_requests (
    scope        uuid        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 64),
    request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
    answer       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE TRIGGER wallet_requests_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet_requests FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What accounts were worth, by the last trades: estimates, thinned with age, no part of the ledger.
CREATE TABLE equity_points (
    account_id uuid           NOT NULL REFERENCES accounts (id),
    season     integer        NOT NULL CHECK (season > 0),
    at         timestamptz    NOT NULL,
    kind       text           NOT NULL CHECK (kind IN ('grant', 'sample', 'reset')),
    equity     numeric(38,18) NOT NULL CHECK (equity >= 0),
    PRIMARY KEY (account_id, season, at)
);

CREATE INDEX equity_points_by_age ON equity_points (at) WHERE kind = 'sample';

-- Accounts that are there already begin with their grant.
INSERT INTO equity_points (account_id, season, at, kind, equity)
SELECT a.id, 1, a.created_at, 'grant', coalesce((
    SELECT sum(p.amount) FROM journals j JOIN postings p ON p.journal_id = j.id AND p.account_id = a.id WHERE j.business_key = 'grant:' || a.id), 0)
FROM accounts a WHERE a.kind = 'paper';

-- How far the verifier has come; a ledger shorter than this has lost its tail.
CREATE TABLE ledger_watch (
    only_row         boolean     PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    verified_journal bigint      NOT NULL DEFAULT 0,
    patrol_journal   bigint      NOT NULL DEFAULT 0,
    patrol_account   uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    checked_at       timestamptz,
    full_at          timestamptz
);
INSERT INTO ledger_watch DEFAULT VALUES;

GRANT SELECT, INSERT ON seasons, wallet_requests TO lastro_server;
GRANT SELECT, INSERT, DELETE ON equity_points TO lastro_server;
GRANT SELECT, UPDATE ON ledger_watch TO lastro_server;
