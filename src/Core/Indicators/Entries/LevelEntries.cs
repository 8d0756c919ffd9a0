using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class LevelEntries
{
    private static readonly string[] _pivots = ["pivot", "r1", "r2", "r3", "s1", "s2", "s3"];
    private static readonly string[] _candle = ["open", "high", "low", "close"];

    public static IEnumerable<Indicator> All =>
    [
        new()
        {
            Name = "pivots", Title = "Floor pivots", Input = IndicatorInput.Candles,
            Parameters = [new("hours", 24, 1, 168, Whole: true)],
            Outputs = [.. _pivots.Select(name => Out(name, IndicatorPane.Price, _ => 1))],
            Formula = "of the session before (cut from the epoch, 24 h is the UTC day; the first may be a part): P = (H+L+C)/3, R1 = 2P-L, S1 = 2P-H, R2 = P+(H-L), "
                + "S2 = P-(H-L), R3 = H+2(P-L), S3 = L-2(H-P)",
            Source = "J. Person, A Complete Guide to Technical Trading Tactics, 2004",
            WarmUpDependsOnData = true,
            Make = Candles<Pivots, Levels>(a => new Pivots(a.Int(0))),
        },
        new()
        {
            Name = "fractals", Title = "Williams fractals", Input = IndicatorInput.Candles,
            Parameters = [new("n", 2, 1, 100, Whole: true)],
            Outputs = [Out("up", IndicatorPane.Price, a => 2 * a.Int(0)), Out("down", IndicatorPane.Price, a => 2 * a.Int(0))],
            Formula = "the last high above, and the last low below, all of the n candles on either side; known n candles after it and held until the next",
            Source = "B. Williams, Trading Chaos, 1995",
            WarmUpDependsOnData = true,
            Make = Candles<Fractals, Two>(a => new Fractals(a.Int(0))),
        },
        new()
        {
            Name = "zigzag", Title = "Zigzag", Input = IndicatorInput.Candles,
            Parameters = [Number("percent", 5, 0.01, 99)],
            Outputs =
            [
                Out("extreme", IndicatorPane.Price, _ => 0), Out("pivot", IndicatorPane.Price, _ => 0), Out("trend", IndicatorPane.Own, _ => 0),
            ],
            Formula = "a leg ends when the price has gone percent against its extreme: pivot = the last ended leg's extreme, extreme = that of the running leg, which moves on; "
                + "trend 1 or -1. A candle that both makes a new extreme and goes against it ends the leg",
            Source = "A. Merrill, Filtered Waves, 1977",
            Repaints = true, WarmUpDependsOnData = true,
            Make = Candles<Zigzag, Three>(a => new Zigzag(a[0])),
        },
        new()
        {
            Name = "heikin_ashi", Title = "Heikin-Ashi candles", Input = IndicatorInput.Candles,
            Parameters = [],
            Outputs = [.. _candle.Select(name => Out(name, IndicatorPane.Price, _ => 0))],
            Formula = "close = (open+high+low+close)/4; open = mean of the open and close before, at first of the candle's own; high and low reach over both",
            Source = "D. Valcu, Using the Heikin-Ashi Technique, TASC 22:2, 2004",
            Make = Candles<HeikinAshi, Four>(_ => new HeikinAshi()),
        },
    ];
}
