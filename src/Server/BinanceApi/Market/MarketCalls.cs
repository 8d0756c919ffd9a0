using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The public calls about the market.</summary>
internal static class MarketCalls
{
    public static void AddMarketCalls(this IServiceCollection services) => services
        .AddSingleton<IWireVerb, Ping>()
        .AddSingleton<IWireVerb, ServerTime>()
        .AddSingleton<IWireVerb, ExchangeInfo>()
        .AddSingleton<IWireVerb, DepthBook>()
        .AddSingleton<IWireVerb>(all => TradeList.Recent(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb>(all => TradeList.Historical(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb, AggregateTrades>()
        .AddSingleton<IWireVerb>(all => Klines.Plain(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb>(all => Klines.ForCharts(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb, AveragePrice>()
        .AddSingleton<IWireVerb, DayTickers>()
        .AddSingleton<IWireVerb>(all => SpanTicker.Rolling(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb>(all => SpanTicker.TradingDay(all.GetRequiredService<MarketsRoom>()))
        .AddSingleton<IWireVerb, PriceTicker>()
        .AddSingleton<IWireVerb, BookTicker>();
}
