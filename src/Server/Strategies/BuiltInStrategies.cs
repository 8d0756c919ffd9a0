using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Strategies;

/// <summary>The documents that come with the server, by their names.</summary>
internal static class BuiltInStrategies
{
    public static IReadOnlyList<KnownStrategy> All { get; } = [];

    public static Refused Fixed { get; } = new(ErrorCode.Forbidden, Detail: "A built-in strategy cannot be changed; save a copy of it.");

    public static KnownStrategy? Find(string id) => All.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase));
}
