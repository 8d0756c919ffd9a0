using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lastro.Bounds;

/// <summary>The least a minimal API can do: a price from memory, and an account's balances for a request whose signature is right. No limits, no errors, no log.</summary>
internal sealed class BareEndpoints : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareEndpoints(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<BareEndpoints> Start(string key, string secret, int balances)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMeterFactory, Unheard>();
        var app = builder.Build();
        var price = new Price("BTCUSDT", "48570.19000000");
        var account = new Account(true, [.. Enumerable.Range(0, balances).Select(number => new Balance($"A{number}", "0.00000000", "0.00000000"))]);
        var secrets = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [key] = Encoding.ASCII.GetBytes(secret) }.ToFrozenDictionary(StringComparer.Ordinal);
        app.MapGet("/price", (string symbol) => symbol == price.Symbol ? Results.Json(price) : Results.NotFound());
        app.MapGet("/account", (HttpRequest request) => Signed(request, secrets) ? Results.Json(account) : Results.Unauthorized());
        await app.StartAsync();
        return new BareEndpoints(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static bool Signed(HttpRequest request, FrozenDictionary<string, byte[]> secrets)
    {
        var query = request.QueryString.Value.AsSpan(1);
        var cut = query.LastIndexOf("&signature=", StringComparison.Ordinal);
        if (cut < 0 || !secrets.TryGetValue(request.Headers["X-MBX-APIKEY"].ToString(), out var secret)) return false;
        Span<byte> text = stackalloc byte[512];
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(secret, text[..Encoding.ASCII.GetBytes(query[..cut], text)], hash);
        Span<byte> sent = stackalloc byte[32];
        return Convert.FromHexString(query[(cut + 11)..], sent, out _, out _) == System.Buffers.OperationStatus.Done && CryptographicOperations.FixedTimeEquals(hash, sent);
    }

    /// <summary>The product in the same process listens to every meter by its name; these it must not hear, as their cost is not the bound's.</summary>
    private sealed class Unheard : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new("bare");

        public void Dispose()
        {
            // The meters end with the process.
        }
    }

    private sealed record Price(string Symbol, string Value);

    private sealed record Balance(string Asset, string Free, string Locked);

    private sealed record Account(bool CanTrade, IReadOnlyList<Balance> Balances);
}
