using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lastro.Server.Platform.Errors;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>
/// Growing waits after wrong passwords, at most 60 s each (docs/decisions/011-login-waits.md). Counted per account and network,
/// and per network; a browser that has signed in to the account before counts for itself, so strangers cannot keep its owner out.
/// </summary>
internal sealed class LoginWaits(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Wrong tries on one account before the first wait.</summary>
    public const int FreeTries = 5;

    /// <summary>Wrong tries from one network, on whatever accounts, before it waits.</summary>
    public const int FreeTriesOfNetwork = 30;

    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(60);

    /// <summary>After this long without a wrong try the count begins anew.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Seconds still to wait, 0 when the try may be made.</summary>
    public async Task<int> SecondsLeft(LoginTry attempt, CancellationToken cancellation)
    {
        const string sql = "select max(open_at) from login_waits where key = any(@Keys)";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var openAt = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(sql, new { attempt.Keys }, cancellationToken: cancellation));
        var left = openAt - clock.GetUtcNow().UtcDateTime;
        return left > TimeSpan.Zero ? (int)Math.Ceiling(left.Value.TotalSeconds) : 0;
    }

    /// <summary>Counts a wrong try; from the sixth on the answer is the wait before the next, until then null.</summary>
    public async Task<Refused?> Wrong(LoginTry attempt, CancellationToken cancellation)
    {
        const string sql = """
            insert into login_waits as w (key, failures, last_wrong_at, open_at)
            values (@Key, 1, @Now, @Now)
            on conflict (key) do update set
                failures = case when w.last_wrong_at < @Now - @Memory then 1 else least(w.failures, 1000000) + 1 end,
                last_wrong_at = @Now,
                open_at = @Now + make_interval(secs => case
                    when w.last_wrong_at < @Now - @Memory or w.failures + 1 < @Free then 0
                    else least(@Longest, 10 * power(2, least(w.failures + 1 - @Free, 10))) end)
            returning case when failures > @Free then ceil(extract(epoch from open_at - @Now))::int else 0 end
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var wait = 0;
        foreach (var (key, free) in attempt.Counted)
        {
            var parameters = new { Key = key, Free = free, Now = clock.GetUtcNow(), Memory, Longest = LongestWait.TotalSeconds };
            wait = Math.Max(wait, await connection.ExecuteScalarAsync<int>(new CommandDefinition(sql, parameters, cancellationToken: cancellation)));
        }

        return wait > 0 ? Wait(wait) : null;
    }

    /// <summary>The right password ends the count for this account from this place; the network's count stays.</summary>
    public async Task Right(LoginTry attempt, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from login_waits where key = @Key", new { Key = attempt.Keys[0] }, cancellationToken: cancellation));
    }

    public static Refused Wait(int seconds) => new(
        ErrorCode.RateLimited, Limit: $"{seconds} s", Detail: "Too many wrong tries; wait as long as Retry-After says.", RetryAfterSeconds: seconds);
}

/// <summary>What one try at a password is counted under.</summary>
internal sealed class LoginTry
{
    private LoginTry(params (byte[] Key, int Free)[] counted) => Counted = counted;

    public IReadOnlyList<(byte[] Key, int Free)> Counted { get; }

    public byte[][] Keys => [.. Counted.Select(one => one.Key)];

    public static LoginTry OfStranger(string emailKey, string network) =>
        new((Hash($"account {emailKey} {network}"), LoginWaits.FreeTries), (Hash($"network {network}"), LoginWaits.FreeTriesOfNetwork));

    public static LoginTry OfKnownDevice(string mark) => new((Hash($"device {mark}"), LoginWaits.FreeTries));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
