namespace Lastro.Core.Ledger;

/// <summary>How far below its highest worth so far an account stands. Begins anew with every season.</summary>
public sealed class Drawdowns
{
    private int _season;
    private decimal _peak;

    /// <summary>The deepest seen, as a share of the peak before it: 0.25 is 25 %.</summary>
    public decimal Deepest { get; private set; }

    /// <summary>The drawdown at one more point, 0 or above, rounded to 8 places. Points come in the order of time.</summary>
    /// <param name="season">Of the account.</param>
    /// <param name="equity">Worth, never negative.</param>
    public decimal At(int season, decimal equity)
    {
        if (season != _season || equity > _peak) (_season, _peak) = (season, equity);
        var drawdown = _peak == 0m ? 0m : decimal.Round((_peak - equity) / _peak, 8);
        Deepest = Math.Max(Deepest, drawdown);
        return drawdown;
    }
}
