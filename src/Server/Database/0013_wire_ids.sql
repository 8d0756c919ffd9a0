-- room: Orders
-- How orders are called on Binance's wire: unique among an account's open orders only, so a name may come back once its order has ended.
ALTER TABLE orders
    ADD COLUMN wire_id      text CHECK (wire_id ~ '^[a-zA-Z0-9_.:/-]{1,36}$'),
    -- The name of its list, on each of the list's orders.
    ADD COLUMN wire_list_id text CHECK (wire_list_id ~ '^[a-zA-Z0-9_.:/-]{1,36}$'),
    -- What the wire was told and only the wire reads again: {"type","strategyId","strategyType"}, each absent when not told.
    ADD COLUMN wire_tags    jsonb,
    ADD CONSTRAINT orders_wire_list_of_list CHECK (wire_list_id IS NULL OR list_id IS NOT NULL);

CREATE UNIQUE INDEX orders_wire_id_open ON orders (account_id, wire_id)
    WHERE wire_id IS NOT NULL AND status IN ('waiting', 'paused', 'triggered', 'new', 'partiallyFilled');
CREATE INDEX orders_by_wire_id ON orders (account_id, wire_id, id) WHERE wire_id IS NOT NULL;
CREATE INDEX orders_by_wire_list ON orders (account_id, wire_list_id, id) WHERE wire_list_id IS NOT NULL;

GRANT UPDATE (wire_id) ON orders TO lastro_server;
