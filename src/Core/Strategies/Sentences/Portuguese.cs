using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Portuguese of Brazil: "de" melts into the article (do, da).</summary>
internal sealed class Portuguese : Tongue
{
    public static Portuguese Instance { get; } = new();

    public override IndicatorWords Words => PortugueseWords.Indicators;

    protected override string OfWord => "de ";

    public override string And => " e ";

    public override string Or => " ou ";

    public override string NoExit => "Não há regra de venda.";

    public override Noun Price(PriceColumn column) => column switch
    {
        PriceColumn.Open => WithArticle('f', "abertura", ""),
        PriceColumn.High => WithArticle('f', "máxima", ""),
        PriceColumn.Low => WithArticle('f', "mínima", ""),
        PriceColumn.Close => WithArticle('m', "fechamento", ""),
        PriceColumn.Volume => WithArticle('m', "volume", ""),
        PriceColumn.Hl2 => WithArticle('m', "ponto médio entre máxima e mínima", ""),
        PriceColumn.Hlc3 => WithArticle('f', "média de máxima, mínima e fechamento", ""),
    };

    public override string Candles(int count) => count == 1 ? "1 candle" : $"{Number(count)} candles";

    protected override string CandlesBefore(int count) => count == 1 ? "1 candle anterior" : $"{Number(count)} candles anteriores";

    // "por o" melts into "pelo".
    protected override string Joined(string sign, string next) => $"{sign} {next}"
        .Replace(" por o ", " pelo ", StringComparison.Ordinal).Replace(" por a ", " pela ", StringComparison.Ordinal);

    protected override Noun WithArticle(char gender, string plain, string genitive) => gender == 'f'
        ? new Noun($"a {plain}", $"da {plain}") { Gender = Gender.Feminine }
        : new Noun($"o {plain}", $"do {plain}");

    public override Noun NumberNoun(double value) => new(Number(value), $"de {Number(value)}") { Number = value };

    public override Noun Definition(string name) => new($"“{name}”", $"de “{name}”");

    public override Noun Lagged(Noun of, int rows) => of.With($" de {Candles(rows)} atrás");

    public override Noun OnChart(Noun of, Timeframe timeframe) => of.With($" {ChartOf(timeframe)}");

    public override string OperatorWord(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "mais",
        ArithmeticOperator.Subtract => "menos",
        ArithmeticOperator.Multiply => "vezes",
        ArithmeticOperator.Divide => "dividido por",
    };

    public override Noun Share(double percent, Noun of) => new($"{Number(percent)}% {of.Of}", $"de {Number(percent)}% {of.Of}");

    public override string Compare(CompareOperator sign, Noun a, Noun b) => sign switch
    {
        CompareOperator.Less => $"{a.Plain} está abaixo {b.Of}",
        CompareOperator.LessOrEqual => $"{a.Plain} não está acima {b.Of}",
        CompareOperator.Greater => $"{a.Plain} está acima {b.Of}",
        CompareOperator.GreaterOrEqual => $"{a.Plain} não está abaixo {b.Of}",
        CompareOperator.Equal => b.Number is null ? $"{a.Plain} coincide com {b.Plain}" : $"{a.Plain} é igual a {b.Plain}",
        CompareOperator.NotEqual => b.Number is null ? $"{a.Plain} não coincide com {b.Plain}" : $"{a.Plain} é diferente {b.Of}",
    };

    public override string Cross(bool isAbove, Noun a, Noun b, bool isNot) =>
        $"{a.Plain} {(isNot ? "não " : "")}{(isAbove ? "sobe acima" : "cai abaixo")} {b.Of}";

    public override string Points(string subject, bool isUp, bool isTurn, bool isNot) =>
        $"{subject} {(isNot ? "não " : "")}{(isTurn ? "vira" : "aponta")} para {(isUp ? "cima" : "baixo")}";

    public override string DefinitionHolds(string name) => $"“{name}” vale";

    public override string NotHolds(string clause) => $"isto não vale: ({clause})";

    public override string HeldBefore(string clause, int rows) => $"{Candles(rows)} atrás isto valia: ({clause})";

    public override string HoldsOnChart(string clause, Timeframe timeframe) => $"{clause} {ChartOf(timeframe)}";

    public override string Either(IReadOnlyList<string> parts) => "ou " + string.Join(", ou ", parts);

    public override string Chart(Timeframe timeframe) => $"Opera {ChartOf(timeframe)}.";

    public override string Enter(string clause) => $"Compra quando {clause}.";

    public override string Exit(string clause) => $"Vende quando {clause}.";

    public override string DefinitionIs(string name, string text, bool isCondition) => isCondition ? $"“{name}” vale quando {text}." : $"“{name}” é {text}.";

    public override string Size(Sizing size, Noun? stop) => size switch
    {
        PercentSizing percent => percent.Fraction == 1 ? "Cada compra usa todo o caixa." : $"Cada compra usa {Percent(percent.Fraction)} do caixa.",
        FixedSizing amount => $"Cada compra usa {Amount(amount.Amount)} da moeda de cotação.",
        RiskSizing risk => $"Cada compra tem o tamanho em que uma queda {stop?.Of} custa {Percent(risk.Fraction)} do patrimônio.",
        KellySizing kelly => $"Cada compra usa a fração de Kelly das operações feitas, no máximo {Percent(kelly.Fraction)} do caixa; "
            + $"antes de {(kelly.Trades == 1 ? "1 operação" : $"{kelly.Trades} operações")} usa {Percent(kelly.Start)}.",
        _ => "",
    };

    public override string TakeProfit(double fraction) => $"Realiza o lucro a {Percent(fraction)} acima do preço de compra.";

    public override string StopLoss(double fraction) => $"Limita a perda a {Percent(fraction)} abaixo do preço de compra.";

    public override string TrailingStop(double fraction) => $"Vende quando o preço cai {Percent(fraction)} desde a maior alta após a compra.";

    public override string MaxBars(int bars) => $"Vende no máximo após {Candles(bars)}.";

    public override string Cooldown(int bars) => $"Espera {Candles(bars)} após uma venda antes de comprar de novo.";

    public override string MaxDrawdown(double fraction) => $"Não compra mais quando a conta está {Percent(fraction)} abaixo do seu pico.";

    public override string DailyLoss(double fraction) => $"Não compra mais no dia em que perdeu {Percent(fraction)}.";

    public override string Guard(StopGuard guard) =>
        $"Após {(guard.Stops == 1 ? "1 stop" : $"{guard.Stops} stops")} em {Candles(guard.Bars)}, faz uma pausa de {Candles(guard.Pause)}.";

    private static string ChartOf(Timeframe timeframe) => $"no gráfico {Length(timeframe.Code)}";

    private static string Length(string code) => (code[^1], code[..^1]) switch
    {
        ('m', "1") => "de 1 minuto",
        ('m', var count) => $"de {count} minutos",
        ('h', "1") => "de 1 hora",
        ('h', var count) => $"de {count} horas",
        ('d', "1") => "diário",
        ('d', var count) => $"de {count} dias",
        ('w', _) => "semanal",
        _ => "mensal",
    };
}
