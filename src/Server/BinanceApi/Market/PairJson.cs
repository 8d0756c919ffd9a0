using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>A pair as Binance describes it. Only filters that an order here is measured against, so that none is told that does not hold.</summary>
internal static class PairJson
{
    /// <summary>Decimals of amounts on the wire.</summary>
    private const int Decimals = 8;

    /// <summary>The widest a trailing stop may stay behind, in basis points.</summary>
    private const int MaxTrailing = 5_000;

    /// <summary>Dearer than anything traded. Binance's 0 for "no limit" is read as a limit by some clients.</summary>
    public const decimal MaxPrice = 1_000_000_000m;

    private static readonly string[] _types = ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    public static void Write(Utf8JsonWriter output, Instrument pair, bool permissions)
    {
        output.WriteStartObject();
        output.WriteString("symbol"u8, pair.Symbol.Value);
        output.WriteString("status"u8, PairQuery.Status(pair));
        output.WriteString("baseAsset"u8, pair.Base.Code);
        output.WriteNumber("baseAssetPrecision"u8, Decimals);
        output.WriteString("quoteAsset"u8, pair.Quote.Code);
        output.WriteNumber("quotePrecision"u8, Decimals);
        output.WriteNumber("quoteAssetPrecision"u8, Decimals);
        output.WriteNumber("baseCommissionPrecision"u8, Decimals);
        output.WriteNumber("quoteCommissionPrecision"u8, Decimals);
        output.WriteStartArray("orderTypes"u8);
        foreach (var type in _types) output.WriteStringValue(type);
        output.WriteEndArray();
        Allowed(output);
        Filters(output, pair);
        output.WriteStartArray("permissions"u8);
        output.WriteEndArray();
        output.WriteStartArray("permissionSets"u8);
        if (permissions)
        {
            output.WriteStartArray();
            output.WriteStringValue("SPOT"u8);
            output.WriteEndArray();
        }

        output.WriteEndArray();
        // Virtual orders never meet each other, so there is no self-trade to prevent.
        output.WriteString("defaultSelfTradePreventionMode"u8, "NONE"u8);
        output.WriteStartArray("allowedSelfTradePreventionModes"u8);
        output.WriteStringValue("NONE"u8);
        output.WriteEndArray();
        output.WriteEndObject();
    }

    private static void Allowed(Utf8JsonWriter output)
    {
        output.WriteBoolean("icebergAllowed"u8, false);
        output.WriteBoolean("ocoAllowed"u8, true);
        output.WriteBoolean("otoAllowed"u8, false);
        output.WriteBoolean("opoAllowed"u8, false);
        output.WriteBoolean("quoteOrderQtyMarketAllowed"u8, true);
        output.WriteBoolean("allowTrailingStop"u8, true);
        output.WriteBoolean("cancelReplaceAllowed"u8, true);
        output.WriteBoolean("amendAllowed"u8, true);
        output.WriteBoolean("pegInstructionsAllowed"u8, false);
        output.WriteBoolean("isSpotTradingAllowed"u8, true);
        output.WriteBoolean("isMarginTradingAllowed"u8, false);
    }

    private static void Filters(Utf8JsonWriter output, Instrument pair)
    {
        output.WriteStartArray("filters"u8);
        Filter(output, "PRICE_FILTER");
        output.WriteAmount("minPrice", pair.TickSize);
        output.WriteAmount("maxPrice", MaxPrice);
        output.WriteAmount("tickSize", pair.TickSize);
        output.WriteEndObject();
        foreach (var name in (ReadOnlySpan<string>)["LOT_SIZE", "MARKET_LOT_SIZE"])
        {
            Filter(output, name);
            output.WriteAmount("minQty", pair.MinQuantity);
            output.WriteAmount("maxQty", pair.MaxQuantity);
            output.WriteAmount("stepSize", pair.StepSize);
            output.WriteEndObject();
        }

        Filter(output, "TRAILING_DELTA");
        output.WriteNumber("minTrailingAboveDelta"u8, 1);
        output.WriteNumber("maxTrailingAboveDelta"u8, MaxTrailing);
        output.WriteNumber("minTrailingBelowDelta"u8, 1);
        output.WriteNumber("maxTrailingBelowDelta"u8, MaxTrailing);
        output.WriteEndObject();
        Filter(output, "NOTIONAL");
        output.WriteAmount("minNotional", pair.MinNotional);
        output.WriteBoolean("applyMinToMarket"u8, true);
        output.WriteAmount("maxNotional", OrderRules.MaxQuote);
        output.WriteBoolean("applyMaxToMarket"u8, false);
        output.WriteNumber("avgPriceMins"u8, 0);
        output.WriteEndObject();
        output.WriteEndArray();
    }

    private static void Filter(Utf8JsonWriter output, string type)
    {
        output.WriteStartObject();
        output.WriteString("filterType"u8, type);
    }
}
