using System.Globalization;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Names, ranges and sizes of a document's fields; its rules are the business of <see cref="RuleChecker"/>.</summary>
internal static class DocumentRules
{
    // The least share that means anything, and the largest target anybody could wait for.
    private const double LeastShare = 1e-6;
    private const double LargestTarget = 10_000;

    public static void Check(StrategyDocument document, Problems problems)
    {
        if (document.Name.Length > StrategyLimits.DocumentNameLength)
            TooLong(problems, "name", document.Name, StrategyLimits.DocumentNameLength);
        if (!Timeframe.TryParse(document.Timeframe.Code, out _))
            problems.Add(ErrorCodes.MissingField, "timeframe", ("name", "timeframe"));
        Names(document, problems);
        Size(document.Size, problems);
        Share(document.TakeProfit, "takeProfit", LargestTarget, isBelow: false, problems);
        Share(document.StopLoss, "stopLoss", 1, isBelow: true, problems);
        Share(document.TrailingStop, "trailingStop", 1, isBelow: true, problems);
        Count(document.MaxBars, "maxBars", 1, problems);
        Count(document.CooldownBars, "cooldownBars", 0, problems);
        if (document.Protections is not { } protections)
            return;
        Share(protections.MaxDrawdown, "protections.maxDrawdown", 1, isBelow: true, problems);
        Share(protections.DailyLoss, "protections.dailyLoss", 1, isBelow: true, problems);
        Count(protections.StopGuard?.Stops, "protections.stopGuard.stops", 1, problems);
        Count(protections.StopGuard?.Bars, "protections.stopGuard.bars", 1, problems);
        Count(protections.StopGuard?.Pause, "protections.stopGuard.pause", 1, problems);
    }

    /// <summary>Inputs of a sweep: only names there are, only finite numbers.</summary>
    public static void CheckInputs(StrategyDocument document, IReadOnlyDictionary<string, double> inputs, Problems problems)
    {
        foreach (var (name, value) in inputs)
        {
            if (!document.Inputs.ContainsKey(name))
                problems.Add(ErrorCodes.UnknownInput, $"inputs.{name}", ("value", name), ("known", string.Join(", ", document.Inputs.Keys)));
            else if (!double.IsFinite(value))
                problems.Add(ErrorCodes.NeedsNumber, $"inputs.{name}", ("name", $"inputs.{name}"), ("value", $"{value}"));
        }
    }

    private static void Names(StrategyDocument document, Problems problems)
    {
        if (document.Inputs.Count > StrategyLimits.Inputs)
            TooMany(problems, "inputs", document.Inputs.Count, StrategyLimits.Inputs);
        if (document.Define.Count > StrategyLimits.Definitions)
            TooMany(problems, "define", document.Define.Count, StrategyLimits.Definitions);
        foreach (var (name, value) in document.Inputs)
        {
            Name(problems, "inputs", name);
            if (!double.IsFinite(value))
                problems.Add(ErrorCodes.NeedsNumber, $"inputs.{name}", ("name", $"inputs.{name}"), ("value", $"{value}"));
        }

        foreach (var name in document.Define.Keys)
        {
            Name(problems, "define", name);
            if (document.Inputs.ContainsKey(name))
                problems.Add(ErrorCodes.NameTakenTwice, $"define.{name}", ("value", name));
        }
    }

    private static void Name(Problems problems, string field, string name)
    {
        if (name.Length > StrategyLimits.NameLength)
            TooLong(problems, $"{field}.{name}", name, StrategyLimits.NameLength);
        else if (!Tokens.IsName(name))
            problems.Add(ErrorCodes.BadName, $"{field}.{name}", ("value", name));
        else if (Tokens.IsReserved(name))
            problems.Add(ErrorCodes.ReservedName, $"{field}.{name}", ("value", name));
    }

    private static void Size(Sizing size, Problems problems)
    {
        switch (size)
        {
            case PercentSizing percent:
                Share(percent.Fraction, "size", 1, isBelow: false, problems);
                break;
            case FixedSizing { Amount: <= 0 } amount:
                problems.Add(ErrorCodes.NotAboveZero, "size.fixed", ("name", "size.fixed"), ("value", amount.Amount.ToString(CultureInfo.InvariantCulture)));
                break;
            case RiskSizing risk:
                Share(risk.Fraction, "size.risk", 1, isBelow: false, problems);
                break;
            case KellySizing kelly:
                Share(kelly.Fraction, "size.kelly", 1, isBelow: false, problems);
                Share(kelly.Start, "size.start", 1, isBelow: false, problems);
                Count(kelly.Trades, "size.trades", 1, problems);
                break;
        }
    }

    private static void Share(double? fraction, string field, double most, bool isBelow, Problems problems)
    {
        if (fraction is not { } share)
            return;
        (string, string)[] named = [("name", field), ("value", Percentages.Text(share)), ("least", Percentages.Text(LeastShare)), ("most", Percentages.Text(most))];
        if (!(share >= LeastShare))
            problems.Add(ErrorCodes.PercentTooSmall, field, named);
        else if (isBelow && share >= most)
            problems.Add(ErrorCodes.PercentNotBelow, field, named);
        else if (share > most)
            problems.Add(ErrorCodes.PercentTooLarge, field, named);
    }

    private static void Count(int? value, string field, int least, Problems problems)
    {
        if (value is { } count && (count < least || count > StrategyLimits.Bars))
            problems.Add(ErrorCodes.OutOfRange, field, ("name", field), ("value", $"{count}"), ("least", $"{least}"), ("most", $"{StrategyLimits.Bars}"));
    }

    private static void TooLong(Problems problems, string field, string value, int limit) =>
        problems.Add(ErrorCodes.NameTooLong, field, ("value", value), ("count", $"{value.Length}"), ("limit", $"{limit}"));

    private static void TooMany(Problems problems, string field, int count, int limit) =>
        problems.Add(ErrorCodes.TooMany, field, ("name", field), ("count", $"{count}"), ("limit", $"{limit}"));
}
