using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.ApiKeys;

/// <summary>A user who makes API keys, and what the desk says of them.</summary>
internal sealed class KeyOwner(TestHost host, Trader trader)
{
    public const string Path = "/api/v1/api-keys";

    public static readonly byte[] Payload = Encoding.ASCII.GetBytes("symbol=LTCBTC&side=BUY");

    public TestHost Host => host;

    public Trader Trader => trader;

    public ApiKeyDesk Desk => DeskOf(host);

    public static async Task<KeyOwner> New(TestHost host) => new(host, await Trader.New(host));

    public static ApiKeyDesk DeskOf(TestHost host) => host.Services.GetRequiredService<ApiKeyDesk>();

    /// <summary>With this user's account and a label and scopes, unless the fields say otherwise.</summary>
    public Task<Answer> Make(object? fields = null)
    {
        var body = new Dictionary<string, object?> { ["accountId"] = trader.Account, ["label"] = "bot", ["scopes"] = new[] { "read", "trade" } };
        foreach (var property in fields?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(fields);
        return trader.Send(HttpMethod.Post, Path, body);
    }

    public Task<Answer> Revoke(string id) => trader.Send(HttpMethod.Delete, $"{Path}/{id}");

    public async Task<JsonElement[]> List() => (await trader.Get(Path)).Ok().Items;

    public ValueTask<KnownKey?> Find(string key, string? from = null) => Desk.Find(key, from is null ? null : IPAddress.Parse(from), CancellationToken.None);

    public ValueTask<bool> Signed(KnownKey key, string signature) => Desk.Signed(key, Payload, signature, CancellationToken.None);

    /// <summary>An HMAC signature of <see cref="Payload"/> by other means than the server's.</summary>
    public static string Sign(string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret));
        hmac.AppendData(Payload);
        return Convert.ToHexString(hmac.GetHashAndReset());
    }
}
