using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Replay;

/// <summary>Grids of common pairs as Binance's exchangeInfo gives them; other pairs take theirs from the digits of the data.</summary>
internal static class ReplayInstruments
{
    private const decimal DefaultMinNotional = 5m;

    /// <summary>Longest first where one ends in another (FDUSD before USD).</summary>
    private static readonly string[] Quotes =
    [
        "FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USDP", "USD1", "DAI", "BRL", "EUR", "TRY", "GBP", "AUD", "ARS", "MXN", "COP",
        "JPY", "UAH", "ZAR", "IDR", "PLN", "RON", "CZK", "RUB", "USD", "BTC", "ETH", "BNB", "XRP", "TRX", "SOL", "DOGE",
    ];

    private static readonly Dictionary<string, (decimal Tick, decimal Step, decimal MinNotional)> Known = new(StringComparer.Ordinal)
    {
        ["BTCUSDT"] = (0.01m, 0.00001m, 5m),
        ["ETHUSDT"] = (0.01m, 0.0001m, 5m),
        ["BNBUSDT"] = (0.01m, 0.001m, 5m),
        ["SOLUSDT"] = (0.01m, 0.001m, 5m),
        ["XRPUSDT"] = (0.0001m, 0.1m, 5m),
        ["ADAUSDT"] = (0.0001m, 0.1m, 5m),
        ["DOGEUSDT"] = (0.00001m, 1m, 1m),
        ["LTCUSDT"] = (0.01m, 0.001m, 5m),
        ["TRXUSDT"] = (0.0001m, 0.1m, 5m),
        ["PEPEUSDT"] = (0.00000001m, 1m, 1m),
        ["SHIBUSDT"] = (0.00000001m, 1m, 1m),
        ["USDCUSDT"] = (0.0001m, 1m, 5m),
        ["BTCUSDC"] = (0.01m, 0.00001m, 5m),
        ["ETHUSDC"] = (0.01m, 0.0001m, 5m),
        ["BTCFDUSD"] = (0.01m, 0.00001m, 5m),
        ["ETHBTC"] = (0.00001m, 0.0001m, 0.0001m),
        ["BNBBTC"] = (0.000001m, 0.001m, 0.0001m),
        ["BTCBRL"] = (1m, 0.00001m, 10m),
        ["USDTBRL"] = (0.0001m, 0.1m, 10m),
    };

    public static Instrument Of(Symbol symbol, DigitGrid seen)
    {
        var (known, quote) = (Known.TryGetValue(symbol.Value, out var grid), QuoteOf(symbol.Value));
        return new Instrument
        {
            Symbol = symbol,
            Base = new Asset(symbol.Value[..^quote.Length]),
            Quote = new Asset(quote),
            TickSize = known ? grid.Tick : seen.PriceStep,
            StepSize = known ? grid.Step : seen.QuantityStep,
            MinQuantity = known ? grid.Step : seen.QuantityStep,
            MinNotional = known ? grid.MinNotional : DefaultMinNotional,
        };
    }

    private static string QuoteOf(string symbol)
    {
        foreach (var quote in Quotes)
        {
            if (symbol.Length > quote.Length && symbol.EndsWith(quote, StringComparison.Ordinal))
                return quote;
        }

        // Half and half for a pair of strangers: base and quote must both be something.
        return symbol[(symbol.Length - (symbol.Length / 2))..];
    }
}
