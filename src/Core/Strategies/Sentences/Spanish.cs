using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Spanish: "de" melts into "el" (del).</summary>
internal sealed class Spanish : Tongue
{
    public static Spanish Instance { get; } = new();

    public override IndicatorWords Words => SpanishWords.Indicators;

    protected override string OfWord => "de ";

    public override string And => " y ";

    public override string Or => " o ";

    public override string NoExit => "No hay regla de venta.";

    public override string Percent(double fraction) => base.Percent(fraction).Replace("%", " %", StringComparison.Ordinal);

    public override Noun Price(PriceColumn column) => column switch
    {
        PriceColumn.Open => WithArticle('f', "apertura", ""),
        PriceColumn.High => WithArticle('m', "máximo", ""),
        PriceColumn.Low => WithArticle('m', "mínimo", ""),
        PriceColumn.Close => WithArticle('m', "cierre", ""),
        PriceColumn.Volume => WithArticle('m', "volumen", ""),
        PriceColumn.Hl2 => WithArticle('m', "punto medio entre máximo y mínimo", ""),
        PriceColumn.Hlc3 => WithArticle('f', "media de máximo, mínimo y cierre", ""),
    };

    public override string Candles(int count) => count == 1 ? "1 vela" : $"{Number(count)} velas";

    protected override string CandlesBefore(int count) => count == 1 ? "1 vela anterior" : $"{Number(count)} velas anteriores";

    protected override string TimesWord => "veces";

    protected override Noun WithArticle(char gender, string plain, string genitive) => gender == 'f'
        ? new Noun($"la {plain}", $"de la {plain}") { Gender = Gender.Feminine }
        : new Noun($"el {plain}", $"del {plain}");

    public override Noun NumberNoun(double value) => new(Number(value), $"de {Number(value)}") { Number = value };

    public override Noun Definition(string name) => new($"«{name}»", $"de «{name}»");

    public override Noun Lagged(Noun of, int rows) => of.With($" de hace {Candles(rows)}");

    public override Noun OnChart(Noun of, Timeframe timeframe) => of.With($" {ChartOf(timeframe)}");

    public override string OperatorWord(ArithmeticOperator sign) => sign switch
    {
        ArithmeticOperator.Add => "más",
        ArithmeticOperator.Subtract => "menos",
        ArithmeticOperator.Multiply => "por",
        ArithmeticOperator.Divide => "dividido entre",
    };

    public override Noun Share(double percent, Noun of) => new($"el {Number(percent)} % {of.Of}", $"del {Number(percent)} % {of.Of}");

    public override string Compare(CompareOperator sign, Noun a, Noun b) => sign switch
    {
        CompareOperator.Less => $"{a.Plain} está por debajo {b.Of}",
        CompareOperator.LessOrEqual => $"{a.Plain} no está por encima {b.Of}",
        CompareOperator.Greater => $"{a.Plain} está por encima {b.Of}",
        CompareOperator.GreaterOrEqual => $"{a.Plain} no está por debajo {b.Of}",
        CompareOperator.Equal => b.Number is null ? $"{a.Plain} coincide con {b.Plain}" : $"{a.Plain} es igual a {b.Plain}",
        CompareOperator.NotEqual => b.Number is null ? $"{a.Plain} no coincide con {b.Plain}" : $"{a.Plain} es distinto {b.Of}",
    };

    public override string Cross(bool isAbove, Noun a, Noun b, bool isNot) =>
        $"{a.Plain} {(isNot ? "no " : "")}{(isAbove ? "sube por encima" : "cae por debajo")} {b.Of}";

    public override string Points(string subject, bool isUp, bool isTurn, bool isNot) =>
        $"{subject} {(isNot ? "no " : "")}{(isTurn ? "gira" : "apunta")} hacia {(isUp ? "arriba" : "abajo")}";

    public override string DefinitionHolds(string name) => $"se cumple «{name}»";

    public override string NotHolds(string clause) => $"no se cumple esto: ({clause})";

    public override string HeldBefore(string clause, int rows) => $"hace {Candles(rows)} se cumplía esto: ({clause})";

    public override string HoldsOnChart(string clause, Timeframe timeframe) => $"{clause} {ChartOf(timeframe)}";

    public override string Either(IReadOnlyList<string> parts) => "o bien " + string.Join(", o bien ", parts);

    public override string Chart(Timeframe timeframe) => $"Opera {ChartOf(timeframe)}.";

    public override string Enter(string clause) => $"Compra cuando {clause}.";

    public override string Exit(string clause) => $"Vende cuando {clause}.";

    public override string DefinitionIs(string name, string text, bool isCondition) => isCondition ? $"«{name}» se cumple cuando {text}." : $"«{name}» es {text}.";

    public override string Size(Sizing size, Noun? stop) => size switch
    {
        PercentSizing percent => percent.Fraction == 1 ? "Cada compra usa todo el efectivo." : $"Cada compra usa el {Percent(percent.Fraction)} del efectivo.",
        FixedSizing amount => $"Cada compra usa {Amount(amount.Amount)} de la moneda de cotización.",
        RiskSizing risk => $"Cada compra tiene el tamaño con el que una caída {stop?.Of} cuesta el {Percent(risk.Fraction)} del patrimonio.",
        KellySizing kelly => $"Cada compra usa la fracción de Kelly de las operaciones hechas, como máximo el {Percent(kelly.Fraction)} del efectivo; "
            + $"antes de {(kelly.Trades == 1 ? "1 operación" : $"{kelly.Trades} operaciones")} usa el {Percent(kelly.Start)}.",
        _ => "",
    };

    public override string TakeProfit(double fraction) => $"Toma la ganancia a un {Percent(fraction)} por encima del precio de compra.";

    public override string StopLoss(double fraction) => $"Limita la pérdida a un {Percent(fraction)} por debajo del precio de compra.";

    public override string TrailingStop(double fraction) => $"Vende cuando el precio cae un {Percent(fraction)} desde su máximo tras la compra.";

    public override string MaxBars(int bars) => $"Vende como máximo tras {Candles(bars)}.";

    public override string Cooldown(int bars) => $"Espera {Candles(bars)} tras una venta antes de volver a comprar.";

    public override string MaxDrawdown(double fraction) => $"No compra más cuando la cuenta está un {Percent(fraction)} por debajo de su pico.";

    public override string DailyLoss(double fraction) => $"No compra más el día en que ha perdido un {Percent(fraction)}.";

    public override string Guard(StopGuard guard) =>
        $"Tras {(guard.Stops == 1 ? "1 stop" : $"{guard.Stops} stops")} en {Candles(guard.Bars)}, hace una pausa de {Candles(guard.Pause)}.";

    private static string ChartOf(Timeframe timeframe) => $"en el gráfico {Length(timeframe.Code)}";

    private static string Length(string code) => (code[^1], code[..^1]) switch
    {
        ('m', "1") => "de 1 minuto",
        ('m', var count) => $"de {count} minutos",
        ('h', "1") => "de 1 hora",
        ('h', var count) => $"de {count} horas",
        ('d', "1") => "diario",
        ('d', var count) => $"de {count} días",
        ('w', _) => "semanal",
        _ => "mensual",
    };
}
