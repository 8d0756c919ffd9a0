using System.Runtime.InteropServices;

namespace Lastro.Core.Performance;

/// <summary>What the metrics need beside equity and trades.</summary>
/// <param name="FirstOpen">Open of the first candle, quote units.</param>
/// <param name="LastClose">Close of the last candle. For a run over several pairs give 1 and 1 plus the mean of their changes.</param>
/// <param name="CandlesInPosition">Candles with a position at their close; the last candle counts when a position left there.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RunFacts(double FirstOpen, double LastClose, long CandlesInPosition);

/// <summary>
/// The figures of a report in our own convention, shares as fractions, null where a figure cannot be computed. Formulas: shared
/// interface page, "Report"; daily returns and 365 days a year because the market never closes. Sharpe (1966, 1994), Sortino and
/// Price (1994; the root mean square below 0 over all days), Calmar (Young 1991) over compound growth, SQN after Tharp (2006).
/// </summary>
public sealed record Metrics
{
    private const double DayMs = 86_400_000;
    private static readonly double _year = Math.Sqrt(365);

    /// <summary>final/start - 1.</summary>
    public required double? Return { get; init; }

    /// <summary>(final/start)^(365 days / (last close - first open)) - 1.</summary>
    public required double? Cagr { get; init; }

    /// <summary>Mean of daily returns / their deviation (n-1) * sqrt(365), without a risk-free rate.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Deviation of daily returns (n-1) * sqrt(365).</summary>
    public required double? Volatility { get; init; }

    /// <summary>Mean of daily returns / sqrt(sum min(r,0)^2 / n) * sqrt(365).</summary>
    public required double? Sortino { get; init; }

    /// <summary>Deepest fall of candle equity from a peak, the start included, 0 or above.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>Cagr / maxDrawdown.</summary>
    public required double? Calmar { get; init; }

    /// <summary>Longest time from a peak to its recovery or the end, days.</summary>
    public required double? MaxDrawdownDays { get; init; }

    /// <summary>Gains / |losses|; null without losses.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Share of trades with a profit above 0.</summary>
    public required double? WinRate { get; init; }

    /// <summary>Mean profit of a trade, quote units.</summary>
    public required double? Expectancy { get; init; }

    /// <summary>sqrt(n) * mean profit / deviation of profits (n-1).</summary>
    public required double? Sqn { get; init; }

    /// <summary>Candles with a position at their close / candles.</summary>
    public required double? Exposure { get; init; }

    /// <summary>Last close / first open - 1.</summary>
    public required double? BuyAndHold { get; init; }

    /// <summary>Highest profit of a trade as a share of its cost.</summary>
    public required double? BestTrade { get; init; }

    /// <summary>Lowest profit of a trade as a share of its cost.</summary>
    public required double? WorstTrade { get; init; }

    /// <summary>Mean profit of trades as shares of their cost.</summary>
    public required double? AverageTrade { get; init; }

    /// <summary>How many trades.</summary>
    public required int Trades { get; init; }

    /// <summary>Fees of all trades, quote units.</summary>
    public required double Fees { get; init; }

