using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Accounts;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.OneShot;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Settings under <c>Wallets</c>.</summary>
internal sealed record WalletsOptions
{
    /// <summary>Virtual money a new user's paper account starts with, in <see cref="ValueAsset"/>.</summary>
    [Range(0, 1_000_000_000)]
    public decimal Grant { get; init; } = 50_000m;

    /// <summary>The asset that balances are valued in.</summary>
    [Required]
    public string ValueAsset { get; init; } = "USDT";

    /// <summary>Reais for one USDT, used where the price source has no USDTBRL; without it no value in BRL is shown.</summary>
    [Range(0.01, 1_000)]
    public decimal? BrlPerUsdt { get; init; }

    /// <summary>The day <see cref="BrlPerUsdt"/> was true; shown beside it.</summary>
    public DateOnly? BrlDate { get; init; }

    /// <summary>Seconds between two notes of what accounts are worth.</summary>
    [Range(1, 86_400)]
    public int EquitySeconds { get; init; } = 300;

    /// <summary>Seconds between two looks of the verifier.</summary>
    [Range(1, 3_600)]
    public int VerifySeconds { get; init; } = 10;

    /// <summary>Hours between two looks at the whole ledger.</summary>
    [Range(1, 720)]
    public int VerifyAllHours { get; init; } = 24;
}

/// <summary>What one unit of an asset is worth in another by the last trades; null where no pair tells. The room that has the prices registers it.</summary>
internal sealed record PriceIn(Func<Asset, Asset, decimal?> Ask);

/// <summary>One thing that must hold, and how often it does not.</summary>
/// <param name="Invariant">Its number and words.</param>
/// <param name="Breaches">0 when it holds.</param>
/// <param name="First">Where to look first.</param>
internal sealed record LedgerFinding(string Invariant, long Breaches, string? First)
{
    /// <param name="connection">In the audit's snapshot.</param>
    /// <param name="invariant">Its number and words.</param>
    /// <param name="sql">Selects one text for every breach.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<LedgerFinding> Of(NpgsqlConnection connection, string invariant, string sql, CancellationToken cancellation)
    {
        var (count, first) = await connection.QuerySingleAsync<(long, string?)>(new CommandDefinition(
            $"SELECT count(*), min(breach) FROM ({sql}) AS breaches (breach)", commandTimeout: 600, cancellationToken: cancellation));
        return new LedgerFinding(invariant, count, first);
    }
}

/// <summary>The outbox topic that tells of an account opened anew: all its balances have changed.</summary>
internal static class AccountTopic
{
    public const string Name = "accounts";

    /// <summary>What came and went, in the order it did.</summary>
    public static IReadOnlyList<BalanceMove> Moves(OutboxEvent told, JsonSerializerOptions json) =>
        told.Payload.TryGetProperty("moves", out var moves) ? moves.Deserialize<BalanceMove[]>(json) ?? [] : [];
}

/// <summary>Money that came (above zero) or went, other than by an order.</summary>
internal sealed record BalanceMove(string Asset, decimal Amount);

/// <summary>The topic's event.</summary>
internal sealed record AccountReset(ListAccounts.Item Account, IReadOnlyList<BalanceMove> Moves);

/// <summary>A paper account as an order meets it.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="FillModel">The word of its fill model; <c>default</c> is the usual one.</param>
/// <param name="LatencyMs">How late its orders meet the market.</param>
/// <param name="SlippageBps">Where there is no book; null for the server's.</param>
internal sealed record FundedAccount(UserId Owner, string FillModel, int LatencyMs, int? SlippageBps);

/// <summary>
/// What accounts can spend, locked for the rest of a transaction and counted down in memory: many orders are measured against it before
/// anything is written, so that no statement has to fail.
/// </summary>
internal sealed class Funds
{
    private readonly Dictionary<(Guid Account, string Asset), decimal> _available = [];
    private readonly Dictionary<Guid, FundedAccount> _accounts = [];

