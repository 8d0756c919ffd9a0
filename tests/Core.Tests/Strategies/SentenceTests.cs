using System.Text.RegularExpressions;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class SentenceTests
{
    public static TheoryData<SentenceLanguage> Languages => [.. Enum.GetValues<SentenceLanguage>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_output_of_every_indicator_has_words(SentenceLanguage language)
    {
        var outputs = IndicatorCatalog.All.SelectMany(entry => entry.Outputs.Select(output => output.Name == "value" ? entry.Name : $"{entry.Name}.{output.Name}"));
        Tongue.Of(language).Words.Names.ShouldBe(outputs, ignoreOrder: true);
        foreach (var entry in IndicatorCatalog.All.Where(entry => !entry.Repaints))
        {
            foreach (var output in entry.Outputs)
            {
                var sentence = Sentence(language, $"{Call(entry)}{(entry.Outputs.Count > 1 ? "." + output.Name : "")} > 1");
                sentence.ShouldNotMatch(@"[{}|]|  |NaN");
            }
        }
    }

    [Theory]
    [InlineData("rsi(close, 14) < 30", "Buy when RSI(14) of the close is below 30.", "Compra quando o RSI(14) do fechamento está abaixo de 30.",
        "Покупать, когда RSI(14) цены закрытия ниже 30.", "Compra cuando el RSI(14) del cierre está por debajo de 30.")]
    [InlineData("crosses_below(rsi(close, 14), 30)", "Buy when RSI(14) of the close falls below 30.", "Compra quando o RSI(14) do fechamento cai abaixo de 30.",
        "Покупать, когда RSI(14) цены закрытия опускается ниже 30.", "Compra cuando el RSI(14) del cierre cae por debajo de 30.")]
    [InlineData("close < bollinger(close, 20, 2.5).lower", "Buy when the close is below the lower Bollinger band (20, 2.5) of the close.",
        "Compra quando o fechamento está abaixo da banda inferior de Bollinger (20; 2,5) do fechamento.",
        "Покупать, когда цена закрытия ниже нижней полосы Боллинджера (20; 2,5) цены закрытия.",
        "Compra cuando el cierre está por debajo de la banda inferior de Bollinger (20; 2,5) del cierre.")]
    [InlineData("close > donchian(20).upper[1]", "Buy when the close is above the highest high of the 20 candles before.",
        "Compra quando o fechamento está acima da maior máxima de 20 candles anteriores.",
        "Покупать, когда цена закрытия выше наибольшего максимума за 20 предыдущих свечей.",
        "Compra cuando el cierre está por encima del mayor máximo de 20 velas anteriores.")]
    [InlineData("on(\"4h\", close > sma(close, 50)) and (volume >= volume_sma(3) or not close < open[22])",
        "Buy when the close is above SMA(50) of the close on the 4-hour chart and either the volume is at or above the average volume of 3 candles or the close is at or above the open 22 candles ago.",
        "Compra quando o fechamento está acima da média simples (50) do fechamento no gráfico de 4 horas e ou o volume não está abaixo do volume médio de 3 candles, ou o fechamento não está abaixo da abertura de 22 candles atrás.",
        "Покупать, когда цена закрытия выше SMA(50) цены закрытия на 4-часовом графике и либо объём не ниже среднего объёма за 3 свечи, либо цена закрытия не ниже цены открытия 22 свечи назад.",
        "Compra cuando el cierre está por encima de la media simple (50) del cierre en el gráfico de 4 horas y o bien el volumen no está por debajo del volumen medio de 3 velas, o bien el cierre no está por debajo de la apertura de hace 22 velas.")]
    [InlineData("crosses_above(supertrend(10, 3).trend, 0) or supertrend(10, 3).trend == -1", "Buy when SuperTrend (10, 3) turns up or SuperTrend (10, 3) points down.",
        "Compra quando o SuperTrend (10; 3) vira para cima ou o SuperTrend (10; 3) aponta para baixo.",
        "Покупать, когда SuperTrend (10; 3) разворачивается вверх или SuperTrend (10; 3) показывает вниз.",
        "Compra cuando el SuperTrend (10; 3) gira hacia arriba o el SuperTrend (10; 3) apunta hacia abajo.")]
    [InlineData("close < 0.95 * highest(high, 30) - 2 * atr(14)", "Buy when the close is below 95% of the highest value of the high over 30 candles minus 2 times ATR(14).",
        "Compra quando o fechamento está abaixo de 95% do maior valor da máxima em 30 candles menos 2 vezes o ATR(14).",
        "Покупать, когда цена закрытия ниже 95 % наибольшего значения максимума свечи за 30 свечей минус 2 × ATR(14).",
        "Compra cuando el cierre está por debajo del 95 % del mayor valor del máximo en 30 velas menos 2 veces el ATR(14).")]
    [InlineData("sma(close - open, 3) / 2 != correlation(close, volume, 5)", "Buy when SMA(3) of (the close minus the open) divided by 2 differs from the correlation (5) of the close and the volume.",
        "Compra quando a média simples (3) de (o fechamento menos a abertura) dividido por 2 não coincide com a correlação (5) do fechamento e do volume.",
        "Покупать, когда SMA(3) (цена закрытия минус цена открытия) ÷ 2 не совпадает с уровнем корреляции (5) цены закрытия и объёма.",
        "Compra cuando la media simple (3) de (el cierre menos la apertura) dividido entre 2 no coincide con la correlación (5) del cierre y del volumen.")]
    [InlineData("(close + open) / close > on(\"1d\", lowest(low, 21)[1]) / highest(close, 2)[1]",
        "Buy when (the close plus the open) divided by the close is above the lowest value of the low over the 21 candles before on the daily chart divided by the highest value of the close over the 2 candles before.",
        "Compra quando (o fechamento mais a abertura) dividido pelo fechamento está acima do menor valor da mínima em 21 candles anteriores no gráfico diário dividido pelo maior valor do fechamento em 2 candles anteriores.",
        "Покупать, когда (цена закрытия плюс цена открытия) ÷ цена закрытия выше наименьшего значения минимума свечи за 21 предыдущую свечу на дневном графике ÷ наибольшее значение цены закрытия за 2 предыдущие свечи.",
        "Compra cuando (el cierre más la apertura) dividido entre el cierre está por encima del menor valor del mínimo en 21 velas anteriores en el gráfico diario dividido entre el mayor valor del cierre en 2 velas anteriores.")]
    [InlineData("not (close > open and close > 1)[2]", "Buy when this does not hold: (this held 2 candles ago: (the close is above the open and the close is above 1)).",
        "Compra quando isto não vale: (2 candles atrás isto valia: (o fechamento está acima da abertura e o fechamento está acima de 1)).",
        "Покупать, когда не выполняется: (2 свечи назад выполнялось: (цена закрытия выше цены открытия и цена закрытия выше 1)).",
        "Compra cuando no se cumple esto: (hace 2 velas se cumplía esto: (el cierre está por encima de la apertura y el cierre está por encima de 1)).")]
    public void A_rule_is_said_in_four_languages(string rule, string english, string portuguese, string russian, string spanish) => new[]
    {
        Sentence(SentenceLanguage.English, rule), Sentence(SentenceLanguage.Portuguese, rule), Sentence(SentenceLanguage.Russian, rule), Sentence(SentenceLanguage.Spanish, rule),
    }.ShouldBe([english, portuguese, russian, spanish]);

    [Theory]
    [InlineData("close < -open", "o fechamento está abaixo de menos a abertura", "цена закрытия ниже минус цена открытия")]
    [InlineData("-(close - open) * 3 == 2", "(menos (o fechamento menos a abertura)) vezes 3 é igual a 2", "(минус (цена закрытия минус цена открытия)) × 3 равна 2")]
    [InlineData("1e9 < close * volume", "1000000000 está abaixo do fechamento vezes o volume", "1000000000 ниже цены закрытия × объём")]
    public void Signs_are_words(string rule, string portuguese, string russian)
    {
        Sentence(SentenceLanguage.Portuguese, rule).ShouldBe($"Compra quando {portuguese}.");
        Sentence(SentenceLanguage.Russian, rule).ShouldBe($"Покупать, когда {russian}.");
    }

    [Fact]
    public void Every_indicator_has_a_title_in_every_language()
    {
        IndicatorTitles.Names.ShouldBe(IndicatorCatalog.All.Select(entry => entry.Name), ignoreOrder: true);
        foreach (var language in Enum.GetValues<SentenceLanguage>())
        {
            var titles = IndicatorCatalog.All.Select(entry => IndicatorTitles.Of(entry, language)).ToList();
            titles.ShouldAllBe(title => title.Length > 1 && title.Trim() == title);
            titles.ShouldBeUnique();
        }

        IndicatorTitles.Of(IndicatorCatalog.Find("rsi").ShouldNotBeNull(), SentenceLanguage.Spanish).ShouldBe("Índice de fuerza relativa");
    }

    [Fact]
    public void A_whole_strategy_is_said_field_by_field()
    {
        var strategy = BuiltInStrategies.Find("scalping").ShouldNotBeNull();
        Strategy.Check(strategy.Document, out _).ShouldNotBeNull().Describe(SentenceLanguage.English).Select(sentence => $"{sentence.Field}: {sentence.Text}").ShouldBe(
        [
            "timeframe: Works on the 5-minute chart.",
            "enter: Buy when EMA(9) of the close rises above EMA(21) of the close, RSI(14) of the close is below 70 and the volume is above the average volume of 20 candles.",
            "exit: There is no rule to sell.",
            "size: Each purchase uses 50% of the cash.",
            "takeProfit: Takes the profit at 15% above the purchase price.",
            "stopLoss: Stops the loss at 3% below the purchase price.",
            "cooldownBars: Waits 12 candles after a sale before it buys again.",
            "protections.dailyLoss: Buys no more that day once the day has lost 6%.",
            "protections.stopGuard: After 3 stops within 144 candles it pauses for 72 candles.",
        ]);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Long_definitions_are_said_by_name_and_once(SentenceLanguage language)
    {
        var strategy = Strategy.Check(new()
        {
            Timeframe = Timeframe.Parse("1M"),
            TrailingStop = 0.011,
            MaxBars = 21,
            CooldownBars = 1,
            Size = new RiskSizing(0.01, "stop"),
            Define = new Dictionary<string, string>
            {
                ["stop"] = "highest(high, 30) - lowest(low, 40) + highest(high, 50) - lowest(low, 60) + atr(14)",
                ["calm"] = "close < stop and close < stop[1] and close < stop[2] and rsi(close, 14) < 30",
            },
            Enter = "calm or calm[1]",
            Protections = new Protections { MaxDrawdown = 0.2 },
        }, out _).ShouldNotBeNull();
        var sentences = strategy.Describe(language);
        sentences.Select(sentence => sentence.Field).ShouldBe(
            ["timeframe", "enter", "exit", "define.calm", "define.stop", "size", "trailingStop", "maxBars", "cooldownBars", "protections.maxDrawdown"], ignoreOrder: true);
        foreach (var (_, text) in sentences)
        {
            text.ShouldEndWith(".");
            text.ShouldNotMatch(@"[{}|]|  |NaN");
            char.IsLower(text[0]).ShouldBeFalse(text);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_error_has_words_with_the_same_arguments(SentenceLanguage language)
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();
        var texts = ErrorTexts.Of(language);
        texts.Keys.ShouldBe(codes, ignoreOrder: true);
        foreach (var code in codes)
            Arguments(texts[code]).ShouldBe(Arguments(ErrorsEnglish.Texts[code]), ignoreOrder: true, $"{language} {code}");

        static IEnumerable<string> Arguments(string text) => Regex.Matches(text, @"\{\w+\}", RegexOptions.NonBacktracking).Select(match => match.Value).Distinct();
    }

    [Fact]
    public void An_error_speaks_the_language_asked_for()
    {
        Strategy.Read("""{"timeframe":"1h","enter":"sma(close, 0) > 1"}""", out var errors);
        errors[0].In(SentenceLanguages.Of("pt-BR")).ShouldBe("'n' de sma deve ficar entre 1 e 10000, não 0.");
        errors[0].In(SentenceLanguages.Of("fr")).ShouldBe("'n' of sma must be from 1 to 10000, not 0.");
    }

    private static string Call(Indicator entry) =>
        $"{entry.Name}({string.Join(", ", Enumerable.Repeat("close", entry.SeriesCount).Concat(entry.Parameters.Select(parameter => RulePrinter.Number(parameter.Default))))})";

    private static string Sentence(SentenceLanguage language, string rule) =>
        Strategy.Check(new() { Timeframe = Timeframe.Parse("1h"), Enter = rule }, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "")
            .Describe(language).Single(sentence => sentence.Field == "enter").Text;
}
