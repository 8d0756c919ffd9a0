namespace Lastro.Core.Backtesting;

/// <summary>The cash of a run and its trades, shared by all its symbols. Doubles by declared exception (docs/decisions/0016-backtest-engine.md).</summary>
internal sealed class Wallet
{
    public Wallet(double cash, List<Trade<double>> trades)
    {
        if (!(cash > 0 && double.IsFinite(cash)))
            throw new ArgumentOutOfRangeException(nameof(cash), cash, "Cash is above zero.");
        (Cash, Trades) = (cash, trades);
    }

    /// <summary>Quote units not in a position.</summary>
    public double Cash { get; set; }

    /// <summary>What the open positions were worth at their last closes.</summary>
    public double Held { get; set; }

    /// <summary>Cash and positions.</summary>
    public double Equity => Cash + Held;

    /// <summary>The trades so far, in the order of their exits.</summary>
    public List<Trade<double>> Trades { get; }

    /// <summary>Their sums.</summary>
    public TradeTally Tally { get; private set; }

    public void Add(in Trade<double> trade, double proceeds)
    {
        Cash += proceeds;
        Trades.Add(trade);
        Tally = Tally.With(trade.PnlPercent);
    }
}
