-- room: Orders
-- Up to which trade of a market every decision has been written: where the server goes on after it was down.
CREATE TABLE market_marks (
    market     text        NOT NULL CHECK (market <> ''),
    symbol     text        NOT NULL,
    trade_id   bigint      NOT NULL,
    trade_time timestamptz NOT NULL,
    PRIMARY KEY (market, symbol)
) WITH (fillfactor = 50);

GRANT SELECT, INSERT ON market_marks TO lastro_server;
GRANT UPDATE (trade_id, trade_time) ON market_marks TO lastro_server;

-- By which rule an open order went on after the last downtime: with the trades it missed, with the recording, or with the first fresh price.
ALTER TABLE orders
    ADD COLUMN resumed_by text CHECK (resumed_by IN ('missedTrades', 'recording', 'freshPrice')),
    ADD COLUMN resumed_at timestamptz,
    ADD CONSTRAINT orders_resumed_at_known CHECK ((resumed_by IS NULL) = (resumed_at IS NULL));

GRANT UPDATE (resumed_by, resumed_at) ON orders TO lastro_server;
