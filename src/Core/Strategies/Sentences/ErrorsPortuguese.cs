namespace Lastro.Core.Strategies;

internal static class ErrorsPortuguese
{
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
