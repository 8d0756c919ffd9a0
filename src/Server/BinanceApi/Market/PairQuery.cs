using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Which pairs a public call is about: <c>symbol</c>, <c>symbols</c> as a JSON array, or all; and <c>symbolStatus</c>.</summary>
internal static class PairQuery
{
    private const string OneLegal = "^[A-Z0-9-_.]{1,20}$";
    private const string ManyLegal = @"^\[(""[A-Z0-9-_.]{1,20}""(,""[A-Z0-9-_.]{1,20}""){0,}){0,1}\]$";
    private const int LongestName = 30;

    public const string Trading = "TRADING";
    public const string Halted = "BREAK";

    public static WireError BothGiven { get; } = new(-1128, "Combination of optional parameters invalid.");

    public static string Status(Instrument pair) => pair.Trading ? Trading : Halted;

    /// <summary>The one pair a call must name.</summary>
    public static (Instrument? Pair, WireError? Error) One(WireParameters parameters, MarketsRoom markets)
    {
        if (parameters["symbol"] is not { } name) return (null, WireError.Missing("symbol"));
        var (pair, error) = Named(name, markets, OneLegal, "symbol");
        if (pair is null) return (null, error);
        return StatusOf(parameters) switch
        {
            (_, { } bad) => (null, bad),
            ({ } asked, _) when asked != Status(pair) => (null, OtherStatus),
            _ => (pair, null),
        };
    }

    /// <summary>One pair, or several; both null where the call names none and all are meant.</summary>
    public static (Instrument? One, IReadOnlyList<Instrument>? Many, WireError? Error) Several(WireParameters parameters, MarketsRoom markets, int most = int.MaxValue)
    {
        var (one, list) = (parameters["symbol"], parameters["symbols"]);
        if (one is not null && list is not null) return (null, null, BothGiven);
        if (one is not null)
        {
            var (pair, wrong) = One(parameters, markets);
            return (pair, null, wrong);
        }

        var (status, badStatus) = StatusOf(parameters);
        if (badStatus is not null) return (null, null, badStatus);
        if (list is null) return (null, status is null ? null : Of(markets.Instruments, status), null);
        var (many, error) = List(list, markets, most);
        return (null, many is not null && status is not null ? Of(many, status) : many, error);
    }

    /// <summary>How many pairs a call names, for its weight; null for all.</summary>
    public static int? Count(WireParameters parameters) =>
        parameters["symbol"] is not null ? 1 : parameters["symbols"] is { } list ? list.AsSpan().Count(',') + 1 : null;

    private static WireError OtherStatus { get; } = new(-1220, "The symbol's status does not match the requested symbolStatus.");

    private static IReadOnlyList<Instrument> Of(IEnumerable<Instrument> pairs, string status) => [.. pairs.Where(pair => Status(pair) == status)];

    private static (string? Status, WireError? Error) StatusOf(WireParameters parameters)
    {
        var status = parameters["symbolStatus"];
        return status is null or Trading or Halted or "HALT" ? (status, null) : (null, new WireError(-1122, "Invalid symbolStatus."));
    }

    private static (Instrument? Pair, WireError? Error) Named(string name, MarketsRoom markets, string legal, string parameter)
    {
        if (!Legal(name)) return (null, WireError.Illegal(parameter, legal));
        return markets.Find(new Symbol(name)) is { } pair ? (pair, null) : (null, WireError.InvalidSymbol);
    }

    /// <summary>Letters beyond ASCII are legal: Binance lists pairs with such names, this source only has none.</summary>
    private static bool Legal(string name)
    {
        if (name.Length > LongestName) return false;
        foreach (var letter in name)
        {
            if (char.IsAscii(letter) && !char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '_' or '.')) return false;
        }

        return true;
    }

    private static (IReadOnlyList<Instrument>? Pairs, WireError? Error) List(string text, MarketsRoom markets, int most)
    {
        List<string>? names;
        try
        {
            names = JsonSerializer.Deserialize<List<string>>(text);
        }
        catch (JsonException)
        {
            return (null, WireError.Illegal("symbols", ManyLegal));
        }

        if (names is null) return (null, WireError.Illegal("symbols", ManyLegal));
        if (names.Count == 0) return (null, WireError.Empty("symbols"));
        if (names.Count > most) return (null, new WireError(-1101, $"Too many values sent for parameter 'symbols', maximum allowed up to {most}."));
        var pairs = new List<Instrument>(names.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (string.IsNullOrEmpty(name)) return (null, WireError.Illegal("symbols", ManyLegal));
            if (!seen.Add(name)) return (null, new WireError(-1151, "Symbol is present multiple times in the list."));
            var (pair, error) = Named(name, markets, ManyLegal, "symbols");
            if (pair is null) return (null, error);
            pairs.Add(pair);
        }

        return (pairs, null);
    }
}