    /// <summary>Locks and reads. Pairs of accounts that do not exist or are not paper are left out.</summary>
    public static async Task<Funds> Lock(NpgsqlConnection connection, IReadOnlyCollection<(Guid Account, string Asset)> wanted, CancellationToken cancellation)
    {
        var funds = new Funds();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(wanted) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await funds.Read(reader, cancellation);
        return funds;
    }

    /// <summary>As <see cref="Lock"/>, as one statement of a batch of the caller's, for <see cref="Read"/>.</summary>
    public static NpgsqlBatchCommand Command(IReadOnlyCollection<(Guid Account, string Asset)> wanted)
    {
        var command = new NpgsqlBatchCommand("SELECT account_id, user_id, asset, available, fill_model, latency_ms, slippage_bps FROM lock_funds($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. wanted.Select(pair => pair.Account)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Select(pair => pair.Asset)] });
        return command;
    }

    public async Task Read(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            var account = new FundedAccount(
                new UserId(reader.GetGuid(1)), reader.GetString(4), reader.GetInt32(5), await reader.IsDBNullAsync(6, cancellation) ? null : reader.GetInt32(6));
            Put(reader.GetGuid(0), account, new Money(reader.GetDecimal(3), new Asset(reader.GetString(2))));
        }
    }

    /// <summary>What an account has of an asset, as it was read.</summary>
    public void Put(Guid account, FundedAccount known, Money available)
    {
        _accounts[account] = known;
        _available[(account, available.Asset.Code)] = available.Amount;
    }

    /// <summary>The user's account; null when there is none, or it is somebody else's.</summary>
    public FundedAccount? Account(Guid account, UserId user) =>
        _accounts.TryGetValue(account, out var known) && known.Owner == user ? known : null;

    public decimal Available(Guid account, Asset asset) => _available.GetValueOrDefault((account, asset.Code));

    /// <summary>Takes an amount; false, and nothing changes, when it is not there.</summary>
    public bool TryTake(Guid account, Money amount)
    {
        var left = Available(account, amount.Asset) - amount.Amount;
        if (left < 0m) return false;
        _available[(account, amount.Asset.Code)] = left;
        return true;
    }

    public void Add(Guid account, Money amount) => _available[(account, amount.Asset.Code)] = Available(account, amount.Asset) + amount.Amount;
}

/// <summary>What an account has of one asset.</summary>
internal readonly record struct BalanceLine(string Asset, decimal Available, decimal Held);

/// <summary>All balances of an account as of one moment, by asset.</summary>
internal sealed record BalanceSheet(Guid Account, IReadOnlyList<BalanceLine> Lines, DateTimeOffset ChangedAt)
{
    /// <summary>The sheet as somebody has written it out, so that it is written once; by a number of the writer's.</summary>
    public byte[]?[] Written { get; } = new byte[]?[4];

    public BalanceLine this[string asset]
    {
        get
        {
            foreach (var line in Lines)
            {
                if (line.Asset == asset) return line;
            }

            return new BalanceLine(asset, 0m, 0m);
        }
    }
}

/// <summary>Balances for whoever asks often. Never older than the last commit of this process when asked; of another's, at most a second.</summary>
internal abstract class BalanceSheets
{
    /// <summary>Null when there is no such account.</summary>
    public abstract ValueTask<BalanceSheet?> Of(Guid account, CancellationToken cancellation);

    /// <summary>As <see cref="Of"/>, of many at once; accounts that are not there are left out.</summary>
    public abstract ValueTask<IReadOnlyDictionary<Guid, BalanceSheet>> OfMany(IReadOnlyCollection<Guid> accounts, CancellationToken cancellation);
}

