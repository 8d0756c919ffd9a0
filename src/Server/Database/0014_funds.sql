-- room: Wallets
-- As before, locked and read in one statement: the accounts first (the balances' condition waits for them), then the balances.
CREATE OR REPLACE FUNCTION lock_funds(wanted_accounts uuid[], wanted_assets text[])
RETURNS TABLE (account_id uuid, user_id uuid, asset text, available numeric, fill_model text, latency_ms integer, slippage_bps integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
        WITH owner AS MATERIALIZED (
            SELECT a.id, a.user_id, a.fill_model, a.latency_ms, a.slippage_bps FROM accounts a
            WHERE a.id = ANY (wanted_accounts) AND a.kind = 'paper' ORDER BY a.id FOR KEY SHARE),
        fund AS MATERIALIZED (
            SELECT b.account_id, b.asset, b.available FROM balances b
            WHERE b.account_id = ANY (ARRAY(SELECT o.id FROM owner o)) AND b.asset = ANY (wanted_assets)
                AND (b.account_id, b.asset) IN (SELECT w.account, w.asset FROM unnest(wanted_accounts, wanted_assets) AS w (account, asset))
            ORDER BY b.account_id, b.asset FOR UPDATE)
        SELECT o.id, o.user_id, w.asset, trim_scale(coalesce(f.available, 0)), o.fill_model, o.latency_ms, o.slippage_bps
        FROM unnest(wanted_accounts, wanted_assets) AS w (account, asset)
        JOIN owner o ON o.id = w.account
        LEFT JOIN fund f ON f.account_id = w.account AND f.asset = w.asset;
END $$;
