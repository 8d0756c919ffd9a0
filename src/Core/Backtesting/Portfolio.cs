using System.Runtime.CompilerServices;
using Lastro.Core.Indicators;
using Lastro.Core.Performance;

namespace Lastro.Core.Backtesting;

/// <summary>
/// Several symbols, one cash. Time goes from candle open to candle open over all symbols; those whose candle opens at the same moment are
/// served in the order they were given, and each phase is finished for all before the next begins: pending exits (their cash is free
/// for what follows), pending entries, levels inside the candle (their cash is free from the next open on), the close. The
/// equity is cash and every position at its symbol's last close. A symbol whose rows end leaves at its own last close.
/// </summary>
internal sealed class Portfolio(RunPlan plan, Wallet wallet, EquityTracker tracker, BacktestOptions options)
{
    private readonly EquityGuard? _guard = EquityGuard.Of(plan.Terms.Guards, options.Cash);
    private readonly Lap _lap = new(options.Clock);
    private readonly long[] _toldTimeMs = new long[1];
    private readonly double[] _told = new double[1];
    private long _exposed;
    private long _candles;

    public RunTotals Run(IReadOnlyList<CandleFeed> feeds, IReadOnlyList<DetailRows?> details)
    {
        var lanes = new List<Lane>();
        for (var symbol = 0; symbol < feeds.Count; symbol++)
            lanes.Add(new Lane(plan, feeds[symbol], new Desk(plan.Terms, wallet, symbol, details[symbol]), _lap));
        Lane[] all = [.. lanes];
        var due = new List<Lane>(lanes.Count);
        _ = lanes.RemoveAll(lane => !lane.Advance());
        var (step, lastTold) = (0L, long.MinValue);
        while (lanes.Count > 0)
        {
            var time = long.MaxValue;
            foreach (var lane in lanes)
                time = Math.Min(time, lane.TimeMs);
            due.Clear();
            foreach (var lane in lanes)
            {
                if (lane.TimeMs == time) due.Add(lane);
            }

            Step(due, lanes, time);
            if (step++ % 4096 == 0 && time > lastTold)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                options.Progress?.Invoke(lastTold = time);
            }
        }

        var changes = all.Where(lane => lane.Row >= 0).Select(lane => (lane.LastClose / lane.FirstOpen) - 1).ToArray();
        return new RunTotals
        {
            Candles = _candles,
            Exposed = _exposed,
            FirstOpen = 1,
            LastClose = 1 + changes.DefaultIfEmpty().Average(),
            Final = wallet.Cash,
            Time = _lap.Sum,
            Fills = all.Sum(lane => lane.Desk.Fills),
            StaleFills = all.Sum(lane => lane.Desk.StaleFills),
        };
    }

    private void Step(List<Lane> due, List<Lane> lanes, long timeMs)
    {
        foreach (var lane in due) lane.Desk.Begin(lane.Bar, lane.LastClose);
        foreach (var lane in due) lane.Desk.LeaveAtOpen(lane.Row, lane.Bar);
        foreach (var lane in due) lane.Desk.EnterAtOpen(lane.Row, lane.Bar);
        foreach (var lane in due) lane.Desk.Within(lane.Row, lane.Bar);
        var isHeld = lanes.Exists(lane => lane.Desk.Rules.IsOpen);
        foreach (var lane in due) lane.Close();
        var held = 0.0;
        foreach (var lane in lanes) held += lane.Value;
        wallet.Held = held;
        _candles += due.Count;
        _exposed += isHeld ? 1 : 0;
        _guard?.OnClose(timeMs, wallet.Equity);
        Tell(timeMs);
        foreach (var lane in due) lane.Decide(_guard is not { Allows: false });
        _ = lanes.RemoveAll(lane => lane.HasEnded);
    }

    private void Tell(long timeMs)
    {
        (_toldTimeMs[0], _told[0]) = (timeMs, wallet.Equity);
        tracker.Add(timeMs, wallet.Equity);
        options.Equity?.Invoke(_toldTimeMs, _told);
    }

    /// <summary>A symbol and the candle it stands at.</summary>
    private sealed class Lane(RunPlan plan, CandleFeed feed, Desk desk, Lap lap)
    {
        private int _next;
        private bool _enter;
        private bool _exit;
        private double _stopDistance;
        private bool _closedEnter;
        private bool _closedExit;
        private double _closedDistance;
        private double _closed;
        private Bar _bar;

        public Desk Desk => desk;

        public ref readonly Bar Bar => ref _bar;

        public long TimeMs => _bar.OpenTimeMs;

        /// <summary>Number of the candle it stands at, or of candles when it has ended.</summary>
        public long Row { get; private set; } = -1;

        public double FirstOpen { get; private set; }

        public double LastClose => _closed;

        /// <summary>What the position was worth at the last close.</summary>
        public double Value { get; private set; }

        public bool HasEnded { get; private set; }

        /// <summary>Goes to the next candle; false when there is none.</summary>
        public bool Advance()
        {
            while (_next == feed.Rows)
            {
                (_next, var read) = (0, feed.Read());
                HasEnded = !read;
                if (!read)
                    return false;
                lap.Begin();
                feed.Evaluate();
                lap.End();
            }

            Take(_next++);
            return true;
        }

        /// <summary>The close of the candle; the next one is looked at, because the last close ends the position.</summary>
        public void Close()
        {
            var row = Row;
            var time = TimeMs;
            (_closedEnter, _closedExit, _closedDistance, _closed) = (_enter, _exit, _stopDistance, _bar.Close);
            if (!Advance())
                desk.End(row, time, _closed);
            Value = desk.Rules.Quantity * _closed;
        }

        public void Decide(bool isAllowed)
        {
            if (!HasEnded)
                desk.Decide(Row - 1, _closed, _closedEnter && isAllowed, _closedExit, _closedDistance);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Take(int row)
        {
            var signals = feed.Signals(plan);
            _bar = feed.Candles[feed.Offset + row];
            (_enter, _exit, _stopDistance) = (signals.Enter(row), signals.Exit(row), signals.StopDistance(row));
            if (++Row == 0)
                FirstOpen = _bar.Open;
        }
    }
}
