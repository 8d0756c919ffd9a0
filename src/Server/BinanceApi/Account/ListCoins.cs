using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Wallets;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>All coins of the source's pairs and of the account, as clients read them when they load markets. Nothing goes in or out: virtual money stays here.</summary>
internal sealed class ListCoins(MarketsRoom markets, BalanceSheets balances) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/sapi/v1/capital/config/getall", WireSecurity.UserData, 10);

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        if (await balances.Of(call.Caller.Account, cancellation) is not { } sheet) return WireError.RejectedKey;
        var coins = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pair in markets.Instruments)
        {
            _ = coins.Add(pair.Base.Code);
            _ = coins.Add(pair.Quote.Code);
        }

        foreach (var line in sheet.Lines) _ = coins.Add(line.Asset);
        output.WriteStartArray();
        foreach (var coin in coins) Write(sheet[coin], output);
        output.WriteEndArray();
        return null;
    }

    private static void Write(BalanceLine line, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        output.WriteString("coin", line.Asset);
        output.WriteBoolean("depositAllEnable", false);
        output.WriteBoolean("withdrawAllEnable", false);
        output.WriteString("name", line.Asset);
        output.WriteAmount("free", line.Available);
        output.WriteAmount("locked", line.Held);
        output.WriteAmount("freeze", 0m);
        output.WriteAmount("withdrawing", 0m);
        output.WriteAmount("ipoing", 0m);
        output.WriteAmount("ipoable", 0m);
        output.WriteAmount("storage", 0m);
        output.WriteBoolean("isLegalMoney", false);
        output.WriteBoolean("trading", true);
        output.WriteStartArray("networkList");
        output.WriteStartObject();
        output.WriteString("network", "PAPER");
        output.WriteString("coin", line.Asset);
        output.WriteString("name", "Virtual money");
        output.WriteAmount("withdrawIntegerMultiple", 0.00000001m);
        output.WriteBoolean("isDefault", true);
        output.WriteBoolean("depositEnable", false);
        output.WriteBoolean("withdrawEnable", false);
        output.WriteString("depositDesc", "Virtual money cannot be deposited.");
        output.WriteString("withdrawDesc", "Virtual money cannot be withdrawn.");
        output.WriteString("specialTips", "");
        output.WriteBoolean("resetAddressStatus", false);
        output.WriteString("addressRegex", "");
        output.WriteString("memoRegex", "");
        output.WriteAmount("withdrawFee", 0m);
        output.WriteAmount("withdrawMin", 0m);
        output.WriteAmount("withdrawMax", 0m);
        output.WriteAmount("depositDust", 0m);
        output.WriteNumber("minConfirm", 1);
        output.WriteNumber("unLockConfirm", 0);
        output.WriteBoolean("sameAddress", false);
        output.WriteNumber("estimatedArrivalTime", 0);
        output.WriteBoolean("busy", false);
        output.WriteEndObject();
        output.WriteEndArray();
        output.WriteEndObject();
    }
}
