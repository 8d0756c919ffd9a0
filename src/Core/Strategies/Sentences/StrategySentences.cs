namespace Lastro.Core.Strategies;

/// <summary>A whole strategy in plain words.</summary>
internal static class StrategySentences
{
    public static IReadOnlyList<FieldSentence> Of(Strategy strategy, SentenceLanguage language)
    {
        var (document, rules, tongue) = (strategy.Document, strategy.Rules, Tongue.Of(language));
        var words = new RuleSentences(rules, document.Inputs, tongue);
        var sentences = new List<FieldSentence>
        {
            new("timeframe", tongue.Chart(document.Timeframe)),
            new("enter", tongue.Enter(words.Clause(rules.Enter.Tree!).Text)),
            new("exit", rules.Exit is { } exit ? tongue.Exit(words.Clause(exit.Tree!).Text) : tongue.NoExit),
        };
        Noun? stop = rules.Stop is { } distance ? words.Noun(distance.Tree!) : null;
        for (var index = 0; index < words.Named.Count; index++)
            sentences.Add(Definition(words.Named[index], rules, words, tongue));
        sentences.Add(new FieldSentence("size", tongue.Size(document.Size, stop)));
        Add("takeProfit", document.TakeProfit is { } profit ? tongue.TakeProfit(profit) : null);
        Add("stopLoss", document.StopLoss is { } loss ? tongue.StopLoss(loss) : null);
        Add("trailingStop", document.TrailingStop is { } trail ? tongue.TrailingStop(trail) : null);
        Add("maxBars", document.MaxBars is { } bars ? tongue.MaxBars(bars) : null);
        Add("cooldownBars", document.CooldownBars > 0 ? tongue.Cooldown(document.CooldownBars) : null);
        Add("protections.maxDrawdown", document.Protections?.MaxDrawdown is { } drawdown ? tongue.MaxDrawdown(drawdown) : null);
        Add("protections.dailyLoss", document.Protections?.DailyLoss is { } daily ? tongue.DailyLoss(daily) : null);
        Add("protections.stopGuard", document.Protections?.StopGuard is { } guard ? tongue.Guard(guard) : null);
        return sentences;

        void Add(string field, string? text)
        {
            if (text is not null)
                sentences.Add(new FieldSentence(field, text));
        }
    }

    private static FieldSentence Definition(string name, RuleSet rules, RuleSentences words, Tongue tongue)
    {
        var tree = rules.Definitions[name].Tree!;
        var isCondition = words.IsCondition(tree);
        return new FieldSentence($"define.{name}", tongue.DefinitionIs(name, isCondition ? words.Clause(tree).Text : words.Noun(tree).Plain, isCondition));
    }
}
