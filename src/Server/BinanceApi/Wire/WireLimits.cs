using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>
/// Weight per address and minute, orders per account in ten seconds and a day, and who is shut out because they went on after 429.
/// The rules are Binance's (rest-api.md, "IP Limits" and "Unfilled Order Count").
/// </summary>
internal sealed class WireLimits(IOptions<BinanceApiOptions> options, TimeProvider time)
{
    private const long MinuteMs = 60_000;
    private const long TenSecondsMs = 10_000;
    private const long DayMs = 86_400_000;

    /// <summary>Refusals in one minute after which an address is shut out.</summary>
    private const int PatienceWithRefused = 100;

    private const long ShortestBanMs = 2 * MinuteMs;
    private const long LongestBanMs = 3 * DayMs;
    private const int MostBans = 50_000;

    private readonly FixedWindow<ulong> _weights = new(MinuteMs);
    private readonly FixedWindow<ulong> _refused = new(MinuteMs);
    private readonly FixedWindow<Guid> _tenSeconds = new(TenSecondsMs);
    private readonly FixedWindow<Guid> _days = new(DayMs);
    private readonly ConcurrentDictionary<ulong, Ban> _bans = new();

    public BinanceApiOptions Options => options.Value;

    /// <summary>Counts a request's weight; an error when the address has used up its minute.</summary>
    public WireError? Use(IPAddress? from, int weight)
    {
        var limit = options.Value.WeightPerMinute;
        if (limit == 0) return null;
        var (key, now) = (KeyOf(from), NowMs);
        if (!_bans.IsEmpty && _bans.TryGetValue(key, out var ban) && ban.UntilMs > now) return Banned(ban.UntilMs, now);
        if (_weights.Add(key, weight, now) <= limit) return null;
        if (_refused.Add(key, 1, now) > PatienceWithRefused && Shut(key, now) is { } until) return Banned(until, now);
        return new WireError(
            -1003, string.Create(CultureInfo.InvariantCulture, $"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API."),
            429, Seconds(_weights.LeftMs(now)));
    }

    /// <summary>Weight the address has used in this minute.</summary>
    public int Used(IPAddress? from) => _weights.Read(KeyOf(from), NowMs);

    /// <summary>Counts orders; an error, and nothing counted, when the account has placed its share.</summary>
    public WireError? Place(Guid account, int orders)
    {
        var (set, now) = (options.Value, NowMs);
        var (soon, day) = (Most(set.Orders10s), Most(set.OrdersPerDay));
        if (!_tenSeconds.TryAdd(account, orders, soon, now).Added) return TooMany(soon, "10 SECOND", _tenSeconds.LeftMs(now));
        if (_days.TryAdd(account, orders, day, now).Added) return null;
        _tenSeconds.Take(account, orders, now);
        return TooMany(day, "1 DAY", _days.LeftMs(now));
    }

    /// <summary>An order that was not placed, or has traded for the first time, does not count.</summary>
    public void GiveBack(Guid account, int orders)
    {
        var now = NowMs;
        _tenSeconds.Take(account, orders, now);
        _days.Take(account, orders, now);
    }

    /// <summary>Orders that count against the account now.</summary>
    public (int TenSeconds, int Day) Placed(Guid account)
    {
        var now = NowMs;
        return (_tenSeconds.Read(account, now), _days.Read(account, now));
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>An IPv4 address, or the /64 that one IPv6 customer has. No real /64 begins with the two bytes IPv4 is marked by.</summary>
    private static ulong KeyOf(IPAddress? from)
    {
        if (from is null) return ulong.MaxValue;
        Span<byte> bytes = stackalloc byte[16];
        if (from.IsIPv4MappedToIPv6)
        {
            from.TryWriteBytes(bytes, out _);
            return 0xFFFF_0000_0000_0000 | BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        }

        from.TryWriteBytes(bytes, out _);
        return from.AddressFamily == AddressFamily.InterNetwork
            ? 0xFFFF_0000_0000_0000 | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private static int Most(int limit) => limit == 0 ? int.MaxValue : limit;

    private static int Seconds(long ms) => (int)Math.Max(1, (ms + 999) / 1_000);

    private static WireError TooMany(int limit, string window, long leftMs) => new(
        -1015, string.Create(CultureInfo.InvariantCulture, $"Too many new orders; current limit is {limit} orders per {window}."), 429, Seconds(leftMs));

    private static WireError Banned(long untilMs, long nowMs) => new(
        -1003, string.Create(CultureInfo.InvariantCulture, $"Way too much request weight used; IP banned until {untilMs}. Please use WebSocket Streams for live updates to avoid bans."),
        418, Seconds(untilMs - nowMs));

    /// <summary>Two minutes; twice as long for who was shut out within the last day, up to three days.</summary>
    private long? Shut(ulong key, long now)
    {
        foreach (var (other, old) in _bans)
        {
            if (old.UntilMs + DayMs < now) _bans.TryRemove(new(other, old));
        }

        if (_bans.Count >= MostBans) return null;
        var ban = _bans.AddOrUpdate(
            key, _ => new Ban(now + ShortestBanMs, ShortestBanMs),
            (_, old) => old.UntilMs > now ? old : new Ban(now + Math.Min(LongestBanMs, old.LengthMs * 2), Math.Min(LongestBanMs, old.LengthMs * 2)));
        return ban.UntilMs;
    }

    private sealed record Ban(long UntilMs, long LengthMs);
}
