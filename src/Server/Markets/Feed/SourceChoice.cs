using System.Security.Cryptography;
using System.Text;
using Lastro.Core.Markets;
using Lastro.Exchanges.Replay;

namespace Lastro.Server.Markets.Feed;

/// <summary>From the setting <c>Market</c> to a source.</summary>
internal static class SourceChoice
{
    private const string ReplayPrefix = "replay:";

    public static Task<OpenMarket> Open(MarketsOptions options, IServiceProvider services, CancellationToken cancellation)
    {
        var time = services.GetRequiredService<TimeProvider>();
        if (options.Market.StartsWith(ReplayPrefix, StringComparison.Ordinal))
            return Task.FromResult(Replay(options, time));
        throw new InvalidDataException($"Market '{options.Market}' is none of auto, demo, live, replay:PATH.");
    }

    private static OpenMarket Replay(MarketsOptions options, TimeProvider time)
    {
        var path = options.Market[ReplayPrefix.Length..];
        var (wish, pair) = (options.Replay, options.Replay.Symbol);
        var source = new ReplaySource(
            new Lastro.Exchanges.Replay.ReplayOptions { Path = path, Speed = wish.Speed, From = wish.From, Symbol = pair, Loop = wish.Loop, Pause = wish.Pause }, time);
        return new OpenMarket
        {
            Source = source,
            ArchiveName = $"replay-{Fingerprint(path)}",
            Description = $"replay of {path} at speed {wish.Speed}",
            Replay = new ReplayControls(() => Status(source.Control), source.Control.Play, source.Control.Pause),
            Sanity = SanityLimits.Replay,
        };
    }

    private static ReplayStatus Status(ReplayControl control) =>
        new(Moment(control.FromMs), Moment(control.ToMs), Moment(control.PositionMs), control.Speed, control.Paused, control.Loop);

    private static DateTimeOffset? Moment(long unixMs) => unixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMs);

    private static string Fingerprint(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..12];
}
