using System.Globalization;

namespace Lastro.Exchanges.Demo;

/// <summary>The pairs of the demo market.</summary>
internal static class DemoPairs
{
    // base quote price tick step minNotional ownDailyVolatility leaders(pair*share+...) correlation dailyQuoteVolume tradesPerMinute
    private const string Table = """
        BTC  USDT 64000     0.01       0.00001 5  0.023 -                     0     1500000000 180
        ETH  USDT 3100      0.01       0.0001  5  0.016 BTCUSDT*1.05          0.86  800000000  150
        BNB  USDT 580       0.01       0.001   5  0.014 BTCUSDT*0.7           0.74  120000000  75
        SOL  USDT 145       0.01       0.001   5  0.026 BTCUSDT*1.1           0.78  400000000  120
        XRP  USDT 0.61      0.0001     0.1     5  0.024 BTCUSDT*0.8           0.72  250000000  90
        DOGE USDT 0.124     0.00001    1       1  0.030 BTCUSDT*1             0.75  150000000  75
        ADA  USDT 0.44      0.0001     0.1     5  0.022 BTCUSDT*0.95          0.76  60000000   60
        TRX  USDT 0.135     0.0001     0.1     5  0.014 BTCUSDT*0.4           0.5   40000000   45
        LINK USDT 13.8      0.01       0.01    5  0.026 BTCUSDT*0.95          0.73  50000000   60
        AVAX USDT 27.5      0.01       0.01    5  0.028 BTCUSDT*1.05          0.75  45000000   60
        LTC  USDT 71        0.01       0.001   5  0.020 BTCUSDT*0.8           0.72  40000000   45
        DOT  USDT 6.1       0.001      0.01    5  0.023 BTCUSDT*0.95          0.76  30000000   45
        NEAR USDT 5.2       0.001      0.1     5  0.030 BTCUSDT*1.05          0.72  35000000   45
        UNI  USDT 7.6       0.001      0.01    5  0.030 BTCUSDT*0.95          0.68  20000000   30
        SHIB USDT 0.0000175 0.00000001 1       1  0.034 BTCUSDT*1             0.7   50000000   45
        PEPE USDT 0.0000105 0.00000001 1       1  0.042 BTCUSDT*1.1           0.66  90000000   60
        USDT BRL  5.45      0.0001     0.1     10 0.006 BTCUSDT*-0.02         -0.25 250000000  45
        BTC  BRL  348800    1          0.00001 10 0     BTCUSDT*1+USDTBRL*1   0.95  60000000   45
        ETH  BRL  16895     0.01       0.0001  10 0     ETHUSDT*1+USDTBRL*1   0.95  20000000   30
        SOL  BRL  790.25    0.1        0.001   10 0     SOLUSDT*1+USDTBRL*1   0.95  8000000    24
        """;

    public static IReadOnlyList<DemoPair> All { get; } = [.. Table.Split('\n').Select(Row)];

    private static DemoPair Row(string line)
    {
        var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new DemoPair
        {
            Base = cells[0],
            Quote = cells[1],
            Price = Exact(cells[2]),
            Tick = Exact(cells[3]),
            Step = Exact(cells[4]),
            MinNotional = Exact(cells[5]),
            DailyVolatility = Number(cells[6]),
            Leaders = cells[7] == "-" ? [] : [.. cells[7].Split('+').Select(Leader)],
            Correlation = Number(cells[8]),
            DailyQuoteVolume = Exact(cells[9]),
            TradesPerMinute = int.Parse(cells[10], CultureInfo.InvariantCulture),
        };
    }

    private static (string Pair, double Share) Leader(string text)
    {
        var parts = text.Split('*');
        return (parts[0], Number(parts[1]));
    }

    private static decimal Exact(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
