using System.Globalization;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>A language: the words and the grammar sentences about rules need.</summary>
internal abstract class Tongue
{
    public static Tongue Of(SentenceLanguage language) => language switch
    {
        SentenceLanguage.English => English.Instance,
        SentenceLanguage.Portuguese => Portuguese.Instance,
        SentenceLanguage.Russian => Russian.Instance,
        SentenceLanguage.Spanish => Spanish.Instance,
    };

    /// <summary>Names of all outputs of all indicators, "macd.line": see <see cref="IndicatorWords"/>.</summary>
    public abstract IndicatorWords Words { get; }

    protected virtual string DecimalPoint => ",";

    /// <summary>Between the settings of an indicator.</summary>
    public virtual string ListSign => "; ";

    /// <summary>What stands before a noun without article after "below": "de ".</summary>
    protected virtual string OfWord => "";

    public abstract Noun Price(PriceColumn column);

    /// <summary>"2 candles", in the form that follows "for" or "over".</summary>
    public abstract string Candles(int count);

    /// <summary>The same for the candles before this one.</summary>
    protected abstract string CandlesBefore(int count);

    /// <summary>The sign between a number and what it is taken of.</summary>
    protected virtual string TimesWord => OperatorWord(ArithmeticOperator.Multiply);

    /// <summary>A sign and the operand behind it.</summary>
    protected virtual string Joined(string sign, string next) => $"{sign} {next}";

    /// <summary>A noun with its article; <paramref name="genitive"/> only differs where the language has cases.</summary>
    protected abstract Noun WithArticle(char gender, string plain, string genitive);

    /// <summary>True when lines of <see cref="Words"/> begin with a gender.</summary>
    protected virtual bool HasGenders => true;

    /// <summary>What follows "of".</summary>
    protected virtual string OfSeries(IReadOnlyList<Noun> series) => string.Join(And, series.Select(noun => noun.Of));

    /// <summary>"of" itself, before a series behind a name.</summary>
    protected virtual string SeriesWord => " ";

    public abstract Noun NumberNoun(double value);

    public abstract Noun Definition(string name);

    public abstract string And { get; }

    public abstract string Or { get; }

    public abstract Noun Lagged(Noun of, int rows);

    public abstract Noun OnChart(Noun of, Timeframe timeframe);

    public abstract string OperatorWord(ArithmeticOperator sign);

    /// <summary>"102% of the close".</summary>
    public abstract Noun Share(double percent, Noun of);

    public abstract string Compare(CompareOperator sign, Noun a, Noun b);

    public abstract string Cross(bool isAbove, Noun a, Noun b, bool isNot);

    /// <summary>An indicator that only points up or down.</summary>
    public abstract string Points(string subject, bool isUp, bool isTurn, bool isNot);

    public abstract string DefinitionHolds(string name);

    public abstract string NotHolds(string clause);

    public abstract string HeldBefore(string clause, int rows);

    public abstract string HoldsOnChart(string clause, Timeframe timeframe);

    /// <summary>The parts of an "or" that stands inside an "and".</summary>
    public abstract string Either(IReadOnlyList<string> parts);

    public abstract string Chart(Timeframe timeframe);

    public abstract string Enter(string clause);

    public abstract string Exit(string clause);

    public abstract string NoExit { get; }

    public abstract string DefinitionIs(string name, string text, bool isCondition);

    public abstract string Size(Sizing size, Noun? stop);

    public abstract string TakeProfit(double fraction);

    public abstract string StopLoss(double fraction);

    public abstract string TrailingStop(double fraction);

    public abstract string MaxBars(int bars);

    public abstract string Cooldown(int bars);

    public abstract string MaxDrawdown(double fraction);

    public abstract string DailyLoss(double fraction);

    public abstract string Guard(StopGuard guard);

    public string Number(double value) => RulePrinter.Number(value).Replace(".", DecimalPoint, StringComparison.Ordinal);

    public string Amount(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture).Replace(".", DecimalPoint, StringComparison.Ordinal);

    /// <summary>"15%", as the language writes it.</summary>
    public virtual string Percent(double fraction) => Percentages.Digits(fraction).Replace(".", DecimalPoint, StringComparison.Ordinal) + "%";

