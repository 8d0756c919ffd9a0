using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Vault;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.ApiKeys;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>A key with which the test signs.</summary>
internal sealed record TestKey(string Id, string Key, string Secret)
{
    public string Header => $"X-MBX-APIKEY: {Key}\r\n";

    public string Sign(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(payload)));
}

/// <summary>The real host with a clock the test can set, a user's API keys, and calls that only tell what reached them.</summary>
internal sealed class WireHost : IAsyncDisposable
{
    private WireHost(TestHost host, ShiftedClock clock, Probe placing) => (Host, Clock, Placing) = (host, clock, placing);

    public TestHost Host { get; }

    public ShiftedClock Clock { get; }

    /// <summary>POST /probe/order, which counts as one order.</summary>
    public Probe Placing { get; }

    public required KeyOwner Owner { get; init; }

    /// <summary>May read and trade from anywhere.</summary>
    public required TestKey Key { get; init; }

    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<WireHost> Start(params string[] settings)
    {
        var clock = new ShiftedClock();
        var placing = new Probe(new WireRoute("POST", "/probe/order", WireSecurity.Trade, 1) { Orders = 1 });
        var host = await TestHost.Start(
            services =>
            {
                services.AddSingleton<TimeProvider>(clock).AddSingleton<IWireVerb>(placing);
                foreach (var verb in new[] { "GET", "POST", "DELETE", "PUT" })
                    services.AddSingleton<IWireVerb>(new Probe(new WireRoute(verb, "/probe/signed", WireSecurity.UserData, 1)));
                foreach (var verb in new[] { "GET", "POST" })
                    services.AddSingleton<IWireVerb>(new Probe(new WireRoute(verb, "/probe/open", WireSecurity.None, 1)));
                services.AddSingleton<IWireVerb>(new Probe(new WireRoute("POST", "/probe/stream", WireSecurity.UserStream, 2)));
            },
            null, settings);
        var owner = await KeyOwner.New(host);
        return new WireHost(host, clock, placing) { Owner = owner, Key = await NewKey(owner) };
    }

    /// <summary>A key of the owner, with the fields of POST /api-keys.</summary>
    public static async Task<TestKey> NewKey(KeyOwner owner, object? fields = null)
    {
        var made = await owner.Make(fields);
        return new TestKey(made["id"]!, made["key"]!, made["secret"]!);
    }

    /// <summary>A key whose secret is the one of a documented example.</summary>
    public async Task<TestKey> NewKeyWith(string secret)
    {
        var key = await NewKey(Owner);
        var locked = Host.Services.GetRequiredService<SecretVault>().Seal(
            KeyStore.PlaceOf(new UserId(Owner.Trader.User), Guid.Parse(key.Id)), Encoding.ASCII.GetBytes(secret));
        await using var connection = await Host.Owner.OpenConnectionAsync();
        (await connection.ExecuteAsync("UPDATE api_keys SET secret = @locked WHERE id = @id", new { locked, id = Guid.Parse(key.Id) })).ShouldBe(1);
        return key with { Secret = secret };
    }

    public void SetClock(long ms) => Clock.Forward(DateTimeOffset.FromUnixTimeMilliseconds(ms) - Clock.GetUtcNow());

    /// <param name="method">Any word.</param>
    /// <param name="target">Below the prefix.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="headers">The key's unless told.</param>
    public Task<RawAnswer> Send(string method, string target, string? body = null, string? headers = null) =>
        RawHttp.Once(Host.Address, method, "/binance" + target, body, headers ?? Key.Header);

    /// <summary>A query with time and signature.</summary>
    public string Signed(string query, TestKey? key = null)
    {
        var payload = $"{query}{(query.Length > 0 ? "&" : "")}timestamp={NowMs}";
        return $"?{payload}&signature={(key ?? Key).Sign(payload)}";
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
