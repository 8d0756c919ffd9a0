using System.Security.Cryptography;
using System.Text;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Demo;
using Lastro.Exchanges.Replay;

namespace Lastro.Server.Markets.Feed;

/// <summary>From the setting <c>Market</c> to a source.</summary>
internal static class SourceChoice
{
    private const string ReplayPrefix = "replay:";

    /// <summary>How long <c>auto</c> waits for Binance before it takes the demo market.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<OpenMarket> Open(MarketsOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Market.StartsWith(ReplayPrefix, StringComparison.Ordinal)) return Replay(options, time);
        return options.Market switch
        {
            "demo" => Demo(options, time, "asked for"),
            "live" => Live(options, NewBinance(options, time)),
            "auto" => await Auto(options, time, cancellation),
            _ => throw new InvalidDataException($"Market '{options.Market}' is none of auto, demo, live, replay:PATH."),
        };
    }

    private static async Task<OpenMarket> Auto(MarketsOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var binance = NewBinance(options, time);
        if (await binance.Reachable(Patience, cancellation)) return Live(options, binance);
        await binance.DisposeAsync();
        return Demo(options, time, $"{options.Binance.RestUrl} did not answer within {Patience.TotalSeconds:0} s");
    }

    private static BinancePriceSource NewBinance(MarketsOptions options, TimeProvider time) =>
        new(options.Binance, time, RandomNumberGenerator.GetInt32(int.MaxValue));

    private static OpenMarket Live(MarketsOptions options, BinancePriceSource source) => new()
    {
        Source = source,
        ArchiveName = "binance",
        Description = $"Binance, live, at {options.Binance.RestUrl} and {options.Binance.WebSocketUrl}",
        Sanity = SanityLimits.Live,
    };

    private static OpenMarket Demo(MarketsOptions options, TimeProvider time, string why) => new()
    {
        Source = new DemoSource(options.DemoSeed, time),
        ArchiveName = $"demo-{options.DemoSeed}",
        Description = $"demo market, SIMULATED prices, seed {options.DemoSeed} ({why})",
        Sanity = SanityLimits.Live,
    };

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
