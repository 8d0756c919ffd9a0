using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Russian: the genitive follows "ниже" and "выше" and names what an indicator is of; verbs stand in the present, which knows no gender.</summary>
internal sealed class Russian : Tongue
{
    public static Russian Instance { get; } = new();

    public override IndicatorWords Words => RussianWords.Indicators;

    public override string And => " и ";

    public override string Or => " или ";

    public override string NoExit => "Правила продажи нет.";

    public override string Percent(double fraction) => base.Percent(fraction).Replace("%", " %", StringComparison.Ordinal);

    public override Noun Price(PriceColumn column) => column switch
    {
        PriceColumn.Open => WithArticle('f', "цена открытия", "цены открытия"),
        PriceColumn.High => WithArticle('m', "максимум свечи", "максимума свечи"),
        PriceColumn.Low => WithArticle('m', "минимум свечи", "минимума свечи"),
        PriceColumn.Close => WithArticle('f', "цена закрытия", "цены закрытия"),
        PriceColumn.Volume => WithArticle('m', "объём", "объёма"),
        PriceColumn.Hl2 => WithArticle('f', "середина свечи", "середины свечи"),
        PriceColumn.Hlc3 => WithArticle('n', "среднее максимума, минимума и закрытия", "среднего максимума, минимума и закрытия"),
    };

    // For and ago take the accusative.
    public override string Candles(int count) => $"{Number(count)} {Form(count, "свечу", "свечи", "свечей")}";

    protected override string CandlesBefore(int count) =>
        $"{Number(count)} {Form(count, "предыдущую свечу", "предыдущие свечи", "предыдущих свечей")}";

    protected override Noun WithArticle(char gender, string plain, string genitive) => new(plain, genitive)
    {
        Gender = gender switch { 'f' => Gender.Feminine, 'n' => Gender.Neuter, _ => Gender.Masculine },
    };

    public override Noun NumberNoun(double value) => new(Number(value), Number(value)) { Number = value, Gender = Gender.Neuter };

    public override Noun Definition(string name) => new($"«{name}»", $"«{name}»") { Gender = Gender.Neuter };

    public override Noun Lagged(Noun of, int rows) => of.With($" {Candles(rows)} назад");

    public override Noun OnChart(Noun of, Timeframe timeframe) => of.With($" {ChartOf(timeframe)}");

    public override string OperatorWord(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "плюс",
        ArithmeticOperator.Subtract => "минус",
        ArithmeticOperator.Multiply => "×",
        ArithmeticOperator.Divide => "÷",
    };

    public override Noun Share(double percent, Noun of) => new($"{Number(percent)} % {of.Of}", $"{Number(percent)} % {of.Of}") { Gender = Gender.Neuter };

    public override string Compare(CompareOperator sign, Noun a, Noun b) => sign switch
    {
        CompareOperator.Less => $"{a.Plain} ниже {b.Of}",
        CompareOperator.LessOrEqual => $"{a.Plain} не выше {b.Of}",
        CompareOperator.Greater => $"{a.Plain} выше {b.Of}",
        CompareOperator.GreaterOrEqual => $"{a.Plain} не ниже {b.Of}",
        CompareOperator.Equal => b.Number is null ? $"{a.Plain} совпадает с уровнем {b.Of}" : $"{a.Plain} {Equal(a.Gender)} {b.Plain}",
        CompareOperator.NotEqual => b.Number is null ? $"{a.Plain} не совпадает с уровнем {b.Of}" : $"{a.Plain} не {Equal(a.Gender)} {b.Plain}",
    };

    public override string Cross(bool isAbove, Noun a, Noun b, bool isNot) =>
        $"{a.Plain} {(isNot ? "не " : "")}{(isAbove ? "поднимается выше" : "опускается ниже")} {b.Of}";

    public override string Points(string subject, bool isUp, bool isTurn, bool isNot) =>
        $"{subject} {(isNot ? "не " : "")}{(isTurn ? "разворачивается" : "показывает")} {(isUp ? "вверх" : "вниз")}";

