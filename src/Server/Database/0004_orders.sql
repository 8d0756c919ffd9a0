-- room: Orders
CREATE TABLE orders (
    id              bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id         uuid           NOT NULL REFERENCES users (id),
    account_id      uuid           NOT NULL REFERENCES accounts (id),
    client_order_id text           NOT NULL CHECK (length(client_order_id) BETWEEN 1 AND 64),
    request_hash    bytea          NOT NULL,
    symbol          text           NOT NULL,
    base            text           NOT NULL,
    quote           text           NOT NULL,
    side            text           NOT NULL CHECK (side IN ('buy', 'sell')),
    type            text           NOT NULL CHECK (type IN ('market', 'limit')),
    time_in_force   text           NOT NULL CHECK (time_in_force IN ('gtc')),
    price           numeric(38,18) CHECK (price > 0),
    quantity        numeric(38,18) CHECK (quantity > 0),
    quote_quantity  numeric(38,18) CHECK (quote_quantity > 0),
    status          text           NOT NULL CHECK (status IN ('new', 'partiallyFilled', 'filled', 'canceled', 'rejected')),
    reason          text,
    hold_asset      text           NOT NULL,
    hold_amount     numeric(38,18) NOT NULL CHECK (hold_amount > 0),
    held            numeric(38,18) NOT NULL CHECK (held BETWEEN 0 AND hold_amount),
    filled_quantity numeric(38,18) NOT NULL DEFAULT 0 CHECK (filled_quantity >= 0),
    filled_quote    numeric(38,18) NOT NULL DEFAULT 0 CHECK (filled_quote >= 0),
    fee             numeric(38,18) NOT NULL DEFAULT 0 CHECK (fee >= 0),
    fills           integer        NOT NULL DEFAULT 0 CHECK (fills >= 0),
    created_at      timestamptz    NOT NULL,
    updated_at      timestamptz    NOT NULL,
    CONSTRAINT orders_key_once UNIQUE (account_id, client_order_id),
    CHECK ((quantity IS NULL) <> (quote_quantity IS NULL)),
    CHECK ((price IS NULL) = (type = 'market')),
    CHECK (filled_quantity <= quantity),
    CHECK (status NOT IN ('filled', 'canceled', 'rejected') OR held = 0),
    CHECK (status <> 'filled' OR quantity IS NULL OR filled_quantity = quantity)
) WITH (fillfactor = 80);

CREATE INDEX orders_open ON orders (account_id, id) WHERE status IN ('new', 'partiallyFilled');
CREATE INDEX orders_by_user ON orders (user_id, id DESC);

CREATE TABLE fills (
    id             bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id       bigint         NOT NULL REFERENCES orders (id),
    number         integer        NOT NULL CHECK (number > 0),
    user_id        uuid           NOT NULL,
    account_id     uuid           NOT NULL,
    symbol         text           NOT NULL,
    base           text           NOT NULL,
    quote          text           NOT NULL,
    side           text           NOT NULL CHECK (side IN ('buy', 'sell')),
    price          numeric(38,18) NOT NULL CHECK (price > 0),
    quantity       numeric(38,18) NOT NULL CHECK (quantity > 0),
    quote_quantity numeric(38,18) NOT NULL CHECK (quote_quantity > 0),
    fee            numeric(38,18) NOT NULL CHECK (fee >= 0),
    fee_asset      text           NOT NULL,
    maker          boolean        NOT NULL,
    cause          jsonb          NOT NULL,
    created_at     timestamptz    NOT NULL,
    CONSTRAINT fills_number_once UNIQUE (order_id, number),
    CHECK (quote_quantity = price * quantity)
);

CREATE INDEX fills_by_user ON fills (user_id, id DESC);
CREATE INDEX fills_by_account ON fills (account_id, base, id);

CREATE TRIGGER fills_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON fills FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What an account holds of an asset by its fills and what it paid for that, fees apart: average cost. Follows from fills by the trigger only.
CREATE TABLE positions (
    account_id uuid           NOT NULL,
    asset      text           NOT NULL,
    quote      text           NOT NULL,
    quantity   numeric(38,18) NOT NULL CHECK (quantity >= 0),
    cost       numeric(38,18) NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (account_id, asset, quote)
) WITH (fillfactor = 70);

CREATE FUNCTION apply_fills() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fill record;
    net numeric;
BEGIN
    FOR fill IN SELECT * FROM added ORDER BY account_id, base, quote, id LOOP
        IF fill.side = 'buy' THEN
            net := fill.quantity - fill.fee;
            INSERT INTO positions (account_id, asset, quote, quantity, cost)
            VALUES (fill.account_id, fill.base, fill.quote, net, net * fill.price)
            ON CONFLICT (account_id, asset, quote)
            DO UPDATE SET quantity = positions.quantity + excluded.quantity, cost = positions.cost + excluded.cost;
        ELSE
            UPDATE positions SET
                cost = CASE WHEN quantity <= fill.quantity THEN 0 ELSE cost * (quantity - fill.quantity) / quantity END,
                quantity = greatest(quantity - fill.quantity, 0)
            WHERE account_id = fill.account_id AND asset = fill.base AND quote = fill.quote;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER fills_apply AFTER INSERT ON fills REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION apply_fills();

GRANT SELECT ON positions TO lastro_server;
GRANT SELECT, INSERT ON orders, fills TO lastro_server;
GRANT UPDATE (status, reason, held, filled_quantity, filled_quote, fee, fills, updated_at) ON orders TO lastro_server;
