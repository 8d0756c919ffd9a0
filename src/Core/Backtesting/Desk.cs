using Lastro.Core.Indicators;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>One symbol of a run, candle by candle: the rules of its position, fed from the wallet it may share with others.</summary>
internal sealed class Desk
{
    private readonly Wallet _wallet;
    private readonly RunTerms _terms;
    private readonly DetailRows? _detail;
    private readonly int _symbol;
    private readonly Queue<long> _stops = [];
    private PositionRules<double> _rules;
    private double _stopDistance;
    private double _limit;
    private Moments _moments;
    private int _detailFrom;
    private double _closeBefore;
    private Bar _bar;

    public Desk(RunTerms terms, Wallet wallet, int symbol = 0, DetailRows? detail = null)
    {
        (_terms, _wallet, _symbol, _detail) = (terms, wallet, symbol, detail);
        _rules = new PositionRules<double>(terms.Position with { PassTarget = terms.Fill == EntryFill.Through });
    }

    public ref PositionRules<double> Rules => ref _rules;

    /// <summary>The first candle whose close the stop guard lets decide an entry.</summary>
    public long ClosedUntilRow { get; private set; }

    /// <summary>True when the finer candles have to be asked, so that no row of a held position may be jumped over.</summary>
    public bool HasDetail => _detail is not null;

    /// <summary>Entries and exits but that of the end.</summary>
    public int Fills { get; private set; }

    /// <summary>Those in a candle without trading.</summary>
    public int StaleFills { get; private set; }

    /// <summary>A candle begins.</summary>
    public void Begin(in Bar bar, double closeBefore) => (_bar, _closeBefore) = (bar, closeBefore);

    /// <summary>Rule 1, the pending exit.</summary>
    public void LeaveAtOpen(long row, in Bar bar)
    {
        if (_rules.Pending is Pending.Signal or Pending.Time)
            Leave(row, bar.OpenTimeMs, _rules.ExitPrice(bar.Open), _rules.Pending == Pending.Signal ? ExitReason.Signal : ExitReason.Time);
    }

    /// <summary>Rule 1, the pending entry, also of a limit order that waits for the low.</summary>
    public void EnterAtOpen(long row, in Bar bar)
    {
        (_moments, _detailFrom) = (Moments.All, 0);
        if (_rules.Pending != Pending.Entry)
            return;
        if (_terms.Fill == EntryFill.Open)
            Enter(row, bar.OpenTimeMs, _rules.EntryPrice(bar.Open), Moments.AfterOpen);
        else
            EnterAtLimit(row, bar);
        _rules.Forget();
    }

    /// <summary>Rules 2 to 4.</summary>
    public void Within(long row, in Bar bar)
    {
        if (!_rules.IsOpen)
            return;
        if (_detail is not null && _detail.Covers(bar))
        {
            Walk(row, bar.OpenTimeMs);
            return;
        }

        if (_rules.Reaches(new PriceSpan<double>(bar.Open, bar.High, bar.Low), _moments, out var price, out var reason))
            Leave(row, bar.OpenTimeMs, price, reason);
        else
            _rules.Raise(bar.High);
    }

    /// <summary>Rule 5.</summary>
    /// <param name="row">Number of the candle.</param>
    /// <param name="close">Its close.</param>
    /// <param name="enter">True when <c>enter</c> is true and nothing else forbids it.</param>
    /// <param name="exit">True when <c>exit</c> is true.</param>
    /// <param name="stopDistance">For the size.</param>
    public void Decide(long row, double close, bool enter, bool exit, double stopDistance)
    {
        _rules.Decide(row, enter && row >= ClosedUntilRow, exit);
        (_stopDistance, _limit) = (stopDistance, close);
    }

    /// <summary>Rule 6, after the last candle.</summary>
    public void End(long row, long timeMs, double close)
    {
        if (_rules.IsOpen)
            Leave(row, timeMs, close, ExitReason.End);
    }

    private void Enter(long row, long timeMs, double fill, Moments moments)
    {
        var cost = _terms.Size.CostOf(_wallet, fill, _stopDistance);
        if (!(cost > 0))
            return;
        _wallet.Cash -= cost;
        _rules.Enter(row, timeMs, fill, cost);
        _moments = moments;
        CountFill();
    }

    private void EnterAtLimit(long row, in Bar bar)
    {
        if (_detail is not null && _detail.Covers(bar))
        {
            for (var at = 0; at < _detail.Count; at++)
            {
                if (!Meets(_detail[at].Low)) continue;
                _detailFrom = at;
                Enter(row, bar.OpenTimeMs, _limit, Meets(_detail[at].Open) ? Moments.AfterOpen : Moments.AfterLow);
                return;
            }
        }
        else if (Meets(bar.Low))
        {
            Enter(row, bar.OpenTimeMs, _limit, Meets(bar.Open) ? Moments.AfterOpen : Moments.AfterLow);
        }
    }

    private bool Meets(double price) => _terms.Fill == EntryFill.Touch ? price <= _limit : price < _limit;

    // Inside a candle the rules are those of the finer candles, one after the other.
    private void Walk(long row, long timeMs)
    {
        var detail = _detail!;
        for (var at = _detailFrom; at < detail.Count; at++)
        {
            var span = detail[at];
            if (_rules.Reaches(span, _moments, out var price, out var reason))
            {
                Leave(row, timeMs, price, reason);
                return;
            }

            _rules.Raise(span.High);
            _moments = Moments.All;
        }
    }

    private void Leave(long row, long timeMs, double price, ExitReason reason)
    {
        var trade = _rules.Leave(timeMs, price, reason, out var proceeds);
        _wallet.Add(trade with { Symbol = _symbol }, proceeds);
        if (reason != ExitReason.End)
            CountFill();
        if (reason is ExitReason.Stop or ExitReason.Trail && _terms.Guards?.StopGuard is { } guard)
            CountStop(row, guard);
    }

    private void CountFill()
    {
        Fills++;
        StaleFills += StaleCandles.IsStale(_bar, _closeBefore) ? 1 : 0;
    }

    private void CountStop(long row, StopGuard guard)
    {
        _stops.Enqueue(row);
        while (_stops.Peek() <= row - guard.Bars)
            _ = _stops.Dequeue();
        if (_stops.Count >= guard.Stops)
            ClosedUntilRow = row + guard.Pause;
    }
}
