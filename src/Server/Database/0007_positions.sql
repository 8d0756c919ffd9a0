-- room: Orders
-- Positions learn what sales realised, fees apart, and begin anew with every season.
--
-- The average-cost method, per asset and quote, in quote units:
--   buy of q at p with fee f (in base): the position gains q - f units at p each; the fee is f * p, apart.
--   sell of q at p with fee f (in quote): the share of the cost that leaves is cost * q / quantity; realised gains q * p less that share.
--   What is sold beyond what was bought in this quote realises nothing: its cost in this quote is not known.
-- So: worth now - worth at the start = realised + (value - cost) - fees, to the last digit.
ALTER TABLE positions
    ADD COLUMN realised numeric(38,18) NOT NULL DEFAULT 0,
    ADD COLUMN fees     numeric(38,18) NOT NULL DEFAULT 0 CHECK (fees >= 0),
    ADD COLUMN trades   integer        NOT NULL DEFAULT 0 CHECK (trades >= 0);

CREATE FUNCTION apply_fill(fill fills) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
    covered numeric;
    rest numeric(38,18);
BEGIN
    IF fill.side = 'buy' THEN
        INSERT INTO positions (account_id, asset, quote, quantity, cost, fees, trades)
        VALUES (fill.account_id, fill.base, fill.quote, fill.quantity - fill.fee, (fill.quantity - fill.fee) * fill.price, fill.fee * fill.price, 1)
        ON CONFLICT (account_id, asset, quote) DO UPDATE SET
            quantity = positions.quantity + excluded.quantity, cost = positions.cost + excluded.cost,
            fees = positions.fees + excluded.fees, trades = positions.trades + 1;
        RETURN;
    END IF;

    SELECT quantity, cost INTO held FROM positions
    WHERE account_id = fill.account_id AND asset = fill.base AND quote = fill.quote FOR UPDATE;
    covered := least(fill.quantity, coalesce(held.quantity, 0));
    rest := CASE WHEN covered = 0 THEN coalesce(held.cost, 0) WHEN covered = held.quantity THEN 0
        ELSE held.cost * (held.quantity - covered) / held.quantity END;
    INSERT INTO positions (account_id, asset, quote, quantity, cost, realised, fees, trades)
    VALUES (fill.account_id, fill.base, fill.quote, 0, 0, 0, fill.fee, 1)
    ON CONFLICT (account_id, asset, quote) DO UPDATE SET
        quantity = positions.quantity - covered, cost = rest,
        realised = positions.realised + round(covered * fill.price, 18) - (positions.cost - rest),
        fees = positions.fees + excluded.fees, trades = positions.trades + 1;
END $$;

CREATE OR REPLACE FUNCTION apply_fills() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fill fills;
BEGIN
    FOR fill IN SELECT * FROM added ORDER BY account_id, base, quote, id LOOP
        PERFORM apply_fill(fill);
    END LOOP;
    RETURN NULL;
END $$;

-- What is there is told again from the fills.
DO $$
DECLARE
    fill fills;
BEGIN
    DELETE FROM positions;
    FOR fill IN SELECT * FROM fills ORDER BY account_id, base, quote, id LOOP
        PERFORM apply_fill(fill);
    END LOOP;
END $$;

-- Where an account's seasons end among its fills. A row empties the account's positions.
CREATE TABLE season_marks (
    account_id uuid    NOT NULL,
    season     integer NOT NULL CHECK (season > 0),
    after_fill bigint  NOT NULL,
    PRIMARY KEY (account_id, season)
);

CREATE FUNCTION end_season() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM orders WHERE account_id = NEW.account_id AND status NOT IN ('filled', 'canceled', 'rejected', 'expired', 'failed')) THEN
        RAISE EXCEPTION 'Account % has open orders', NEW.account_id USING ERRCODE = 'check_violation', CONSTRAINT = 'season_marks_without_orders';
    END IF;
    NEW.after_fill := coalesce((SELECT max(id) FROM fills WHERE account_id = NEW.account_id), 0);
    DELETE FROM positions WHERE account_id = NEW.account_id;
    RETURN NEW;
END $$;

CREATE TRIGGER season_marks_apply BEFORE INSERT ON season_marks FOR EACH ROW EXECUTE FUNCTION end_season();
CREATE TRIGGER season_marks_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON season_marks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON season_marks TO lastro_server;
