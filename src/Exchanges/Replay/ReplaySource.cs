using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Replay;

/// <summary>Recorded data as a price source. The exchange's time of its events is the time that governs trading.</summary>
public sealed class ReplaySource : IPriceSource
{
    private readonly ReplayOptions _options;
    private readonly ReplayFiles _files;
    private readonly TimeProvider _time;
    private readonly double? _factor;
    private readonly Lock _loading = new();
    private List<IReplayTrack>? _tracks;
    private long _roundMs;
    private long _firstRoundMs;
    private long? _playFromMs;

    /// <summary>Looks at the path and the settings; what cannot be replayed throws <see cref="InvalidDataException"/>.</summary>
    public ReplaySource(ReplayOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _factor = options.Factor();
        _files = ReplayFiles.At(options);
        Control = new ReplayControl(options.Speed, options.Loop, options.Pause);
        Info = new PriceSourceInfo("replay", Simulated: false, HasDepth: _files.Stream is not null, ReplayClock: true);
    }

    /// <inheritdoc/>
    public PriceSourceInfo Info { get; }

    /// <summary>Play, pause and position.</summary>
    public ReplayControl Control { get; }

    /// <summary>Checks every row of every file before the first event.</summary>
    public async Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation)
    {
        var tracks = await Task.Run(Load, cancellation);
        return [.. tracks.Select(track => track.Instrument)];
    }

    /// <summary>Plays on from where it was left, unless it is told where to start, had ended, or was in a later round.</summary>
    public ResumeRule Resume(ResumePoint left)
    {
        _ = Load();
        if (_options.From is not null || left.TimeMs <= _firstRoundMs || left.TimeMs >= Control.ToMs - 1) return ResumeRule.FreshPrice;
        (_playFromMs, Control.PositionMs) = (left.TimeMs, left.TimeMs);
        return ResumeRule.Recording;
    }

    /// <inheritdoc/>
    public async Task Run(IMarketSink sink, CancellationToken cancellation)
    {
        sink.State(PriceSourceState.Connecting, null);
        var tracks = await Task.Run(Load, cancellation);
        var run = new ReplayRun(tracks, Control, new ReplayPace(_factor, Control, _time), sink);
        do
        {
            await run.Round(_playFromMs ?? _firstRoundMs, _roundMs, cancellation);
            _playFromMs = null;
        }
        while (_options.Loop);

        Control.Ended = true;
        sink.State(PriceSourceState.Ended, $"{_options.Path} is played to its end");
    }

    /// <inheritdoc/>
    public void Follow(Symbol symbol)
    {
        // Everything is always sent.
    }

    /// <inheritdoc/>
    public void Unfollow(Symbol symbol)
    {
        // Everything is always sent.
    }

    /// <summary>Candles before the position, from the files that are played; nothing from the future.</summary>
    public Task<IReadOnlyList<Candle>> FetchCandles(
        Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<Candle>>(() => Candles(symbol, timeframe, fromMs, toMs, limit), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Control.Play();
        return ValueTask.CompletedTask;
    }

    private List<Candle> Candles(Symbol symbol, Timeframe timeframe, long fromMs, long untilMs, int limit)
    {
        var track = Load().Find(candidate => candidate.Instrument.Symbol == symbol);
        var toMs = Math.Min(untilMs, Control.PositionMs);
        var found = new List<Candle>();
        if (track is null || limit <= 0)
            return found;

        // Rounds from the newest back; the first also has what lies before the start.
        var rounds = _options.Loop ? Math.Max(0, (toMs - _firstRoundMs) / _roundMs) : 0;
        for (var round = rounds; round >= 0 && found.Count < limit; round--)
        {
            var shift = round * _roundMs;
            var start = round == 0 ? fromMs : Math.Max(fromMs, _firstRoundMs + shift) - shift;
            var part = track.Candles(timeframe, start, Math.Min(toMs - shift, track.ToMs), limit - found.Count);
            found.InsertRange(0, part.Select(candle => candle with { OpenTimeMs = candle.OpenTimeMs + shift }));
        }

        return found;
    }

    private List<IReplayTrack> Load()
    {
        lock (_loading)
        {
            if (_tracks is not null)
                return _tracks;
            List<IReplayTrack> tracks = _files.Stream is { } stream
                ? [new StreamTrack(stream, _options.Symbol is null ? null : ReplayFiles.Named(_options.Symbol))]
                : [.. _files.Candles.Select(pair => new CandleTrack(pair.Key, pair.Value))];
            var (from, to) = (tracks.Min(track => track.FromMs), tracks.Max(track => track.ToMs));
            var start = Math.Max(from, _options.From?.ToUnixTimeMilliseconds() ?? from);
            if (start >= to)
                throw new InvalidDataException($"Replay:From {_options.From:u} lies after the data's end, {DateTimeOffset.FromUnixTimeMilliseconds(to):u}.");
            var grid = tracks.Max(track => track.StepMs);
            _firstRoundMs = start;
            _roundMs = (to - start + grid - 1) / grid * grid;
            (Control.FromMs, Control.ToMs, Control.PositionMs) = (start, to, start);
            return _tracks = tracks;
        }
    }
}
