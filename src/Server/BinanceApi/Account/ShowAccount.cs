using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Lastro.Core.Orders;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;
using Lastro.Server.Wallets;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>The account: its balances, its fees, what the key may do. Written once per change of the balances, and handed out as it is.</summary>
internal sealed class ShowAccount(BalanceSheets balances, IOptions<OrdersOptions> orders) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/account", WireSecurity.UserData, 20, "account.status");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        if (call.Parameters["omitZeroBalances"] is { } word && WireFlag.Read(word) is null) return ValueTask.FromResult<WireError?>(WireError.Illegal("omitZeroBalances"));
        var reading = balances.Of(call.Caller.Account, cancellation);
#pragma warning disable VSTHRD103 // It has completed.
        return reading.IsCompletedSuccessfully ? ValueTask.FromResult(Answer(reading.Result, call, output)) : Later(reading, call, output);
#pragma warning restore VSTHRD103
    }

    private async ValueTask<WireError?> Later(ValueTask<BalanceSheet?> reading, WireCall call, Utf8JsonWriter output) => Answer(await reading, call, output);

    private WireError? Answer(BalanceSheet? sheet, WireCall call, Utf8JsonWriter output)
    {
        if (sheet is null) return WireError.RejectedKey;
        var (omit, trades) = (WireFlag.Read(call.Parameters["omitZeroBalances"]) == true, call.Caller.Scopes.HasFlag(KeyScopes.Trade));
        var place = (omit ? 1 : 0) + (trades ? 2 : 0);
        output.WriteRawValue(sheet.Written[place] ??= Write(sheet, orders.Value.Fees, omit, trades), skipInputValidation: true);
        return null;
    }

    private static byte[] Write(BalanceSheet sheet, FeeRates fees, bool omit, bool trades)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("makerCommission", (int)(fees.Maker * 10_000m));
        json.WriteNumber("takerCommission", (int)(fees.Taker * 10_000m));
        json.WriteNumber("buyerCommission", 0);
        json.WriteNumber("sellerCommission", 0);
        json.WritePropertyName("commissionRates");
        json.WriteRates(fees.Maker, fees.Taker);
        json.WriteBoolean("canTrade", trades);
        json.WriteBoolean("canWithdraw", false);
        json.WriteBoolean("canDeposit", false);
        json.WriteBoolean("brokered", false);
        json.WriteBoolean("requireSelfTradePrevention", false);
        json.WriteBoolean("preventSor", false);
        json.WriteNumber("updateTime", sheet.ChangedAt.ToUnixTimeMilliseconds());
        json.WriteString("accountType", "SPOT");
        json.WriteStartArray("balances");
        foreach (var line in sheet.Lines)
        {
            if (omit && line.Available == 0m && line.Held == 0m) continue;
            json.WriteStartObject();
            json.WriteString("asset", line.Asset);
            json.WriteAmount("free", line.Available);
            json.WriteAmount("locked", line.Held);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("permissions");
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteNumber("uid", Uid(sheet.Account));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A number below 2^53 of the account's own, the same for ever: its random bits.</summary>
    private static long Uid(Guid account)
    {
        Span<byte> bytes = stackalloc byte[16];
        account.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & 0x1F_FFFF_FFFF_FFFF);
    }
}
