using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Rules of chance, of every kind the language has; the same seed gives the same ones.</summary>
internal sealed class RandomRules(Random random)
{
    private static readonly (string Name, double[] Arguments)[] _ofSeries =
    [
        ("sma", [7]), ("sma", [30]), ("ema", [12]), ("rsi", [5]), ("rsi", [14]), ("stddev", [9]), ("highest", [20]), ("zscore", [15]),
        ("roc", [3]), ("macd", [5, 9, 4]), ("bollinger", [20, 2]), ("hma", [9]), ("change", [2]),
    ];

    private static readonly (string Name, double[] Arguments)[] _ofCandles =
    [
        ("atr", [14]), ("obv", []), ("vwap", [10]), ("adx", [7]), ("stoch", [14, 3, 3]), ("supertrend", [10, 3]), ("mfi", [14]), ("psar", [0.02, 0.2]),
    ];

    // What was made before comes back: rules share their parts.
    private readonly Dictionary<Timeframe, List<Rule>> _numbers = [];

    public Rule Condition(Timeframe timeframe, int depth) => (depth <= 0 ? random.Next(2) : random.Next(10)) switch
    {
        0 or 1 or 2 => new Compared((CompareOperator)random.Next(6), Number(timeframe, depth - 1), Number(timeframe, depth - 1)),
        3 => Condition(timeframe, depth - 1) & Condition(timeframe, depth - 1),
        4 => Condition(timeframe, depth - 1) | Condition(timeframe, depth - 1),
        5 => !Condition(timeframe, depth - 1),
        6 => Condition(timeframe, depth - 1).Ago(Rows()),
        7 => Coarser(timeframe) is { } coarser ? new Seen(coarser, Condition(coarser, depth - 1)) : new Always(true),
        8 => random.Next(4) == 0 ? new Always(random.Next(2) == 0) : Rule.CrossesAbove(Number(timeframe, depth - 1), Number(timeframe, depth - 1)),
        _ => Condition(timeframe, depth - 1) & !Condition(timeframe, depth - 2),
    };

    public Rule Number(Timeframe timeframe, int depth)
    {
        if (!_numbers.TryGetValue(timeframe, out var made))
            _numbers.Add(timeframe, made = []);
        if (made.Count > 3 && random.Next(4) == 0)
            return made[random.Next(made.Count)];
        var rule = Make(timeframe, depth);
        made.Add(rule);
        return rule;
    }

    private Rule Make(Timeframe timeframe, int depth) => (depth <= 0 ? random.Next(4) : random.Next(11)) switch
    {
        0 => new Number(random.Next(5) switch { 0 => 0, 1 => 50, 2 => 30_000, 3 => 1e300, _ => random.NextDouble() }),
        1 or 2 => new Price((PriceColumn)random.Next(7)),
        3 => Candles(),
        4 or 5 => new Calculated((ArithmeticOperator)random.Next(4), Number(timeframe, depth - 1), Number(timeframe, depth - 1)),
        6 => new Negated(Number(timeframe, depth - 1)),
        7 => Number(timeframe, depth - 1).Ago(Rows()),
        8 => Coarser(timeframe) is { } coarser ? new Seen(coarser, Number(coarser, depth - 1)) : Rule.Close,
        _ => Series(Number(timeframe, depth - 1)),
    };

    private int Rows() => random.Next(6) switch { 0 => 0, 1 or 2 => 1, 3 => random.Next(70), 4 => 64, _ => random.Next(5) };

    private Timeframe? Coarser(Timeframe timeframe)
    {
        Timeframe[] coarser = [.. Timeframe.All.Where(other => Timeframes.LengthMs(other) >= Timeframes.LengthMs(timeframe))];
        return coarser[random.Next(Math.Min(6, coarser.Length))];
    }

    private Indicated Series(Rule series)
    {
        var (name, arguments) = _ofSeries[random.Next(_ofSeries.Length)];
        var entry = IndicatorCatalog.Find(name)!;
        return new Indicated(entry, [series], arguments, random.Next(entry.Outputs.Count));
    }

    private Indicated Candles()
    {
        var (name, arguments) = _ofCandles[random.Next(_ofCandles.Length)];
        var entry = IndicatorCatalog.Find(name)!;
        return new Indicated(entry, [], arguments, random.Next(entry.Outputs.Count));
    }
}
