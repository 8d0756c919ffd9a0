-- room: Wallets
-- Locks what orders are about to be paid from, always in the same order: the accounts (a reset waits, or is waited for), then the balances.
CREATE FUNCTION lock_funds(wanted_accounts uuid[], wanted_assets text[])
RETURNS TABLE (account_id uuid, user_id uuid, asset text, available numeric, fill_model text, latency_ms integer, slippage_bps integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM accounts a WHERE a.id = ANY (wanted_accounts) ORDER BY a.id FOR KEY SHARE;
    PERFORM 1 FROM balances b
    WHERE (b.account_id, b.asset) IN (SELECT w.account, w.asset FROM unnest(wanted_accounts, wanted_assets) AS w (account, asset))
    ORDER BY b.account_id, b.asset FOR UPDATE;
    RETURN QUERY
        SELECT DISTINCT a.id, a.user_id, w.asset, trim_scale(coalesce(b.available, 0)), a.fill_model, a.latency_ms, a.slippage_bps
        FROM unnest(wanted_accounts, wanted_assets) AS w (account, asset)
        JOIN accounts a ON a.id = w.account AND a.kind = 'paper'
        LEFT JOIN balances b ON b.account_id = w.account AND b.asset = w.asset;
END $$;

REVOKE ALL ON FUNCTION lock_funds (uuid[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_funds (uuid[], text[]) TO lastro_server;
