using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

internal sealed class English : Tongue
{
    public static English Instance { get; } = new();

    public override IndicatorWords Words => EnglishWords.Indicators;

    protected override string DecimalPoint => ".";

    protected override bool HasGenders => false;

    protected override string SeriesWord => " of ";

    public override string ListSign => ", ";

    public override string And => " and ";

    public override string Or => " or ";

    public override string NoExit => "There is no rule to sell.";

    public override Noun Price(PriceColumn column) => Same(column switch
    {
        PriceColumn.Open => "the open",
        PriceColumn.High => "the high",
        PriceColumn.Low => "the low",
        PriceColumn.Close => "the close",
        PriceColumn.Volume => "the volume",
        PriceColumn.Hl2 => "the middle of high and low",
        PriceColumn.Hlc3 => "the mean of high, low and close",
    });

    public override string Candles(int count) => count == 1 ? "1 candle" : $"{Number(count)} candles";

    protected override string CandlesBefore(int count) => count == 1 ? "the candle before" : $"the {Number(count)} candles before";

    protected override Noun WithArticle(char gender, string plain, string genitive) => Same(plain);

    public override Noun NumberNoun(double value) => Same(Number(value)) with { Number = value };

    public override Noun Definition(string name) => Same($"“{name}”");

    public override Noun Lagged(Noun of, int rows) => of.With($" {Candles(rows)} ago");

    public override Noun OnChart(Noun of, Timeframe timeframe) => of.With($" {ChartOf(timeframe)}");

    public override string OperatorWord(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "plus",
        ArithmeticOperator.Subtract => "minus",
        ArithmeticOperator.Multiply => "times",
        ArithmeticOperator.Divide => "divided by",
    };

    public override Noun Share(double percent, Noun of) => Same($"{Number(percent)}% of {of.Of}");

    public override string Compare(CompareOperator sign, Noun a, Noun b) => sign switch
    {
        CompareOperator.Less => $"{a.Plain} is below {b.Of}",
        CompareOperator.LessOrEqual => $"{a.Plain} is at or below {b.Of}",
        CompareOperator.Greater => $"{a.Plain} is above {b.Of}",
        CompareOperator.GreaterOrEqual => $"{a.Plain} is at or above {b.Of}",
        CompareOperator.Equal => $"{a.Plain} equals {b.Plain}",
        CompareOperator.NotEqual => $"{a.Plain} differs from {b.Of}",
    };

    public override string Cross(bool isAbove, Noun a, Noun b, bool isNot) => (isAbove, isNot) switch
    {
        (true, false) => $"{a.Plain} rises above {b.Of}",
        (false, false) => $"{a.Plain} falls below {b.Of}",
        (true, true) => $"{a.Plain} does not rise above {b.Of}",
        (false, true) => $"{a.Plain} does not fall below {b.Of}",
    };

    public override string Points(string subject, bool isUp, bool isTurn, bool isNot) =>
        $"{subject} {(isNot, isTurn) switch { (false, false) => "points", (false, true) => "turns", (true, false) => "does not point", (true, true) => "does not turn" }} {(isUp ? "up" : "down")}";

    public override string DefinitionHolds(string name) => $"“{name}” holds";

    public override string NotHolds(string clause) => $"this does not hold: ({clause})";

    public override string HeldBefore(string clause, int rows) => $"this held {Candles(rows)} ago: ({clause})";

    public override string HoldsOnChart(string clause, Timeframe timeframe) => $"{clause} {ChartOf(timeframe)}";

    public override string Either(IReadOnlyList<string> parts) => "either " + string.Join(" or ", parts);

    public override string Chart(Timeframe timeframe) => $"Works {ChartOf(timeframe)}.";

    public override string Enter(string clause) => $"Buy when {clause}.";

    public override string Exit(string clause) => $"Sell when {clause}.";

    public override string DefinitionIs(string name, string text, bool isCondition) => isCondition ? $"“{name}” holds when {text}." : $"“{name}” is {text}.";

    public override string Size(Sizing size, Noun? stop) => size switch
    {
        PercentSizing percent => percent.Fraction == 1 ? "Each purchase uses all of the cash." : $"Each purchase uses {Percent(percent.Fraction)} of the cash.",
        FixedSizing amount => $"Each purchase uses {Amount(amount.Amount)} of the quote currency.",
        RiskSizing risk => $"Each purchase is sized so that a fall by {stop?.Of} loses {Percent(risk.Fraction)} of the equity.",
        KellySizing kelly => $"Each purchase uses the Kelly fraction of the trades so far, at most {Percent(kelly.Fraction)} of the cash; "
            + $"before {(kelly.Trades == 1 ? "1 trade" : $"{kelly.Trades} trades")} it uses {Percent(kelly.Start)}.",
        _ => "",
    };

    public override string TakeProfit(double fraction) => $"Takes the profit at {Percent(fraction)} above the purchase price.";

    public override string StopLoss(double fraction) => $"Stops the loss at {Percent(fraction)} below the purchase price.";

    public override string TrailingStop(double fraction) => $"Sells when the price falls {Percent(fraction)} from its highest since the purchase.";

    public override string MaxBars(int bars) => $"Sells after {Candles(bars)} at the latest.";

    public override string Cooldown(int bars) => $"Waits {Candles(bars)} after a sale before it buys again.";

    public override string MaxDrawdown(double fraction) => $"Buys no more once the account is {Percent(fraction)} below its peak.";

    public override string DailyLoss(double fraction) => $"Buys no more that day once the day has lost {Percent(fraction)}.";

    public override string Guard(StopGuard guard) =>
        $"After {(guard.Stops == 1 ? "1 stop" : $"{guard.Stops} stops")} within {Candles(guard.Bars)} it pauses for {Candles(guard.Pause)}.";

    private static string ChartOf(Timeframe timeframe) => $"on the {Length(timeframe.Code)} chart";

    private static string Length(string code) => (code[^1], code[..^1]) switch
    {
        ('m', var count) => $"{count}-minute",
        ('h', var count) => $"{count}-hour",
        ('d', "1") => "daily",
        ('d', var count) => $"{count}-day",
        ('w', _) => "weekly",
        _ => "monthly",
    };

    private static Noun Same(string words) => new(words, words);
}
