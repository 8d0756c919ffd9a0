using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class VolumeEntries
{
    private const string Achelis = "S. Achelis, Technical Analysis from A to Z, 2nd ed., ";
    private const string Fosback = "N. Fosback, Stock Market Logic, 1976";

    public static IEnumerable<Indicator> All => [.. Cumulative, .. Windowed];

    private static Indicator[] Cumulative =>
    [
        new()
        {
            Name = "obv", Title = "On-balance volume", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 0),
            Formula = "adds the volume of a higher close, takes that of a lower one; starts at 0",
            Source = "J. Granville, Granville's New Key to Stock Market Profits, 1963",
            Make = Candles(_ => new Obv()),
        },
        new()
        {
            Name = "adl", Title = "Accumulation/distribution line", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 0),
            Formula = "running sum of volume * ((close - low) - (high - close)) / (high - low), 0 for a candle without range",
            Source = "M. Chaikin; " + Achelis + "p. 50",
            Make = Candles(_ => new Adl()),
        },
        new()
        {
            Name = "pvt", Title = "Price volume trend", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 0),
            Formula = "running sum of volume * (close - close[1]) / close[1]; starts at 0", Source = Achelis + "p. 239",
            Make = Candles(_ => new Pvt()),
        },
        new()
        {
            Name = "nvi", Title = "Negative volume index", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 0),
            Formula = "follows the close's percent change on candles of falling volume; starts at 1000", Source = Fosback,
            Make = Candles(_ => new VolumeIndex(rising: false)),
        },
        new()
        {
            Name = "pvi", Title = "Positive volume index", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 0),
            Formula = "follows the close's percent change on candles of rising volume; starts at 1000", Source = Fosback,
            Make = Candles(_ => new VolumeIndex(rising: true)),
        },
        new()
        {
            Name = "wad", Title = "Williams accumulation/distribution", Input = IndicatorInput.Candles,
            Parameters = [], Outputs = Value(IndicatorPane.Own, _ => 1),
            Formula = "running sum of close - min(close[1], low) after a higher close, close - max(close[1], high) after a lower one",
            Source = Achelis + "p. 368",
            Make = Candles(_ => new WilliamsLine()),
        },
    ];

    private static Indicator[] Windowed =>
    [
        new()
        {
            Name = "mfi", Title = "Money flow index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "100 * in / (in + out), sums over n of hlc3*volume of rows with higher and lower hlc3; 100 without outflow",
            Source = "G. Quong, A. Soudack, Volume-Weighted RSI: Money Flow, TASC 7:3, 1989",
            Make = Candles(a => new Mfi(a.Int(0))),
        },
        new()
        {
            Name = "cmf", Title = "Chaikin money flow", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "sum over n of what adl adds / sum of volume over n; unknown without volume", Source = "M. Chaikin",
            Make = Candles(a => new Cmf(a.Int(0))),
        },
        new()
        {
            Name = "chaikin", Title = "Chaikin oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("fast", 3), Rows("slow", 10)],
            Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) - 1),
            Formula = "ema(adl, fast) - ema(adl, slow)", Source = Achelis + "p. 99",
            Make = Candles(a => new Chaikin(a.Int(0), a.Int(1))),
        },
        new()
        {
            Name = "force", Title = "Force index", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 13)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "ema((close - close[1]) * volume, n)", Source = "A. Elder, Trading for a Living, 1993",
            Make = Candles(a => new Force(a.Int(0))),
        },
        new()
        {
            Name = "eom", Title = "Ease of movement", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 14), Number("scale", 100_000_000, 1, 1e15)], Outputs = Value(IndicatorPane.Own, a => a.Int(0)),
            Formula = "sma((hl2 - hl2[1]) * (high - low) * scale / volume, n); a row without volume is unknown (Achelis: scale 10000, n = 1)",
            Source = "R. Arms, Volume Cycles in the Stock Market, 1983",
            Make = Candles(a => new EaseOfMovement(a.Int(0), a[1])),
        },
        new()
        {
            Name = "volume_sma", Title = "Average volume", Input = IndicatorInput.Candles,
            Parameters = [Rows("n", 20)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "sma(volume, n)", Source = Achelis + "p. 360",
            Make = Candles(a => new VolumeSma(a.Int(0))),
        },
        new()
        {
            Name = "vosc", Title = "Volume oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("fast", 5), Rows("slow", 20)], Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1)) - 1),
            Formula = "100 * (sma(volume, fast) - sma(volume, slow)) / sma(volume, slow)", Source = Achelis + "p. 360",
            Make = Candles(a => new VolumeOscillator(a.Int(0), a.Int(1))),
        },
        new()
        {
            Name = "kvo", Title = "Klinger volume oscillator", Input = IndicatorInput.Candles,
            Parameters = [Rows("fast", 34), Rows("slow", 55)], Outputs = Value(IndicatorPane.Own, a => Math.Max(a.Int(0), a.Int(1))),
            Formula = "ema(f, fast) - ema(f, slow), f = 100 * volume * |2*d/c - 1|, negative while high+low+close falls, d = high - low, "
                + "c = sum of d since the direction changed, with the d before it",
            Source = "S. Klinger, Identifying Trends with Volume Analysis, TASC 15:12, 1997; " + Achelis + "p. 170",
            Make = Candles(a => new Klinger(a.Int(0), a.Int(1))),
        },
    ];
}
