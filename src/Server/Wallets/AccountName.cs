using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Wallets;

/// <summary>The rule of an account's name.</summary>
internal static class AccountName
{
    private const int Longest = 80;

    public static (string? Name, Refused? Refused) Read(string? text) =>
        text?.Trim() is { Length: >= 1 and <= Longest } name && !name.Any(char.IsControl)
            ? (name, null)
            : (null, new Refused(ErrorCode.InvalidField, "name", text, $"1..{Longest}", "The name must have 1 to 80 visible characters."));
}
