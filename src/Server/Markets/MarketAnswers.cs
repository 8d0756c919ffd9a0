using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Markets;

/// <summary>Where the prices of an answer come from and how fresh they are; part of every market answer.</summary>
internal record MarketStamp(string Source, bool Simulated, PriceSourceState State, DateTimeOffset AsOf, bool Stale);

/// <summary>How a replay stands.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="To">Its last moment; null where the file was not read that far.</param>
/// <param name="Position">The exchange time reached.</param>
/// <param name="Speed">"1", "60", "max".</param>
/// <param name="Paused">True while it waits for play.</param>
/// <param name="Loop">True when it begins anew at its end.</param>
internal sealed record ReplayStatus(DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset? Position, string Speed, bool Paused, bool Loop);

internal sealed record SourceAnswer : MarketStamp
{
    public SourceAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required ReplayStatus? Replay { get; init; }
}

internal sealed record MarketsAnswer : MarketStamp
{
    public MarketsAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required IReadOnlyList<MarketItem> Items { get; init; }

    public string? NextCursor { get; init; }
}

internal sealed record MarketItem(
    string Symbol, string Base, string Quote, decimal TickSize, decimal StepSize, decimal MinQuantity, decimal MaxQuantity, decimal MinNotional, bool Trading)
{
    public static MarketItem Of(Instrument pair) => new(
        pair.Symbol.Value, pair.Base.Code, pair.Quote.Code, pair.TickSize, pair.StepSize, pair.MinQuantity, pair.MaxQuantity, pair.MinNotional, pair.Trading);
}

internal sealed record TickersAnswer : MarketStamp
{
    public TickersAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required IReadOnlyList<TickerItem> Items { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>Rolling 24 h of one pair; null where unknown.</summary>
internal sealed record TickerItem
{
    public required string Symbol { get; init; }

    public decimal? Last { get; init; }

    public decimal? Open { get; init; }

    public decimal? High { get; init; }

    public decimal? Low { get; init; }

    public decimal? Volume { get; init; }

    public decimal? QuoteVolume { get; init; }

    public decimal? Change { get; init; }

    public decimal? ChangePercent { get; init; }

    public decimal? Bid { get; init; }

    public decimal? Ask { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public required bool Stale { get; init; }

    /// <summary>The last 24 hourly closes, oldest first; left out of the stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<decimal>? Spark { get; init; }
}

internal sealed record CandlesAnswer : MarketStamp
{
    public CandlesAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required string Symbol { get; init; }

    public required string Interval { get; init; }

    public required IReadOnlyList<CandleItem> Items { get; init; }
}

internal sealed record CandleItem(
    DateTimeOffset OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, decimal QuoteVolume, int Trades, bool Closed)
{
    public static CandleItem Of(in Candle candle, bool closed) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTimeMs), candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value,
        candle.Volume.Value, candle.QuoteVolume, candle.Trades, closed);
}

internal sealed record DepthAnswer : MarketStamp
{
    public DepthAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required string Symbol { get; init; }

    public required long UpdateId { get; init; }

    public required IReadOnlyList<decimal[]> Bids { get; init; }

    public required IReadOnlyList<decimal[]> Asks { get; init; }
}

/// <summary>The best levels, best first, each [price, quantity].</summary>
internal sealed record DepthItem(long UpdateId, IReadOnlyList<decimal[]> Bids, IReadOnlyList<decimal[]> Asks);

internal sealed record TradesAnswer : MarketStamp
{
    public TradesAnswer(MarketStamp stamp)
        : base(stamp)
    {
    }

    public required string Symbol { get; init; }

    public required IReadOnlyList<TradeItem> Items { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>A trade of the market; the side is the taker's.</summary>
internal sealed record TradeItem(string Id, decimal Price, decimal Quantity, DateTimeOffset Time, Side Side)
{
    public static TradeItem Of(MarketTrade trade) => new(
        trade.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), trade.Price.Value, trade.Quantity.Value,
        DateTimeOffset.FromUnixTimeMilliseconds(trade.TimeMs), trade.BuyerIsMaker ? Side.Sell : Side.Buy);
}
