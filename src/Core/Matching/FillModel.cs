namespace Lastro.Core.Matching;

/// <summary>When a resting paper order fills. The rules: docs/decisions/0008-fill-models.md.</summary>
public enum FillModel
{
    /// <summary>Whole, when a trade or the opposite best quote reaches the limit.</summary>
    Touch,

    /// <summary>Whole, when a trade or the opposite best quote passes the limit.</summary>
    Through,

    /// <summary>By trades, behind the size displayed at its price; <see cref="Through"/> as long as there is no book.</summary>
    Queue,

    /// <summary>As <see cref="Queue"/>, and from the opposite side's displayed size when quotes cross.</summary>
    Book,
}

/// <summary>The words of the API.</summary>
public static class FillModels
{
    /// <summary>How many there are.</summary>
    public const int Count = 4;

    private static readonly string[] Words = ["touch", "through", "queue", "book"];

    /// <summary>The model's word.</summary>
    public static string Word(FillModel model) => Words[(int)model];

    /// <summary>The word's model; false for any other text, case counts.</summary>
    public static bool TryParse(string? word, out FillModel model)
    {
        var index = Array.IndexOf(Words, word);
        model = (FillModel)Math.Max(index, 0);
        return index >= 0;
    }
}
