namespace Lastro.Core.Strategies;

/// <summary>A value in words.</summary>
/// <param name="Plain">As the subject of a sentence, with its article: "the close", "o fechamento", "цена закрытия".</param>
/// <param name="Of">As it stands after "of" or "below": "the close", "do fechamento", "цены закрытия".</param>
internal readonly record struct Noun(string Plain, string Of)
{
    public Gender Gender { get; init; }

    /// <summary>Set when it is a number that is the same for all candles.</summary>
    public double? Number { get; init; }

    /// <summary>True for a sum or product, which needs parentheses inside a product.</summary>
    public bool IsSum { get; init; }

    public bool IsProduct { get; init; }

    /// <summary>Set when it is the direction of an indicator that only points up or down: whose.</summary>
    public string? Direction { get; init; }

    public int Length => Plain.Length;

    /// <summary>The same with words behind it in every form.</summary>
    public Noun With(string behind) => this with { Plain = Plain + behind, Of = Of + behind, Number = null, Direction = Direction is null ? null : Direction + behind };
}

internal enum Gender
{
    Masculine,
    Feminine,
    Neuter,
}

/// <summary>A condition in words.</summary>
/// <param name="Text">Without capital and full stop.</param>
/// <param name="Rank">What it is joined with.</param>
/// <param name="Parts">The parts it was joined from.</param>
internal readonly record struct Clause(string Text, ClauseRank Rank, IReadOnlyList<string> Parts)
{
    public Clause(string text)
        : this(text, ClauseRank.Simple, [text])
    {
    }
}

internal enum ClauseRank
{
    Simple,
    And,
    Or,

    /// <summary>Words that already hold an "and" inside an "or" or the other way round: needs parentheses in more.</summary>
    Mixed,
}

/// <summary>What a field of a strategy does, in one or more sentences.</summary>
/// <param name="Field">"timeframe", "enter", "exit", "size", "takeProfit", "define.r"...</param>
/// <param name="Text">Begins with a capital, ends with a full stop.</param>
public sealed record FieldSentence(string Field, string Text);
