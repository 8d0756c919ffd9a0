namespace Lastro.Core.Strategies;

internal static class ErrorsSpanish
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