    public override string DefinitionHolds(string name) => $"выполняется «{name}»";

    public override string NotHolds(string clause) => $"не выполняется: ({clause})";

    public override string HeldBefore(string clause, int rows) => $"{Candles(rows)} назад выполнялось: ({clause})";

    public override string HoldsOnChart(string clause, Timeframe timeframe) => $"{clause} {ChartOf(timeframe)}";

    public override string Either(IReadOnlyList<string> parts) => "либо " + string.Join(", либо ", parts);

    public override string Chart(Timeframe timeframe) => $"Работает {ChartOf(timeframe)}.";

    public override string Enter(string clause) => $"Покупать, когда {clause}.";

    public override string Exit(string clause) => $"Продавать, когда {clause}.";

    public override string DefinitionIs(string name, string text, bool isCondition) => isCondition ? $"«{name}» выполняется, когда {text}." : $"«{name}» — это {text}.";

    public override string Size(Sizing size, Noun? stop) => size switch
    {
        PercentSizing percent => percent.Fraction == 1 ? "Каждая покупка — на все свободные деньги." : $"Каждая покупка — на {Percent(percent.Fraction)} свободных денег.",
        FixedSizing amount => $"Каждая покупка — на {Amount(amount.Amount)} в валюте котировки.",
        RiskSizing risk => $"Размер покупки такой, чтобы падение на величину {stop?.Of} стоило {Percent(risk.Fraction)} капитала.",
        KellySizing kelly => $"Размер покупки — доля Келли по прошлым сделкам, не больше {Percent(kelly.Fraction)} свободных денег; "
            + $"пока нет {kelly.Trades.ToString(System.Globalization.CultureInfo.InvariantCulture)} {Form(kelly.Trades, "сделки", "сделок", "сделок")} — {Percent(kelly.Start)}.",
        _ => "",
    };

    public override string TakeProfit(double fraction) => $"Прибыль фиксируется на {Percent(fraction)} выше цены покупки.";

    public override string StopLoss(double fraction) => $"Убыток ограничен: продажа на {Percent(fraction)} ниже цены покупки.";

    public override string TrailingStop(double fraction) => $"Продажа, когда цена падает на {Percent(fraction)} от максимума после покупки.";

    public override string MaxBars(int bars) => $"Продажа не позже чем через {Candles(bars)}.";

    public override string Cooldown(int bars) => $"После продажи новая покупка не раньше чем через {Candles(bars)}.";

    public override string MaxDrawdown(double fraction) => $"Покупок больше нет, когда счёт на {Percent(fraction)} ниже своего пика.";

    public override string DailyLoss(double fraction) => $"Покупок нет до конца дня, если за день потеряно {Percent(fraction)}.";

    public override string Guard(StopGuard guard) =>
        $"Если за {Candles(guard.Bars)} {Form(guard.Stops, "сработал", "сработали", "сработали")} {guard.Stops.ToString(System.Globalization.CultureInfo.InvariantCulture)} "
        + $"{Form(guard.Stops, "стоп", "стопа", "стопов")}, пауза на {Candles(guard.Pause)}.";

    private static string Equal(Gender gender) => gender switch
    {
        Gender.Feminine => "равна",
        Gender.Neuter => "равно",
        Gender.Masculine => "равен",
    };

    /// <summary>1, 21, 31… · 2 to 4, 22… · the others.</summary>
    private static string Form(int count, string one, string few, string many) => (count % 10, count % 100) switch
    {
        (1, not 11) => one,
        ( >= 2 and <= 4, < 12 or > 14) => few,
        _ => many,
    };

    private static string ChartOf(Timeframe timeframe) => $"на {Length(timeframe.Code)} графике";

    private static string Length(string code) => (code[^1], code[..^1]) switch
    {
        ('m', "1") => "минутном",
        ('m', var count) => $"{count}-минутном",
        ('h', "1") => "часовом",
        ('h', var count) => $"{count}-часовом",
        ('d', "1") => "дневном",
        ('d', var count) => $"{count}-дневном",
        ('w', _) => "недельном",
        _ => "месячном",
    };
}