    /// <summary>The names of all figures as the report writes them, in its order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "return", "cagr", "sharpe", "volatility", "sortino", "maxDrawdown", "calmar", "maxDrawdownDays", "profitFactor", "winRate",
        "expectancy", "sqn", "exposure", "buyAndHold", "bestTrade", "worstTrade", "averageTrade", "trades", "fees",
    ];

    /// <summary>A figure by its name of the report.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The name is none of <see cref="Names"/>.</exception>
    public double? this[string name] => name switch
    {
        "return" => Return,
        "cagr" => Cagr,
        "sharpe" => Sharpe,
        "volatility" => Volatility,
        "sortino" => Sortino,
        "maxDrawdown" => MaxDrawdown,
        "calmar" => Calmar,
        "maxDrawdownDays" => MaxDrawdownDays,
        "profitFactor" => ProfitFactor,
        "winRate" => WinRate,
        "expectancy" => Expectancy,
        "sqn" => Sqn,
        "exposure" => Exposure,
        "buyAndHold" => BuyAndHold,
        "bestTrade" => BestTrade,
        "worstTrade" => WorstTrade,
        "averageTrade" => AverageTrade,
        "trades" => Trades,
        "fees" => Fees,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such metric."),
    };

    /// <summary>Whether a higher figure is the better one, for ranking.</summary>
    public static bool HigherIsBetter(string name) => name is not ("volatility" or "maxDrawdown" or "maxDrawdownDays" or "fees" or "exposure");

    /// <summary>The figures of a run. Allocates nothing that grows with it.</summary>
    /// <param name="equity">The run's equity, with at least one candle.</param>
    /// <param name="trades">Its closed trades in the order of their exits.</param>
    /// <param name="facts">Of the market and the engine.</param>
    public static Metrics Of(EquityTracker equity, ReadOnlySpan<ClosedTrade> trades, RunFacts facts)
    {
        var drawdowns = equity.Drawdowns;
        var years = (equity.LastCloseMs - equity.FirstOpenMs) / (365 * DayMs);
        var cagr = Sample.OrNull(Math.Pow(equity.Final / equity.Start, 1 / years) - 1);
        var (sharpe, volatility, sortino) = Daily(equity.Daily);
        return Of(trades) with
        {
            Return = Sample.OrNull((equity.Final / equity.Start) - 1),
            Cagr = cagr,
            Sharpe = sharpe,
            Volatility = volatility,
            Sortino = sortino,
            MaxDrawdown = drawdowns.Deepest,
            Calmar = cagr is { } growth ? Sample.OrNull(growth / drawdowns.Deepest) : null,
            MaxDrawdownDays = drawdowns.LongestMs / DayMs,
            Exposure = Sample.OrNull((double)facts.CandlesInPosition / equity.Candles),
            BuyAndHold = Sample.OrNull((facts.LastClose / facts.FirstOpen) - 1),
        };
    }

    /// <summary>What trades alone tell; every other figure is null.</summary>
    public static Metrics Of(ReadOnlySpan<ClosedTrade> trades)
    {
        var (sum, gains, losses, fees, shares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (best, worst, wins) = (double.NegativeInfinity, double.PositiveInfinity, 0);
        foreach (ref readonly var trade in trades)
        {
            sum += trade.Pnl;
            if (trade.Pnl > 0) (gains, wins) = (gains + trade.Pnl, wins + 1);
            else if (trade.Pnl < 0) losses += trade.Pnl;
            fees += trade.Fees;
            shares += trade.PnlPercent;
            best = Math.Max(best, trade.PnlPercent);
            worst = Math.Min(worst, trade.PnlPercent);
        }

        double count = trades.Length;
        var mean = sum / count;
        var squares = 0.0;
        foreach (ref readonly var trade in trades)
            squares += (trade.Pnl - mean) * (trade.Pnl - mean);
        var deviation = trades.Length < 2 ? double.NaN : Math.Sqrt(squares / (count - 1));
        return new()
        {
            Return = null,
            Cagr = null,
            Sharpe = null,
            Volatility = null,
            Sortino = null,
            MaxDrawdown = null,
            Calmar = null,
            MaxDrawdownDays = null,
            ProfitFactor = Sample.OrNull(gains / Math.Abs(losses)),
            WinRate = Sample.OrNull(wins / count),
            Expectancy = Sample.OrNull(mean),
            Sqn = Sample.OrNull(Math.Sqrt(count) * mean / deviation),
            Exposure = null,
            BuyAndHold = null,
            BestTrade = Sample.OrNull(best),
            WorstTrade = Sample.OrNull(worst),
            AverageTrade = Sample.OrNull(shares / count),
            Trades = trades.Length,
            Fees = fees,
        };
    }

    private static (double? Sharpe, double? Volatility, double? Sortino) Daily(IReadOnlyList<double> levels)
    {
        double count = levels.Count - 1;
        var sum = 0.0;
        for (var i = 1; i < levels.Count; i++)
            sum += (levels[i] / levels[i - 1]) - 1;
        var mean = sum / count;
        var (squares, below) = (0.0, 0.0);
        for (var i = 1; i < levels.Count; i++)
        {
            var change = (levels[i] / levels[i - 1]) - 1;
            squares += (change - mean) * (change - mean);
            if (change < 0) below += change * change;
        }

        var deviation = count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1));
        return (
            Sample.OrNull(mean / deviation * _year),
            Sample.OrNull(deviation * _year),
            Sample.OrNull(mean / Math.Sqrt(below / count) * _year));
    }
}
