using Lastro.Cli.CommandLine;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Strategies;

/// <summary>Strategy documents: files, or built-in ones by name.</summary>
internal static class StrategyFiles
{
    /// <summary>The checked strategy of a file or a name.</summary>
    /// <exception cref="RefusedException">Neither, or a document with errors: the first of them with its place, and how many there are more.</exception>
    public static Strategy Load(string given)
    {
        if (Read(given, out _, out var told) is { } strategy)
            return strategy;
        throw Refused(told);
    }

    /// <summary>The checked strategy of a file or a name; null with its errors when the document is refused, as they are and told with their place in the file.</summary>
    /// <exception cref="RefusedException">Neither a file nor a name.</exception>
    public static Strategy? Read(string given, out IReadOnlyList<RuleError> errors, out IReadOnlyList<string> told)
    {
        told = [];
        if (!File.Exists(given) && BuiltInStrategies.Find(given) is { } builtIn)
            return Strategy.Check(builtIn.Document, out errors);
        var json = Bytes(given);
        var strategy = Strategy.Read(json, out errors);
        if (strategy is null)
            told = [.. errors.Select(error => Told(given, json, error))];
        return strategy;
    }

    /// <summary>The first error of a document, and how many there are more.</summary>
    public static RefusedException Refused(IReadOnlyList<string> told) => new(told[0] + (told.Count > 1 ? $" (and {told.Count - 1} more)" : ""));

    // What is missing has no place of its own: it is missing from the first line on.
    private static string Told(string given, byte[] json, RuleError error)
    {
        var (line, column) = StrategyJson.Locate(json, error) ?? (1, 1);
        return $"{given}, line {line}, column {column}: {(error.Field.Length == 0 ? "" : error.Field + ": ")}{error.Message}";
    }

    private static byte[] Bytes(string given)
    {
        if (!File.Exists(given))
            throw new RefusedException($"{given} is no file and no built-in strategy; lastro strategy list shows those");
        try
        {
            return File.ReadAllBytes(given);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{given} cannot be read: {error.Message}");
        }
    }
}
