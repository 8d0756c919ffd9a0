using Lastro.Core.Markets;

namespace Lastro.Server.Platform.Lanes;

/// <summary>One pair's place in its lane. Everything but <see cref="Ask{T}"/> is for the lane's thread only.</summary>
internal sealed class SymbolLane(Instrument instrument)
{
    public Instrument Instrument { get; } = instrument;

    public Symbol Symbol => Instrument.Symbol;

    public MarketTrade? LastTrade { get; private set; }

    public BookTop? Top { get; private set; }

    public OrderBook Book { get; } = new();

    /// <summary>Market time: exchange time of the last event in a replay, else the wall clock. Unix milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Runs a question on the lane's thread, between two events, and gives its answer.</summary>
    public Task<T> Ask<T>(Func<SymbolLane, T> question) => throw new NotSupportedException(question.Method.Name);
}
