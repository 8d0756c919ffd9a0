using System.ComponentModel.DataAnnotations;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Lastro.Server.Strategies;

/// <summary>Settings under <c>Strategies</c>.</summary>
internal sealed record StrategiesOptions
{
    /// <summary>Strategies one user may keep.</summary>
    [Range(1, 100_000)]
    public int PerUser { get; init; } = 100;

    /// <summary>Versions one strategy may have.</summary>
    [Range(1, 100_000)]
    public int VersionsPerStrategy { get; init; } = 500;

    /// <summary>Bytes of all documents of all versions of one user.</summary>
    [Range(1_000, 10_000_000_000)]
    public long BytesPerUser { get; init; } = 20_000_000;
}

/// <summary>A strategy as it was at one version, for other rooms.</summary>
/// <param name="Id">UUID, or a built-in's name.</param>
/// <param name="Version">1 and up; a built-in has 1 only.</param>
/// <param name="Name">For people.</param>
/// <param name="Document">JSON as Core writes it.</param>
internal sealed record KnownStrategy(string Id, int Version, string Name, string Document);

/// <summary>Rules without an error.</summary>
/// <param name="Name">The document's.</param>
/// <param name="Timeframe">Of the candles they look at.</param>
/// <param name="Text">The document as Core writes it: equal rules are equal texts.</param>
internal sealed record GoodRules(string Name, Timeframe Timeframe, string Text);

/// <summary>Why rules hold or do not at one candle: syntax trees with the value of each part.</summary>
/// <param name="OpenTime">Of the candle.</param>
/// <param name="Enter">Core's tree as JSON.</param>
/// <param name="Exit">The same; null where the strategy has no exit rule.</param>
internal sealed record RuleReasons(DateTimeOffset OpenTime, System.Text.Json.JsonElement Enter, System.Text.Json.JsonElement? Exit);

/// <summary>What other rooms may ask about strategies.</summary>
internal sealed class StrategyShelf(StrategyStore store, RuleDesk rules)
{
    /// <summary>One version of a strategy of the user or of a built-in, the newest where none is named; null when there is none.</summary>
    public Task<KnownStrategy?> Find(UserId user, string id, int? version, CancellationToken cancellation) =>
        BuiltInShelf.Find(id) is { } known
            ? Task.FromResult(version is null or 1 ? known : null)
            : store.Find(user, id, version, cancellation);

    /// <summary>Rules that may be run, with other values for some inputs; or why not.</summary>
    public static (GoodRules? Rules, Platform.Errors.Refused? Refused) Check(System.Text.Json.JsonElement document, IReadOnlyDictionary<string, double>? inputs) =>
        RuleDesk.Read(document, inputs);

    /// <summary>Why or why not at one candle of a run that begins at <paramref name="fromMs"/>.</summary>
    public Task<(RuleReasons? Reasons, Platform.Errors.Refused? Refused)> Explain(string document, Symbol symbol, DateTimeOffset openTime, long fromMs, CancellationToken cancellation) =>
        rules.Explain(System.Text.Json.JsonElement.Parse(document), symbol, openTime, fromMs, cancellation);

    /// <summary>Candles before the first one that counts, with which a run warms up.</summary>
    public static int WarmUpRows(Core.Strategies.Strategy strategy) => RuleDesk.WarmUpRows(strategy);
}

/// <summary>The door: rules that users write, check, look at on the chart and keep.</summary>
internal static class StrategiesRoom
{
    /// <summary>Longest body of a request with a document, bytes.</summary>
    private const int LongestBody = 262_144;

    public static IServiceCollection AddStrategies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StrategiesOptions>().Bind(configuration.GetSection("Strategies")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StrategyStore>().AddSingleton<RuleDesk>().AddSingleton<StrategyShelf>();
        services.AddSingleton<ListStrategies>().AddSingleton<SaveStrategy>().AddSingleton<ShowStrategy>().AddSingleton<ChangeStrategy>().AddSingleton<DeleteStrategy>();
        return services.AddSingleton<ListVersions>().AddSingleton<ShowVersion>().AddSingleton<RestoreVersion>().AddSingleton<CompareVersions>();
    }

    public static IEndpointRouteBuilder MapStrategies(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/indicators", ListIndicators.Route).WithTags("strategies").WithName("indicators").AllowAnonymous();
        var group = routes.MapGroup("/api/v1/strategies").WithTags("strategies").RequireAuthorization(Policies.Signed)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        group.MapGet("", ListStrategies.Route).WithName("strategies");
        group.MapPost("", SaveStrategy.Route).WithName("saveStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapPost("/check", CheckStrategy.Route).WithName("checkStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapPost("/preview", PreviewStrategy.Route).WithName("previewStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapPost("/explain", ExplainStrategy.Route).WithName("explainStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapGet("/{id}", ShowStrategy.Route).WithName("strategy");
        group.MapPut("/{id}", ChangeStrategy.Route).WithName("changeStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapDelete("/{id}", DeleteStrategy.Route).WithName("deleteStrategy");
        group.MapGet("/{id}/versions", ListVersions.Route).WithName("strategyVersions");
        group.MapGet("/{id}/versions/{version:int}", ShowVersion.Route).WithName("strategyVersion");
        group.MapPost("/{id}/restore", RestoreVersion.Route).WithName("restoreStrategy").RequireRateLimiting(RateLimits.Lab);
        group.MapGet("/{id}/diff", CompareVersions.Route).WithName("strategyDiff");
        return routes;
    }
}
