using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Identity;

namespace Lastro.Server.Accounts;

/// <summary>Length and guessability only, no rules of composition (ASVS 5.0, 6.2).</summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int Shortest = 8;
    public const int Longest = 128;

    // Parts shorter than this are in too many good passwords to be held against one.
    private const int TellingLength = 4;

    private static readonly HashSet<string> Common = ReadCommon();

    /// <summary>Null when the password will do, else why not; the password itself is never in the answer.</summary>
    public static Refused? Check(string password, string field, string email, string name)
    {
        if (password.Length is < Shortest or > Longest)
            return new Refused(ErrorCode.InvalidField, field, Limit: $"{Shortest}..{Longest}", Detail: "The password must have 8 to 128 characters.");
        if (Common.Contains(Plain(password)))
            return new Refused(ErrorCode.InvalidField, field, Limit: "notCommon", Detail: "This is one of the passwords that are tried first.");
        if (password.Distinct().Count() < 4)
            return new Refused(ErrorCode.InvalidField, field, Limit: "notCommon", Detail: "The password repeats too few characters.");
        var parts = email.Split('@', '.').Append(name).Append(email).Where(part => part.Trim().Length >= TellingLength);
        if (parts.Any(part => Says(password, part.Trim())))
            return new Refused(ErrorCode.InvalidField, field, Limit: "notPersonal", Detail: "The password is little more than the e-mail address or the name.");
        return null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Check(password ?? "", "password", user.Email, user.Name) is { } refused
            ? IdentityResult.Failed(new IdentityError { Code = "password", Description = refused.Detail ?? "" })
            : IdentityResult.Success);

    // Holding the word is fine when enough else is there: "mary" does not spoil a sentence of 30 characters.
    private static bool Says(string password, string part) =>
        password.Contains(part, StringComparison.OrdinalIgnoreCase) && password.Length - part.Length < Shortest;

    // "Password1!" is "password" with the two ornaments that everybody adds.
    private static string Plain(string password)
    {
        var bare = password.ToUpperInvariant().TrimEnd('!', '.', '?', '*', '#', '@', '$');
        var word = bare.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return word.Length >= 6 && Common.Contains(word) ? word : bare;
    }

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("Accounts/CommonPasswords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not in this build.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => word.ToUpperInvariant())];
    }
}
