using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Wallets;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>The assets an account owns something of, or the one asked for.</summary>
internal sealed class ListUserAssets(BalanceSheets balances) : IWireVerb
{
    public WireRoute Route { get; } = new("POST", "/sapi/v3/asset/getUserAsset", WireSecurity.UserData, 5);

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        if (await balances.Of(call.Caller.Account, cancellation) is not { } sheet) return WireError.RejectedKey;
        var asked = call.Parameters["asset"];
        output.WriteStartArray();
        foreach (var line in sheet.Lines)
        {
            if (asked is null ? line is { Available: 0m, Held: 0m } : line.Asset != asked) continue;
            output.WriteStartObject();
            output.WriteString("asset", line.Asset);
            output.WriteAmount("free", line.Available);
            output.WriteAmount("locked", line.Held);
            output.WriteAmount("freeze", 0m);
            output.WriteAmount("withdrawing", 0m);
            output.WriteAmount("ipoable", 0m);
            output.WriteAmount("btcValuation", 0m);
            output.WriteEndObject();
        }

        output.WriteEndArray();
        return null;
    }
}
