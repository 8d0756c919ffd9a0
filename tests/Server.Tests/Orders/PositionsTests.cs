using System.Numerics;
using Dapper;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Database;
using Lastro.Server.Tests.Host;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Tests.Orders;

/// <summary>What the trigger on fills makes of them, against a plain list.</summary>
public sealed class PositionsTests
{
    private static readonly BigInteger One = BigInteger.Pow(10, 18);

    [Fact]
    public async Task Random_fills_in_many_quotes_also_of_what_was_never_bought_follow_the_average_cost_method()
    {
        await using var database = NpgsqlDataSource.Create(await TestPostgres.NewDatabase());
        await using var connection = await database.OpenConnectionAsync();
        var order = await AnOrder(connection);
        var fills = Random(11, 3_000);
        foreach (var batch in fills.Chunk(37)) await Insert(connection, order, batch);
        var (stored, twin) = (await Stored(connection), Twin(fills));
        stored.Count.ShouldBe(6);
        foreach (var (key, position) in twin) stored[key].ShouldBe(position, key);
        twin.Values.Count(position => position.Uncovered > 0).ShouldBeGreaterThan(3, "sales of what was never bought must occur");
        (await PositionFinding(database)).ShouldBe(0);

        foreach (var tampering in new[] { "realised = realised + 0.000000000000000001", "fees = fees + 1", "cost = cost + 1", "quantity = quantity + 1", "trades = trades + 1" })
        {
            await connection.ExecuteAsync($"UPDATE positions SET {tampering} WHERE asset = 'BTC' AND quote = 'USDT'");
            (await PositionFinding(database)).ShouldBe(1, tampering);
            await connection.ExecuteAsync($"UPDATE positions SET {tampering.Replace(" + ", " - ", StringComparison.Ordinal)} WHERE asset = 'BTC' AND quote = 'USDT'");
        }

        (await PositionFinding(database)).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_the_first_stage_gets_its_positions_told_again_from_its_fills()
    {
        await using var database = NpgsqlDataSource.Create(await TestPostgres.BareDatabase());
        await using var connection = await database.OpenConnectionAsync();
        await ServerRole.Ensure(connection);
        await Migrator.Run(connection, [.. SqlFile.BuiltIn().Where(file => file.Number <= 5)], default);
        var order = await AnOrder(connection);
        var fills = Random(12, 500);
        await Insert(connection, order, fills);
        await connection.ExecuteAsync("""
            WITH j AS (INSERT INTO journals (business_key, kind, created_at) SELECT 'grant:' || id, 'grant', now() FROM accounts WHERE kind = 'paper' RETURNING id)
            INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
            SELECT j.id, l.line, CASE l.line WHEN 1 THEN '00000000-0000-0000-0000-000000000001' ELSE a.id END, 'USDT', 'available', CASE l.line WHEN 1 THEN -777 ELSE 777 END
            FROM j, accounts a, (VALUES (1), (2)) AS l (line) WHERE a.kind = 'paper'
            """);
        await Migrator.Run(connection, SqlFile.BuiltIn(), default);
        var (stored, twin) = (await Stored(connection), Twin(fills));
        foreach (var (key, position) in twin) stored[key].ShouldBe(position, key);
        (await connection.QuerySingleAsync<(string, decimal)>("SELECT kind, trim_scale(equity) FROM equity_points")).ShouldBe(("grant", 777m));
        (await PositionFinding(database)).ShouldBe(0);
    }

    [Fact]
    public async Task Billions_with_all_their_decimals_can_be_read_and_proved()
    {
        await using var database = NpgsqlDataSource.Create(await TestPostgres.NewDatabase());
        await using var connection = await database.OpenConnectionAsync();
        var order = await AnOrder(connection);
        var account = await connection.ExecuteScalarAsync<Guid>("SELECT account_id FROM orders");
        await Insert(connection, order, [new Fill(1, "BTC", "IDR", true, 160_000_000_001, 99_999_999, 3), new Fill(2, "BTC", "IDR", false, 160_000_000_003, 33_333_333, 7)]);
        var position = (await OrdersRoom.Positions(connection, account, default)).Single();
        // 999.99999 less the fee at 1,600,000,000.01, a third of it sold.
        position.Quantity.ShouldBe(999.99999m - 0.00000003m - 333.33333m);
        position.Cost.ShouldBe(decimal.Round(position.Quantity * 1_600_000_000.01m, 8));
        position.Realised.ShouldBe(333.33333m * 0.02m, 0.000_000_01m);
        (await PositionFinding(database)).ShouldBe(0);
    }

    [Fact]
    public async Task A_mark_is_refused_while_orders_are_open_and_sets_its_fill_itself()
    {
        await using var database = NpgsqlDataSource.Create(await TestPostgres.NewDatabase());
        await using var connection = await database.OpenConnectionAsync();
        var order = await AnOrder(connection);
        await Insert(connection, order, Random(13, 10));
        await connection.ExecuteAsync("UPDATE orders SET status = 'new', held = 1");
        const string mark = "INSERT INTO season_marks (account_id, season, after_fill) SELECT id, 1, 0 FROM accounts WHERE kind = 'paper'";
        (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(mark))).ConstraintName.ShouldBe("season_marks_without_orders");
        await connection.ExecuteAsync("UPDATE orders SET status = 'canceled', held = 0");
        await connection.ExecuteAsync(mark);
        (await connection.ExecuteScalarAsync<bool>("SELECT after_fill = (SELECT max(id) FROM fills) FROM season_marks")).ShouldBeTrue();
        (await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM positions")).ShouldBe(0);
        foreach (var change in new[] { "UPDATE season_marks SET after_fill = 0", "DELETE FROM season_marks", "TRUNCATE season_marks" })
            (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private sealed record Fill(int Number, string Base, string Quote, bool Buy, long PriceCents, long Hundredths, long FeeUnits)
    {
        public decimal Price => PriceCents / 100m;

        public decimal Quantity => Hundredths / 100_000m;

        /// <summary>In 10^-8.</summary>
        public decimal Fee => FeeUnits / 100_000_000m;
    }

    private readonly record struct Position(BigInteger Quantity, BigInteger Cost, BigInteger Realised, BigInteger Fees, int Trades)
    {
        public int Uncovered { get; init; }

        public bool Equals(Position other) => (Quantity, Cost, Realised, Fees, Trades) == (other.Quantity, other.Cost, other.Realised, other.Fees, other.Trades);

        public override int GetHashCode() => Trades;
    }

    private static Fill[] Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(number =>
        {
            var quantity = random.Next(1_000, 1_000_000);
            var price = random.Next(100, 10_000_000);
            var buy = random.Next(100) < 45;
            return new Fill(number, random.Next(3) switch { 0 => "BTC", 1 => "ETH", _ => "SOL" }, random.Next(3) == 0 ? "BRL" : "USDT", buy, price, quantity,
                buy ? quantity : random.Next(1, 100_000));
        })];
    }

    private static Dictionary<string, Position> Twin(IEnumerable<Fill> fills)
    {
        var positions = new Dictionary<string, Position>(StringComparer.Ordinal);
        foreach (var fill in fills)
        {
            var key = $"{fill.Base} {fill.Quote}";
            var now = positions.GetValueOrDefault(key);
            var (quantity, fee) = (fill.Hundredths * (One / 100_000), fill.FeeUnits * (One / 100_000_000));
            if (fill.Buy)
            {
                positions[key] = now with
                {
                    Quantity = now.Quantity + quantity - fee,
                    Cost = now.Cost + ((quantity - fee) * fill.PriceCents / 100),
                    Fees = now.Fees + (fee * fill.PriceCents / 100),
                    Trades = now.Trades + 1,
                };
                continue;
            }

            var sold = BigInteger.Min(quantity, now.Quantity);
            var left = now.Quantity - sold;
            var numerator = now.Cost * left;
            var keeps = now.Quantity.IsZero ? now.Cost : numerator / now.Quantity + (2 * (numerator % now.Quantity) >= now.Quantity ? 1 : 0);
            positions[key] = now with
            {
                Quantity = left,
                Cost = keeps,
                Realised = now.Realised + (sold * fill.PriceCents / 100) - (now.Cost - keeps),
                Fees = now.Fees + fee,
                Trades = now.Trades + 1,
                Uncovered = now.Uncovered + (sold < quantity ? 1 : 0),
            };
        }

        return positions;
    }

    private static async Task<Dictionary<string, Position>> Stored(NpgsqlConnection connection)
    {
        var rows = await connection.QueryAsync<(string Key, string Quantity, string Cost, string Realised, string Fees, int Trades)>("""
            SELECT asset || ' ' || quote, trim_scale(quantity * 1e18)::text, trim_scale(cost * 1e18)::text, trim_scale(realised * 1e18)::text, trim_scale(fees * 1e18)::text, trades
            FROM positions
            """);
        return rows.ToDictionary(row => row.Key, row => new Position(
            BigInteger.Parse(row.Quantity), BigInteger.Parse(row.Cost), BigInteger.Parse(row.Realised), BigInteger.Parse(row.Fees), row.Trades), StringComparer.Ordinal);
    }

    private static async Task<long> PositionFinding(NpgsqlDataSource database) =>
        (await LedgerAudit.Run(database, default)).Findings.Single(finding => finding.Invariant.Contains("position", StringComparison.Ordinal)).Breaches;

    /// <summary>A user, an account and an ended order that fills can refer to.</summary>
    private static Task<long> AnOrder(NpgsqlConnection connection) => connection.ExecuteScalarAsync<long>("""
        WITH u AS (INSERT INTO users (id, email, email_key, name, role, password_hash, security_stamp, created_at, password_changed_at)
            VALUES (gen_random_uuid(), 'a@b.c', 'a@b.c', 'A', 'user', '', '', now(), now()) RETURNING id),
        a AS (INSERT INTO accounts (id, user_id, kind, exchange, name, created_at) SELECT gen_random_uuid(), id, 'paper', 'paper', 'Paper', now() FROM u RETURNING id, user_id)
        INSERT INTO orders (user_id, account_id, client_order_id, request_hash, symbol, base, quote, side, type, time_in_force, quantity, status, hold_asset, hold_amount, held, created_at, updated_at)
        SELECT user_id, id, 'k', ''::bytea, 'BTCUSDT', 'BTC', 'USDT', 'buy', 'market', 'gtc', 1, 'canceled', 'USDT', 1, 0, now(), now() FROM a RETURNING id
        """);

    private static Task<int> Insert(NpgsqlConnection connection, long order, Fill[] fills) => connection.ExecuteAsync("""
        INSERT INTO fills (order_id, number, user_id, account_id, symbol, base, quote, side, price, quantity, quote_quantity, fee, fee_asset, maker, cause, created_at)
        SELECT o.id, f.number, o.user_id, o.account_id, f.base || f.quote, f.base, f.quote, f.side, f.price, f.quantity, f.price * f.quantity, f.fee,
            CASE f.side WHEN 'buy' THEN f.base ELSE f.quote END, false, '{}', now()
        FROM orders o, unnest(@Numbers, @Bases, @Quotes, @Sides, @Prices, @Quantities, @Fees) WITH ORDINALITY AS f (number, base, quote, side, price, quantity, fee, place)
        WHERE o.id = @order ORDER BY f.place
        """, new
    {
        order,
        Numbers = fills.Select(fill => fill.Number).ToArray(),
        Bases = fills.Select(fill => fill.Base).ToArray(),
        Quotes = fills.Select(fill => fill.Quote).ToArray(),
        Sides = fills.Select(fill => fill.Buy ? "buy" : "sell").ToArray(),
        Prices = fills.Select(fill => fill.Price).ToArray(),
        Quantities = fills.Select(fill => fill.Quantity).ToArray(),
        Fees = fills.Select(fill => fill.Fee).ToArray(),
    });
}
