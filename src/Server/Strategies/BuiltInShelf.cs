using System.Text.Json;
using Lastro.Core.Strategies;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Strategies;

/// <summary>The strategies that come with the server, by their ids and names.</summary>
internal static class BuiltInShelf
{
    private static readonly (BuiltInStrategy Core, KnownStrategy Known)[] _all =
        [.. BuiltInStrategies.All.Select(one => (one, new KnownStrategy(one.Id, 1, one.Document.Name, StrategyJson.Write(one.Document))))];

    public static Refused Fixed { get; } = new(ErrorCode.Forbidden, Detail: "A built-in strategy cannot be changed; save a copy of it.");

    public static KnownStrategy? Find(string id) => BuiltInStrategies.Find(id) is { } found ? Array.Find(_all, one => one.Core == found).Known : null;

    public static IEnumerable<StrategyView> All(string? language) => _all.Select(one => View(one.Known, language));

    public static StrategyView View(KnownStrategy known, string? code)
    {
        var (core, language) = (Array.Find(_all, one => one.Known == known).Core, SentenceLanguages.Of(code));
        return new StrategyView
        {
            Id = known.Id,
            Name = core.Title(language),
            Version = known.Version,
            BuiltIn = true,
            Description = core.Description(language),
            Document = JsonElement.Parse(known.Document),
            CreatedAt = null,
            UpdatedAt = null,
        };
    }
}
