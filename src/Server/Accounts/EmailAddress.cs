namespace Lastro.Server.Accounts;

/// <summary>What passes for an e-mail address here: one @, something on both sides, nothing invisible. A mail tells the rest.</summary>
internal static class EmailAddress
{
    public const int Longest = 254;

    public static bool IsValid(string email) =>
        email.Length is >= 3 and <= Longest
        && email.Split('@') is [{ Length: >= 1 and <= 64 }, { Length: >= 1 } domain]
        && !domain.StartsWith('.') && !domain.EndsWith('.') && !domain.Contains("..", StringComparison.Ordinal)
        && !email.Any(one => char.IsWhiteSpace(one) || char.IsControl(one));

    /// <summary>Two spellings of one address have one key.</summary>
    public static string Key(string email) => email.Trim().Normalize().ToUpperInvariant();
}
