-- room: Orders
-- Conditional orders, orders with a time, and lists of orders that belong together.
ALTER TABLE orders
    DROP CONSTRAINT orders_type_check,
    DROP CONSTRAINT orders_time_in_force_check,
    DROP CONSTRAINT orders_status_check,
    DROP CONSTRAINT orders_hold_amount_check,
    DROP CONSTRAINT orders_check1,
    DROP CONSTRAINT orders_check2,
    DROP CONSTRAINT orders_check4,
    ADD COLUMN trigger_price    numeric(38,18) CHECK (trigger_price > 0),
    ADD COLUMN trailing_delta   integer        CHECK (trailing_delta BETWEEN 1 AND 5000),
    ADD COLUMN activation_price numeric(38,18) CHECK (activation_price > 0),
    ADD COLUMN extreme          numeric(38,18) CHECK (extreme > 0),
    ADD COLUMN post_only        boolean        NOT NULL DEFAULT false,
    ADD COLUMN hold_when        text           NOT NULL DEFAULT 'placed' CHECK (hold_when IN ('placed', 'fired')),
    ADD COLUMN expires_at       timestamptz,
    ADD COLUMN start_at         timestamptz,
    -- Counts changes of the terms by the owner: what a lane decided on older terms no longer counts.
    ADD COLUMN revision         integer        NOT NULL DEFAULT 0 CHECK (revision >= 0),
    -- Orders of one list share the id of its first order.
    ADD COLUMN list_id          bigint,
    ADD COLUMN leg              text           CHECK (leg IN ('entry', 'target', 'stop')),
    -- The trade that fired it, or the time that started it.
    ADD COLUMN fired_by         jsonb,
    ADD COLUMN fired_at         timestamptz,
    -- The answer to its placing, kept once its terms have been amended: the same key gives the same answer for ever.
    ADD COLUMN placed           jsonb,
    -- How and how late it meets the market, as its account had it when it was placed.
    ADD COLUMN model            text           NOT NULL DEFAULT 'default' CHECK (model IN ('default', 'touch', 'through', 'queue', 'book')),
    ADD COLUMN latency_ms       integer        NOT NULL DEFAULT 0 CHECK (latency_ms BETWEEN 0 AND 5000),
    ADD COLUMN slippage_bps     numeric(8,2)   CHECK (slippage_bps BETWEEN 0 AND 1000),
    ADD CONSTRAINT orders_type_check CHECK (type IN ('market', 'limit', 'stopLoss', 'stopLossLimit', 'takeProfit', 'takeProfitLimit', 'trailingStop')),
    ADD CONSTRAINT orders_time_in_force_check CHECK (time_in_force IN ('gtc', 'ioc', 'fok', 'gtd')),
    ADD CONSTRAINT orders_status_check CHECK (status IN ('waiting', 'paused', 'triggered', 'new', 'partiallyFilled', 'filled', 'canceled', 'rejected', 'expired', 'failed')),
    ADD CONSTRAINT orders_hold_amount_check CHECK (hold_amount >= 0),
    -- A bracket's exits get their quantity from what its entry fills.
    ADD CONSTRAINT orders_amount_check CHECK (num_nonnulls(quantity, quote_quantity) = 1 OR (num_nonnulls(quantity, quote_quantity) = 0 AND leg IN ('target', 'stop'))),
    ADD CONSTRAINT orders_price_by_type CHECK ((price IS NULL) = (type IN ('market', 'stopLoss', 'takeProfit', 'trailingStop'))),
    ADD CONSTRAINT orders_trigger_by_type CHECK ((trigger_price IS NULL) = (type IN ('market', 'limit', 'trailingStop'))),
    ADD CONSTRAINT orders_trailing_by_type CHECK ((trailing_delta IS NULL) = (type <> 'trailingStop')),
    ADD CONSTRAINT orders_list_by_leg CHECK ((list_id IS NULL) = (leg IS NULL)),
    ADD CONSTRAINT orders_ended_holds_nothing CHECK (status NOT IN ('filled', 'canceled', 'rejected', 'expired', 'failed') OR held = 0),
    ADD CONSTRAINT orders_working_holds CHECK (status NOT IN ('triggered', 'new', 'partiallyFilled') OR held > 0),
    ADD CONSTRAINT orders_fired_at_known CHECK ((fired_by IS NULL) = (fired_at IS NULL));

DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (account_id, id) WHERE status IN ('waiting', 'paused', 'triggered', 'new', 'partiallyFilled');
CREATE INDEX orders_by_list ON orders (list_id) WHERE list_id IS NOT NULL;

GRANT UPDATE (price, quantity, quote_quantity, trigger_price, trailing_delta, activation_price, extreme, expires_at, revision, fired_by, fired_at, placed, hold_asset, hold_amount)
    ON orders TO lastro_server;
GRANT USAGE ON SEQUENCE orders_id_seq TO lastro_server;
