using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>The cash of a run and its trades, shared by all its symbols. Doubles by declared exception (docs/decisions/0016-backtest-engine.md).</summary>
internal sealed class Wallet
{
    private readonly List<TradeFigures>? _figures;

    public Wallet(double cash, List<Trade<double>> trades)
    {
        if (!(cash > 0 && double.IsFinite(cash)))
            throw new ArgumentOutOfRangeException(nameof(cash), cash, "Cash is above zero.");
        (Cash, Trades) = (cash, trades);
    }

    /// <summary>For a sweep, which keeps of a trade what its metrics need.</summary>
    public Wallet(double cash, List<TradeFigures> figures)
        : this(cash, new List<Trade<double>>()) => _figures = figures;

    /// <summary>Quote units not in a position.</summary>
    public double Cash { get; set; }

    /// <summary>What the open positions were worth at their last closes.</summary>
    public double Held { get; set; }

    /// <summary>Cash and positions.</summary>
    public double Equity => Cash + Held;

    /// <summary>The trades so far, in the order of their exits; none when only figures are kept.</summary>
    public List<Trade<double>> Trades { get; }

    /// <summary>Their sums.</summary>
    public TradeTally Tally { get; private set; }

    public void Add(in Trade<double> trade, double proceeds)
    {
        Cash += proceeds;
        if (_figures is null)
            Trades.Add(trade);
        else
            _figures.Add(new TradeFigures(trade.Pnl, trade.PnlPercent, trade.Fees));
        Tally = Tally.With(trade.PnlPercent);
    }
}

/// <summary>A trade of a sweep: a quarter of a whole one, because a chunk holds those of many runs at once.</summary>
/// <param name="Pnl">As <see cref="Trade{T}.Pnl"/>.</param>
/// <param name="PnlPercent">As <see cref="Trade{T}.PnlPercent"/>.</param>
/// <param name="Fees">As <see cref="Trade{T}.Fees"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TradeFigures(double Pnl, double PnlPercent, double Fees);
