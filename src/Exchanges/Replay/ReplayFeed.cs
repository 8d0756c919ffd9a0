using System.Runtime.InteropServices;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Replay;

/// <summary>One pair's events in order, one at a time.</summary>
internal abstract class ReplayFeed : IDisposable
{
    /// <summary>Exchange time of the event at hand, Unix milliseconds; never falls.</summary>
    public long TimeMs { get; protected set; }

    /// <summary>Moves to the next event; false at the end.</summary>
    public abstract bool Next();

    /// <summary>After the end: what to add to the ids when it is played again, so that they go on where they stopped.</summary>
    public abstract (long TradeId, long UpdateId) IdsPlayed { get; }

    /// <summary>Gives the event at hand to the sink, moved by <paramref name="shift"/>.</summary>
    public abstract ValueTask Deliver(ISymbolSink sink, ReplayShift shift);

    public abstract void Dispose();
}

/// <summary>One pair's recorded data.</summary>
internal interface IReplayTrack
{
    Instrument Instrument { get; }

    /// <summary>Time of the first event.</summary>
    long FromMs { get; }

    /// <summary>End of the data, exclusive.</summary>
    long ToMs { get; }

    /// <summary>Length of its candles: rounds are whole multiples of it, so that candles stay aligned.</summary>
    long StepMs { get; }

    /// <summary>True when it carries an order book.</summary>
    bool HasBook { get; }

    /// <summary>The events at or after a time.</summary>
    ReplayFeed Play(long fromMs);

    /// <summary>Candles that lie whole within [fromMs, toMs), oldest first, the newest <paramref name="limit"/>.</summary>
    IReadOnlyList<Candle> Candles(Timeframe timeframe, long fromMs, long toMs, int limit);
}

/// <summary>What a round adds to the times and ids of the recording, so that both keep rising when it is played again.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReplayShift(long TimeMs, long TradeId, long UpdateId);
