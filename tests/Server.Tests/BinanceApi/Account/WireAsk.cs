using System.Buffers;
using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Account;

/// <summary>Calls a verb of the wire past its transports.</summary>
internal static class WireAsk
{
    public static KnownKey KeyOf(Trader trader, KeyScopes scopes = KeyScopes.Read | KeyScopes.Trade) =>
        new(Guid.NewGuid(), new UserId(trader.User), Guid.Parse(trader.Account), scopes, false, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>The answer; fails the test on an error.</summary>
    public static async Task<JsonElement> Ask(this TestHost host, string name, KnownKey? key, params (string Name, string Value)[] parameters)
    {
        var (answer, error) = await host.Try(name, key, parameters);
        error.ShouldBeNull();
        return answer!.Value;
    }

    /// <param name="host">Where.</param>
    /// <param name="name">Verb and path: <c>GET /api/v3/account</c>.</param>
    /// <param name="key">Who asks.</param>
    /// <param name="parameters">As decoded.</param>
    public static async Task<(JsonElement? Answer, WireError? Error)> Try(this TestHost host, string name, KnownKey? key, params (string Name, string Value)[] parameters)
    {
        var verb = host.Services.GetServices<IWireVerb>().Single(known => $"{known.Route.Verb} {known.Route.Path}" == name);
        var given = new WireParameters();
        foreach (var (parameter, value) in parameters) given.Add(parameter, value);
        var buffer = new ArrayBufferWriter<byte>();
        WireError? error;
        await using (var json = new Utf8JsonWriter(buffer)) error = await verb.Handle(new WireCall(given, key), json, default);
        return error is null ? (JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan), null) : (null, error);
    }

    /// <summary>A shape to compare: names in order and kinds of values, of nested objects too.</summary>
    public static string Shape(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", value.EnumerateObject().Select(property => $"{property.Name}:{property.Value.Shape()}"))}}}",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "[]" : $"[{value[0].Shape()}]",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };

    public static decimal Amount(this JsonElement value, string name) => decimal.Parse(value.GetProperty(name).GetString()!);
}
