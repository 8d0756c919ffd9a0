using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Strategies;

/// <summary>Where the room asks Core about rules.</summary>
internal sealed class RuleDesk(MarketsRoom markets, CandlesRoom candles)
{
    /// <summary>Bytes of a document that is kept.</summary>
    private const int LongestKept = 65_536;

    public bool Knows(Symbol symbol) => markets.Find(symbol) is not null;

    /// <summary>The document's name; what is kept always has one.</summary>
    public static string NameOf(JsonElement document) =>
        document.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text ? text : "-";

    /// <summary>Rules to keep, or why not.</summary>
    public static (GoodRules? Rules, Refused? Refused) Read(JsonElement document, IReadOnlyDictionary<string, double>? inputs = null)
    {
        var text = document.GetRawText();
        if (document.ValueKind != JsonValueKind.Object || text.Length > LongestKept || inputs?.Count > 1000) return (null, new Refused(ErrorCode.InvalidStrategy, "document"));
        return (new GoodRules(NameOf(document), Timeframe.Parse("1h"), text), null);
    }

    public static RuleCheck Check(JsonElement document, string? language) => new()
    {
        Valid = document.ValueKind == JsonValueKind.Object && language?.Length != 0,
        Errors = [],
        Warnings = [],
        Sentences = null,
        Rules = null,
        WarmUp = null,
        Plots = [],
    };

    public async Task<(RulePreview? Preview, Refused? Refused)> Preview(JsonElement document, Symbol symbol, int limit, CancellationToken cancellation)
    {
        var (rules, refused) = Read(document);
        if (rules is null) return (null, refused);
        var found = await candles.Recent(symbol, Timeframe.Parse("1h"), markets.NowMs, limit, cancellation);
        return (new RulePreview
        {
            Symbol = symbol.Value,
            Timeframe = "1h",
            Candles = [.. found.Select(one => new RuleCandle(DateTimeOffset.FromUnixTimeMilliseconds(one.OpenTimeMs), one.Open.Value, one.High.Value, one.Low.Value, one.Close.Value, one.Volume.Value))],
            Signals = [],
            Plots = [],
        }, null);
    }

    public Task<(RuleReasons? Reasons, Refused? Refused)> Explain(string document, Symbol symbol, DateTimeOffset openTime, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<(RuleReasons?, Refused?)>((new RuleReasons(openTime, JsonElement.Parse(document), null), null));
    }
}
