namespace Lastro.Core.Strategies;

/// <summary>A strategy that everybody has, to run or to start an own one from.</summary>
public sealed class BuiltInStrategy
{
    private readonly BuiltInText[] _texts;

    internal BuiltInStrategy(string id, string json, BuiltInText[] texts)
    {
        Id = id;
        Document = StrategyJson.Read(json, out var errors) ?? throw new InvalidOperationException($"{id}: {errors[0]}");
        _texts = texts;
    }

    /// <summary>As the command line and the API call it: lower case with hyphens.</summary>
    public string Id { get; }

    /// <summary>The document.</summary>
    public StrategyDocument Document { get; }

    /// <summary>Its name in a language.</summary>
    public string Title(SentenceLanguage language) => _texts[(int)language].Title;

    /// <summary>The idea behind it and where it fails, in one or two sentences.</summary>
    public string Description(SentenceLanguage language) => _texts[(int)language].Description;
}

/// <summary>Name and idea of a built-in strategy in one language.</summary>
internal sealed record BuiltInText(string Title, string Description);

/// <summary>The built-in strategies.</summary>
public static class BuiltInStrategies
{
    /// <summary>All of them, simple ones first.</summary>
    public static IReadOnlyList<BuiltInStrategy> All { get; } =
    [
        new("rsi", BuiltInDocuments.Rsi, BuiltInTexts.Rsi),
        new("ema-cross", BuiltInDocuments.EmaCross, BuiltInTexts.EmaCross),
        new("macd", BuiltInDocuments.Macd, BuiltInTexts.Macd),
        new("bollinger", BuiltInDocuments.Bollinger, BuiltInTexts.Bollinger),
        new("channel-breakout", BuiltInDocuments.ChannelBreakout, BuiltInTexts.ChannelBreakout),
        new("supertrend", BuiltInDocuments.Supertrend, BuiltInTexts.Supertrend),
        new("mean-reversion", BuiltInDocuments.MeanReversion, BuiltInTexts.MeanReversion),
        new("scalping", BuiltInDocuments.Scalping, BuiltInTexts.Scalping),
        new("accumulate-dips", BuiltInDocuments.AccumulateDips, BuiltInTexts.AccumulateDips),
    ];

    /// <summary>The one of this id or document name, case aside; null when there is none.</summary>
    public static BuiltInStrategy? Find(string name) => All.FirstOrDefault(strategy =>
        string.Equals(strategy.Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(strategy.Document.Name, name, StringComparison.OrdinalIgnoreCase));
}
