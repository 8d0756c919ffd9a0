using System.Text.Json;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>What the key may do.</summary>
internal sealed class ShowRestrictions : IWireVerb
{
    private static readonly string[] _never =
    [
        "enableWithdrawals", "enableInternalTransfer", "enableMargin", "enableFutures", "permitsUniversalTransfer", "enableVanillaOptions",
        "enablePortfolioMarginTrading", "enableFixApiTrade", "enableFixReadOnly",
    ];

    public WireRoute Route { get; } = new("GET", "/sapi/v1/account/apiRestrictions", WireSecurity.UserData, 1);

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        output.WriteBoolean("ipRestrict", false);
        output.WriteNumber("createTime", call.Caller.CreatedAt.ToUnixTimeMilliseconds());
        output.WriteBoolean("enableReading", call.Caller.Scopes.HasFlag(KeyScopes.Read));
        output.WriteBoolean("enableSpotAndMarginTrading", call.Caller.Scopes.HasFlag(KeyScopes.Trade));
        foreach (var name in _never) output.WriteBoolean(name, false);
        output.WriteEndObject();
        return ValueTask.FromResult<WireError?>(null);
    }
}
