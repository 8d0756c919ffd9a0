using System.Globalization;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>
/// What every request passes, whichever way it came: weight, key, time window, signature, scope, order count. Binance's rules
/// (rest-api.md, "Request Security"); the time window is the wall clock's, also while a replay plays another day.
/// </summary>
internal sealed class WireGate(ApiKeys.ApiKeyDesk keys, WireLimits limits, TimeProvider time)
{
    private const decimal UsualWindowMs = 5_000;
    private const decimal LongestWindowMs = 60_000;
    private const long AheadMicros = 1_000_000;

    /// <summary>A timestamp from here on is in microseconds: in milliseconds it would be the year 5138.</summary>
    private const long FirstMicros = 100_000_000_000_000;

    private const int LongestKey = 200;

    /// <summary>The call, or why not. A call whose orders were counted gives them back with <see cref="WireLimits.GiveBack"/> when it fails.</summary>
    public ValueTask<(WireCall? Call, WireError? Error)> Check(WireRoute route, WireRequest request, CancellationToken cancellation)
    {
        if (limits.Use(request.From, route.WeightOf?.Invoke(request.Parameters) ?? route.Weight) is { } tooMuch) return new((null, tooMuch));
        if (request.Parameters.Illegal) return new((null, WireError.IllegalRequest(StatusCodes.Status400BadRequest)));
        return route.Security == WireSecurity.None
            ? new((new WireCall(request.Parameters, null) { From = request.From }, null))
            : Known(route, request, cancellation);
    }

    private async ValueTask<(WireCall?, WireError?)> Known(WireRoute route, WireRequest request, CancellationToken cancellation)
    {
        var session = request is { Key: null, Signature: null } ? request.LoggedOn : null;
        if (session is null && !LooksLikeKey(request.Key)) return (null, WireError.BadKeyFormat);
        var signed = route.Security != WireSecurity.UserStream;
        var (sentMicros, windowMicros, malformed) = signed ? Times(request.Parameters) : default;
        if (malformed is not null) return (null, malformed);
        if (signed && session is null && string.IsNullOrEmpty(request.Signature)) return (null, WireError.Missing("signature"));

        var key = session is not null ? (keys.InForce(session) ? session : null) : await keys.Find(request.Key!, request.From, cancellation);
        if (key is null || !Allows(key, route.Security)) return (null, WireError.RejectedKey);
        if (signed && Untimely(sentMicros, windowMicros) is { } untimely) return (null, untimely);
        if (signed && session is null && !await keys.Signed(key, request.Payload, request.Signature!, cancellation)) return (null, WireError.InvalidSignature);
        if (route.Orders == 0 || limits.Place(key.Account, route.Orders) is not { } tooMany) return (new WireCall(request.Parameters, key), null);
        return route.EvenOverLimit?.Invoke(request.Parameters) == true ? (new WireCall(request.Parameters, key) { OverLimit = tooMany }, null) : (null, tooMany);
    }

    private static bool Allows(ApiKeys.KnownKey key, WireSecurity security) => security switch
    {
        WireSecurity.Trade => (key.Scopes & ApiKeys.KeyScopes.Trade) != ApiKeys.KeyScopes.None,
        WireSecurity.UserData => (key.Scopes & ApiKeys.KeyScopes.Read) != ApiKeys.KeyScopes.None,
        WireSecurity.None or WireSecurity.UserStream => true,
    };

    private static bool LooksLikeKey(string? key)
    {
        if (string.IsNullOrEmpty(key) || key.Length > LongestKey) return false;
        foreach (var letter in key)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-')) return false;
        }

        return true;
    }

    /// <summary>The time of sending and how long it holds, in microseconds.</summary>
    private static (long SentMicros, long WindowMicros, WireError? Malformed) Times(WireParameters parameters)
    {
        var window = UsualWindowMs;
        if (parameters["recvWindow"] is { } asked)
        {
            var legal = decimal.TryParse(asked, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out window);
            if (legal && window > LongestWindowMs) return (0, 0, WireError.WindowTooLong);
            if (!legal || window * 1_000 % 1 != 0) return (0, 0, WireError.Illegal("recvWindow", @"^([0-9]{1,5})(\.[0-9]{1,3})?$"));
        }

        if (parameters["timestamp"] is not { } text) return (0, 0, WireError.Missing("timestamp"));
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)) return (0, 0, WireError.Illegal("timestamp", WireError.Digits));
        return (sent >= FirstMicros ? sent : sent * 1_000, (long)(window * 1_000), null);
    }

    private WireError? Untimely(long sentMicros, long windowMicros)
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        if (sentMicros >= now + AheadMicros) return WireError.AheadOfServer;
        return now - sentMicros > windowMicros ? WireError.InvalidTimestamp : null;
    }
}
