using Lastro.Cli.CommandLine;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Strategies;

/// <summary>Strategy documents: files, or built-in ones by name.</summary>
internal static class StrategyFiles
{
    /// <summary>The checked strategy of a file or a name.</summary>
    /// <exception cref="RefusedException">Neither, or a document with errors: the first of them with its place.</exception>
    public static Strategy Load(string given) => Read(given, out var errors) ?? throw Refused(given, errors);

    /// <summary>The checked strategy of a file or a name; null with its errors when the document is refused.</summary>
    /// <exception cref="RefusedException">Neither a file nor a name.</exception>
    public static Strategy? Read(string given, out IReadOnlyList<RuleError> errors)
    {
        if (!File.Exists(given) && BuiltInStrategies.Find(given) is { } builtIn)
            return Strategy.Check(builtIn.Document, out errors);
        return Strategy.Read(Bytes(given), out errors);
    }

    /// <summary>The first error of a document with its place, and how many there are more.</summary>
    public static RefusedException Refused(string given, IReadOnlyList<RuleError> errors) =>
        new($"{given}, {errors[0]}{(errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "")}");

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
