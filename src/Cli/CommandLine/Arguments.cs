using System.Globalization;

namespace Lastro.Cli.CommandLine;

/// <summary>What a command was given.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    private Arguments(Command command) => Command = command;

    public Command Command { get; }

    /// <summary>The words besides options, in order.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Reads what follows a command's name: <c>--name value</c>, <c>--name=value</c>, words in between; after <c>--</c> only words.</summary>
    /// <exception cref="UsageException">An option it does not have, a value missing or too many, words missing or too many.</exception>
    public static Arguments Read(Command command, ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(command);
        var plain = false;
        for (var at = 0; at < given.Length; at++)
        {
            var word = given[at];
            if (plain || !word.StartsWith("--", StringComparison.Ordinal))
                arguments.Words.Add(word);
            else if (word == "--")
                plain = true;
            else
                at += arguments.Take(word, at + 1 < given.Length ? given[at + 1] : null);
        }

        var missing = command.Options.FirstOrDefault(option => option.Needed && !arguments._values.ContainsKey(option.Name));
        if (missing is not null)
            throw new UsageException($"{missing.Name} {missing.Value} is needed");
        if (arguments.Words.Count < command.Words.Least)
            throw new UsageException($"{command.Takes} is needed");
        if (arguments.Words.Count > command.Words.Most)
            throw new UsageException($"'{arguments.Words[command.Words.Most]}' is one word too many");
        return arguments;
    }

    public bool Has(string option) => _values.ContainsKey(option);

    /// <summary>The option's value; null when it was not given.</summary>
    public string? Text(string option) => _values.TryGetValue(option, out var values) ? values[^1] : null;

    /// <summary>All values of an option that may be given often.</summary>
    public IReadOnlyList<string> Texts(string option) => _values.TryGetValue(option, out var values) ? values : [];

    /// <summary>A number within bounds; the default when the option was not given.</summary>
    public double Number(string option, double otherwise, double least, double most)
    {
        if (Text(option) is not { } text)
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new UsageException($"{option} '{text}' is no number{Bounds(least, most)}");
    }

    /// <summary>A whole number within bounds; the default when the option was not given.</summary>
    public int Count(string option, int otherwise, int least, int most)
    {
        if (Text(option) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new UsageException($"{option} '{text}' is no whole number{Bounds(least, most)}");
    }

    /// <summary>A moment in Unix milliseconds: an ISO 8601 date or time, UTC unless it says otherwise; the default when the option was not given.</summary>
    public long Time(string option, long otherwise)
    {
        if (Text(option) is not { } text)
            return otherwise;
        string[] forms =
        [
            "yyyy-MM-dd", "yyyy-MM", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
        ];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new UsageException($"{option} '{text}' is no ISO 8601 time (2024-01-31 or 2024-01-31T12:00:00Z)");
    }

    /// <summary>Takes an option and says how many words of the rest were its value.</summary>
    private int Take(string word, string? next)
    {
        var cut = word.IndexOf('=', StringComparison.Ordinal);
        var name = cut < 0 ? word : word[..cut];
        var option = Command.Options.FirstOrDefault(option => option.Name == name) ?? throw new UsageException($"there is no option {name}");
        string? value = cut < 0 ? null : word[(cut + 1)..];
        var used = 0;
        if (option.Value is null && value is not null)
            throw new UsageException($"{name} takes no value");
        if (option.Value is not null && value is null)
            (value, used) = (next ?? throw new UsageException($"{name} needs {option.Value}"), 1);
        if (!_values.TryGetValue(name, out var values))
            _values[name] = values = [];
        else if (!option.Many)
            throw new UsageException($"{name} is given twice");
        values.Add(value ?? "");
        return used;
    }

    private static string Bounds(double least, double most) => double.IsFinite(most)
        ? string.Create(CultureInfo.InvariantCulture, $" from {least:R} to {most:R}")
        : string.Create(CultureInfo.InvariantCulture, $" from {least:R} on");
}
