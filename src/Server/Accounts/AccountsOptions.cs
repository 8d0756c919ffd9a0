using System.Globalization;
using Lastro.Server.Platform;

namespace Lastro.Server.Accounts;

/// <summary>Section <c>Accounts</c>. Values out of range keep the server from starting.</summary>
internal sealed record AccountsOptions
{
    /// <summary>OWASP's cheat sheet of 2026 asks 220,000 rounds of PBKDF2-HMAC-SHA512.</summary>
    public const int FewestHashRounds = 220_000;

    /// <summary>False closes sign-up, for the first user too.</summary>
    public bool SignUp { get; init; } = true;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512, 220,000 to 10,000,000; hashes with fewer are renewed at log-in.</summary>
    public int HashRounds { get; init; } = FewestHashRounds;

    /// <summary>Log-ins that wait for a place to hash, 1 to 1,000; the next is refused as busy.</summary>
    public int HashQueue { get; init; } = 32;

    /// <summary>How long a session lives without a refresh, 1 to 90 days.</summary>
    public TimeSpan RefreshAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a session lives at most, 1 to 365 days.</summary>
    public TimeSpan SessionAge { get; init; } = TimeSpan.FromDays(90);

    /// <exception cref="StartRefusedException">Names the setting, the value and the range.</exception>
    public static AccountsOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Accounts");
        var signUp = section["SignUp"] is { Length: > 0 } text
            ? bool.TryParse(text, out var parsed) ? parsed : throw Bad("SignUp", text, "true or false")
            : true;
        return new AccountsOptions
        {
            SignUp = signUp,
            HashRounds = Number(section, "HashRounds", FewestHashRounds, FewestHashRounds, 10_000_000),
            HashQueue = Number(section, "HashQueue", 32, 1, 1_000),
            RefreshAge = TimeSpan.FromDays(Number(section, "RefreshDays", 30, 1, 90)),
            SessionAge = TimeSpan.FromDays(Number(section, "SessionDays", 90, 1, 365)),
        };
    }

    private static int Number(IConfigurationSection section, string name, int otherwise, int least, int most)
    {
        if (section[name] is not { Length: > 0 } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Bad(name, text, $"a whole number from {least} to {most}");
    }

    private static StartRefusedException Bad(string name, string text, string wanted) =>
        new($"Accounts:{name} is '{text}'; it must be {wanted}.");
}