/// <summary>The door: accounts, balances, and the ledger that other rooms write to in their own transactions.</summary>
internal static class WalletsRoom
{
    public static IServiceCollection AddWallets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WalletsOptions>().Bind(configuration.GetSection("Wallets")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new PriceIn((_, _) => null));
        services.AddSingleton<OpenPaperAccount>().AddSingleton<ListAccounts>().AddSingleton<ListBalances>().AddSingleton<ReadStatement>().AddSingleton<BalanceChannel>();
        services.AddSingleton<Valuation>().AddSingleton<ResetClock>().AddSingleton<OpenAccount>().AddSingleton<ChangeAccount>().AddSingleton<ResetAccount>();
        services.AddSingleton<BalanceSheets, KeptBalances>();
        services.AddSingleton<ListSeasons>().AddSingleton<ShowPortfolio>().AddSingleton<ReadEquity>().AddSingleton<EquitySampler>();
        services.AddHostedService(all => all.GetRequiredService<EquitySampler>());
        services.AddSingleton<LedgerWatchState>().AddSingleton<LedgerWatch>().AddHostedService(all => all.GetRequiredService<LedgerWatch>());
        services.AddHealthChecks().AddCheck<LedgerHealth>("ledger");
        services.AddSingleton(new OneShotCommand("ledger verify", "", VerifyCommand));
        return services.AddSingleton(all => new UserRegistered(all.GetRequiredService<OpenPaperAccount>().Handle));
    }

    private static async Task<int> VerifyCommand(OneShotCall call, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(call.Database.OwnerConnectionString);
        return await Verify(owner, Console.Out, cancellation);
    }

    public static void MapWallets(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        services.GetRequiredService<BalanceChannel>().Open(services.GetRequiredService<StreamHub>(), services.GetRequiredService<OutboxPump>());
        var group = routes.MapGroup("/api/v1/accounts").WithTags("accounts").RequireAuthorization(Policies.Signed);
        group.MapGet("", (ListAccounts verb, HttpContext context) => verb.Handle(UserId.Of(context.User), context.RequestAborted));
        group.MapPost("", OpenAccount.Route).RequireRateLimiting(RateLimits.Orders);
        group.MapPatch("/{id}", ChangeAccount.Route);
        group.MapPost("/{id}/reset", ResetAccount.Route).RequireRateLimiting(RateLimits.Orders);
        group.MapGet("/{id}/seasons", ListSeasons.Route);
        group.MapGet("/{id}/portfolio", ShowPortfolio.Route);
        group.MapGet("/{id}/equity", ReadEquity.Route);
        group.MapGet("/{id}/balances", ListBalances.Route);
        group.MapGet("/{id}/statement", ReadStatement.Route).Produces<Paged<ReadStatement.Line>>()
            .AddOpenApiOperationTransformer(StatementCsv.Document);
    }

    /// <summary>Is this a paper account of the user? In the caller's transaction.</summary>
    public static Task<bool> OwnsPaper(NpgsqlConnection connection, UserId user, Guid account, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT FROM accounts WHERE id = @account AND user_id = @owner AND kind = 'paper')",
            new { account, owner = user.Value }, cancellationToken: cancellation));

    /// <summary>
    /// Writes journals in the caller's transaction, in one statement, and with them the balances. Call it once per transaction: the order in
    /// which balances are locked is kept within one call.
    /// </summary>
    /// <exception cref="PostgresException">A balance would go below zero; or a business key exists already.</exception>
    public static Task Post(NpgsqlConnection connection, IReadOnlyList<Journal> journals, CancellationToken cancellation) =>
        LedgerWriter.Post(connection, journals, cancellation);

    /// <summary>As <see cref="Post"/>, as one statement of a batch of the caller's.</summary>
    /// <param name="connection">Whose transaction it will run in.</param>
    /// <param name="journals">To be written.</param>
    public static NpgsqlBatchCommand PostCommand(NpgsqlConnection connection, IReadOnlyList<Journal> journals) => LedgerWriter.Command(connection, journals);

    /// <summary>The one-shot <c>ledger verify</c>.</summary>
    public static Task<int> Verify(NpgsqlDataSource database, TextWriter output, CancellationToken cancellation) =>
        VerifyLedger.Run(database, output, cancellation);
}