    /// <summary>A, B and C.</summary>
    public virtual string List(IReadOnlyList<string> parts, string word) => parts.Count == 1
        ? parts[0]
        : string.Join(", ", parts.Take(parts.Count - 1)) + word + parts[^1];

    /// <summary>True when <paramref name="output"/> can be said of the candles before this one.</summary>
    public bool CountsCandles(Indicator entry, string output) => Words[entry.Name, output].Contains("{c}", StringComparison.Ordinal) && entry.Name is "donchian" or "highest" or "lowest";

    /// <summary>An output of an indicator: "RSI(14) of the close".</summary>
    /// <param name="entry">The indicator.</param>
    /// <param name="output">Which of its outputs.</param>
    /// <param name="settings">As many as it has parameters.</param>
    /// <param name="series">What it is of.</param>
    /// <param name="isBefore">True for its value one candle ago, where <see cref="CountsCandles"/>.</param>
    public Noun Indicator(Indicator entry, IndicatorOutput output, IReadOnlyList<double> settings, IReadOnlyList<Noun> series, bool isBefore = false)
    {
        var line = Words[entry.Name, output.Name];
        var gender = HasGenders ? line[0] : 'm';
        var forms = (HasGenders ? line[2..] : line).Split('|');
        var noun = WithArticle(gender, Filled(forms[0], settings, series, isBefore), Filled(forms[^1], settings, series, isBefore));
        return output.Name == "trend" ? noun with { Direction = noun.Plain } : noun;
    }

    /// <summary>Words for operands joined by signs.</summary>
    public Noun Arithmetic(IReadOnlyList<ArithmeticOperator> signs, IReadOnlyList<Noun> operands, bool isSum)
    {
        var (plain, of) = (Operand(operands[0], isSum).Plain, Operand(operands[0], isSum).Of);
        for (var index = 1; index < operands.Count; index++)
        {
            var next = Operand(operands[index], isSum && signs[index - 1] == ArithmeticOperator.Add);
            if (operands[index].IsProduct && !isSum)
                next = new Noun($"({next.Plain})", "");
            var sign = signs[index - 1] == ArithmeticOperator.Multiply && index == 1 && operands[0].Number is not null ? TimesWord : OperatorWord(signs[index - 1]);
            var behind = " " + Joined(sign, next.Plain);
            (plain, of) = (plain + behind, of + behind);
        }

        return new Noun(plain, of) { Gender = operands[0].Gender, IsSum = isSum, IsProduct = !isSum };
    }

    private string Filled(string form, IReadOnlyList<double> settings, IReadOnlyList<Noun> series, bool isBefore)
    {
        var of = OfSeries(series);
        var behind = series.Count == 0 || form.Contains("{x}", StringComparison.Ordinal) ? "" : SeriesWord + of;
        return form
            .Replace("{a}", string.Join(ListSign, settings.Select(Number)), StringComparison.Ordinal)
            .Replace("{n}", settings.Count > 0 ? Number(settings[0]) : "", StringComparison.Ordinal)
            .Replace("{c}", settings.Count == 0 ? "" : isBefore ? CandlesBefore((int)settings[0]) : Candles((int)settings[0]), StringComparison.Ordinal)
            .Replace("{x}", of, StringComparison.Ordinal) + behind;
    }

    /// <summary>"minus the close".</summary>
    public Noun Negated(Noun of)
    {
        var plain = $"{OperatorWord(ArithmeticOperator.Subtract)} {Enclosed(of).Plain}";
        return new Noun(plain, OfWord + plain) { Gender = of.Gender, IsSum = true };
    }

    /// <summary>In parentheses where it would be misread otherwise.</summary>
    public Noun Enclosed(Noun noun) => noun.IsProduct ? Operand(noun with { IsSum = true }, isLoose: false) : Operand(noun, isLoose: false);

    private Noun Operand(Noun noun, bool isLoose) =>
        noun.IsSum && !isLoose ? new Noun($"({noun.Plain})", $"{OfWord}({noun.Plain})") { Gender = noun.Gender } : noun;
}
