using System.Text;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Replay;

/// <summary>
/// The messages of one pair in a recorded Binance combined stream: a line is the receive time in ns, a space and the JSON. Read by
/// the same reader as live messages.
/// </summary>
internal sealed class StreamMessages(string path, Symbol? only) : IDisposable
{
    private readonly LineReader _lines = new(path);
    private readonly BinanceMessages _messages = new();

    /// <summary>The pair: the one asked for, else the first one met.</summary>
    public Symbol? Symbol { get; private set; } = only;

    /// <summary>Exchange time so far: the largest E or T; the receive time before the first. Unix milliseconds.</summary>
    public long ClockMs { get; private set; }

    public MessageKind Kind { get; private set; }

    public ref readonly MarketTrade Trade => ref _messages.Trade;

    /// <summary>Binance sends no time with it: it carries the clock.</summary>
    public BookTop Top => _messages.Top with { TimeMs = ClockMs };

    /// <summary>A change or a snapshot; a snapshot has no time of its own and carries the clock.</summary>
    public Depth Depth { get; private set; } = null!;

    /// <summary>Reads on to the next trade, quote or piece of the book; false at the end.</summary>
    public bool Next()
    {
        while (_lines.TryRead(out var line))
        {
            if (line.IsEmpty)
                continue;
            var space = line.IndexOf((byte)' ');
            if (space <= 0 || !CsvNumber.TryLong(line[..space], out var receivedNs) || receivedNs <= 0)
                throw _lines.Error($"a line must be the receive time in nanoseconds, a space and a message, not '{Show(line)}'.");
            Kind = _messages.Read(line[(space + 1)..], receivedNs / 1_000_000);
            if (Kind == MessageKind.Broken)
                throw _lines.Error(_messages.Error ?? "this is no message.");
            if (Kind is not (MessageKind.Trade or MessageKind.BookTop or MessageKind.DepthChange or MessageKind.DepthSnapshot))
                continue;
            if (Kind != MessageKind.DepthSnapshot)
                Symbol ??= _messages.Symbol;
            if (Kind != MessageKind.DepthSnapshot && Symbol != _messages.Symbol)
                continue;
            Take(receivedNs / 1_000_000);
            return true;
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    private void Take(long receivedMs)
    {
        if (ClockMs == 0)
            ClockMs = receivedMs;
        if (Kind == MessageKind.Trade)
        {
            ClockMs = Math.Max(ClockMs, Trade.TimeMs);
        }
        else if (Kind != MessageKind.BookTop)
        {
            var depth = _messages.Depth!;
            if (!depth.Snapshot)
                ClockMs = Math.Max(ClockMs, depth.TimeMs);
            Depth = depth.Snapshot ? depth with { TimeMs = ClockMs } : depth;
        }
    }

    private static string Show(ReadOnlySpan<byte> text)
    {
        const int longest = 60;
        return Encoding.UTF8.GetString(text.Length > longest ? text[..longest] : text);
    }
}
