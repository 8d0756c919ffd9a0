using Lastro.Server.Platform.Database;

namespace Lastro.Server.Platform.OneShot;

/// <summary>A word of the command line that does one thing and ends. Rooms register theirs in DI.</summary>
/// <param name="Words">What is typed, such as "user reset-password".</param>
/// <param name="Arguments">Names of what follows, such as "EMAIL"; empty for none.</param>
/// <param name="Run">Gives the exit code: 0 done, 1 refused.</param>
internal sealed record OneShotCommand(string Words, string Arguments, Func<OneShotCall, CancellationToken, Task<int>> Run)
{
    public int Count => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    public string Usage => $"{Words} {Arguments}".TrimEnd();

    /// <summary>What follows the command's words, or null when the words are not this command's.</summary>
    public string[]? Match(string[] typed)
    {
        var words = Words.Split(' ');
        return typed.Length == words.Length + Count && typed.Take(words.Length).SequenceEqual(words, StringComparer.Ordinal) ? typed[words.Length..] : null;
    }
}

/// <summary>What a one-shot works with. The server may be running beside it.</summary>
/// <param name="Arguments">What was typed after the words.</param>
/// <param name="Services">A scope of the server's services; its hosted services are not running.</param>
/// <param name="Database">The database, up to date.</param>
/// <param name="Data">The data folder.</param>
internal sealed record OneShotCall(string[] Arguments, IServiceProvider Services, ServerDatabase Database, DataFolder Data);
