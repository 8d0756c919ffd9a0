using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>
/// The language told once more from the interfaces' text: whole columns, row by row, no blocks, a rule (one object) counted as
/// it is written. Conditions are true, false or null.
/// </summary>
internal sealed class RuleTwin
{
    private readonly List<Bar> _file;
    private readonly Timeframe _fileTimeframe;
    private readonly Timeframe _timeframe;
    private readonly Dictionary<Rule, double[]> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Rule, bool?[]> _truth = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Timeframe, RuleTwin> _others = [];

    public RuleTwin(IEnumerable<Bar> file, Timeframe fileTimeframe, Timeframe timeframe)
    {
        (_file, _fileTimeframe, _timeframe) = ([.. file], fileTimeframe, timeframe);
        Candles = timeframe == fileTimeframe ? _file : Aggregate(_file, timeframe);
    }

    public List<Bar> Candles { get; }

    public double[] Values(Rule rule) => _values.TryGetValue(rule, out var known) ? known : _values[rule] = Count(rule);

    public bool?[] Truth(Rule rule) => _truth.TryGetValue(rule, out var known) ? known : _truth[rule] = Decide(rule);

    private double[] Count(Rule rule) => rule switch
    {
        Price price => [.. Candles.Select(bar => Finite(Read(bar, price.Column)))],
        Number number => [.. Candles.Select(_ => Finite(number.Value))],
        Negated negated => [.. Values(negated.A).Select(value => -value)],
        Calculated calculated => [.. Values(calculated.A).Zip(Values(calculated.B), (a, b) => Finite(Calculate(calculated.Op, a, b)))],
        Earlier earlier => Before(Values(earlier.A), earlier.Rows, double.NaN),
        Indicated indicated => Indicate(indicated),
        Seen seen => See(seen, (twin, of) => twin.Values(of), double.NaN),
        _ => throw new InvalidOperationException($"{rule} is no number"),
    };

    private bool?[] Decide(Rule rule) => rule switch
    {
        Compared compared => [.. Values(compared.A).Zip(Values(compared.B), (a, b) => Compare(compared.Op, a, b))],
        Both both => [.. Truth(both.A).Zip(Truth(both.B), (a, b) => a == false || b == false ? false : a is null || b is null ? (bool?)null : true)],
        Either either => [.. Truth(either.A).Zip(Truth(either.B), (a, b) => a == true || b == true ? true : a is null || b is null ? (bool?)null : false)],
        Opposite opposite => [.. Truth(opposite.A).Select(value => !value)],
        Always always => [.. Candles.Select(_ => (bool?)always.Value)],
        Earlier earlier => Before(Truth(earlier.A), earlier.Rows, null),
        Seen seen => See<bool?>(seen, (twin, of) => twin.Truth(of), null),
        _ => throw new InvalidOperationException($"{rule} is no condition"),
    };

    /// <summary>Candles [k*T, (k+1)*T) from the rows present; one whose start lies before the first row is dropped.</summary>
    public static List<Bar> Aggregate(List<Bar> rows, Timeframe timeframe) =>
    [
        .. rows.GroupBy(row => StartOf(timeframe, row.OpenTimeMs)).Where(candle => candle.Key >= rows[0].OpenTimeMs).Select(candle => new Bar
        {
            OpenTimeMs = candle.Key,
            Open = candle.First().Open,
            High = candle.Select(row => row.High).Aggregate(Math.Max),
            Low = candle.Select(row => row.Low).Aggregate(Math.Min),
            Close = candle.Last().Close,
            Volume = candle.Aggregate(0.0, (sum, row) => sum + row.Volume),
        }),
    ];

    public static long StartOf(Timeframe timeframe, long timeMs)
    {
        var time = DateTimeOffset.UnixEpoch.AddMilliseconds(timeMs);
        return timeframe.Code switch
        {
            "1M" => new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, default).ToUnixTimeMilliseconds(),
            "1w" => new DateTimeOffset(time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)), default).ToUnixTimeMilliseconds(),
            _ => (long)Math.Floor((decimal)timeMs / timeframe.LengthMs) * timeframe.LengthMs,
        };
    }

    private static long EndOf(Timeframe timeframe, long timeMs)
    {
        var start = StartOf(timeframe, timeMs);
        return timeframe.Code == "1M"
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(start).AddMonths(1).ToUnixTimeMilliseconds()
            : start + timeframe.LengthMs;
    }

    private T[] See<T>(Seen rule, Func<RuleTwin, Rule, T[]> evaluate, T unknown)
    {
        if (rule.Timeframe == _timeframe)
            return evaluate(this, rule.A);
        if (!_others.TryGetValue(rule.Timeframe, out var other))
            _others.Add(rule.Timeframe, other = new RuleTwin(_file, _fileTimeframe, rule.Timeframe));
        var (values, ends) = (evaluate(other, rule.A), other.Candles.Select(bar => EndOf(rule.Timeframe, bar.OpenTimeMs)).ToList());
        return
        [
            .. Candles.Select(bar => EndOf(_timeframe, bar.OpenTimeMs)).Select(close => ends.FindLastIndex(end => end <= close))
                .Select(seen => seen < 0 ? unknown : values[seen]),
        ];
    }

    // Indicators have twins of their own; here they take one row after the other.
    private double[] Indicate(Indicated rule)
    {
        var (run, series) = (rule.Entry.Start(rule.Arguments), rule.Series.Select(Values).ToList());
        var (row, outputs) = (0, new double[rule.Entry.Outputs.Count]);
        var values = new double[Candles.Count];
        foreach (var bar in Candles)
        {
            run.Next(bar, series.Select(column => column[row]).ToArray(), outputs);
            values[row++] = outputs[rule.Output];
        }

        return values;
    }

    private static T[] Before<T>(T[] values, int rows, T unknown) => [.. values.Select((_, row) => row < rows ? unknown : values[row - rows])];

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static double Read(Bar bar, PriceColumn column) => column switch
    {
        PriceColumn.Open => bar.Open,
        PriceColumn.High => bar.High,
        PriceColumn.Low => bar.Low,
        PriceColumn.Close => bar.Close,
        PriceColumn.Volume => bar.Volume,
        PriceColumn.Hl2 => (bar.High + bar.Low) / 2,
        PriceColumn.Hlc3 => (bar.High + bar.Low + bar.Close) / 3,
    };

    private static double Calculate(ArithmeticOperator op, double a, double b) => op switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        ArithmeticOperator.Multiply => a * b,
        ArithmeticOperator.Divide => a / b,
    };

    private static bool? Compare(CompareOperator op, double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : op switch
    {
        CompareOperator.Less => a < b,
        CompareOperator.LessOrEqual => a <= b,
        CompareOperator.Greater => a > b,
        CompareOperator.GreaterOrEqual => a >= b,
        CompareOperator.Equal => a == b,
        CompareOperator.NotEqual => a != b,
    };
}
