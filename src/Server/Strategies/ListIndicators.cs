using System.ComponentModel.DataAnnotations;
using Lastro.Core.Indicators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>The catalog of indicators: what rules may call.</summary>
internal static class ListIndicators
{
    private static readonly Response _all = new([.. IndicatorCatalog.All.Select(Item.Of)]);

    /// <param name="Items">Chapter by chapter.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>One indicator.</summary>
    public sealed record Item
    {
        /// <summary>As rules call it.</summary>
        public required string Name { get; init; }

        /// <summary>In full, English.</summary>
        public required string Title { get; init; }

        /// <summary>Its chapter.</summary>
        public required IndicatorGroup Group { get; init; }

        /// <summary>What it is fed before its parameters.</summary>
        public required IndicatorInput Input { get; init; }

        public required IReadOnlyList<Parameter> Parameters { get; init; }

        public required IReadOnlyList<Output> Outputs { get; init; }

        /// <summary>In words and signs.</summary>
        public required string Formula { get; init; }

        /// <summary>Where the formula was published.</summary>
        public required string Source { get; init; }

        /// <summary>True: later candles change what was drawn; it may be drawn and not be used in a rule.</summary>
        public required bool Repaints { get; init; }

        public static Item Of(Indicator entry) => new()
        {
            Name = entry.Name,
            Title = entry.Title,
            Group = entry.Group,
            Input = entry.Input,
            Parameters = [.. entry.Parameters.Select(one => new Parameter(one.Name, one.Default, one.Least, one.Most, one.Whole))],
            Outputs = [.. entry.Outputs.Select(one => new Output(one.Name, one.Pane, one.WarmUp(entry.Defaults())))],
            Formula = entry.Formula,
            Source = entry.Source,
            Repaints = entry.Repaints,
        };
    }

    /// <param name="Name">As the documentation calls it.</param>
    /// <param name="Default">What to propose.</param>
    /// <param name="Least">Smallest, included.</param>
    /// <param name="Most">Greatest, included.</param>
    /// <param name="Whole">Only whole numbers.</param>
    public sealed record Parameter(string Name, double Default, double Least, double Most, bool Whole);

    /// <param name="Name">What stands behind the dot; the first needs none.</param>
    /// <param name="Pane">Where a chart draws it.</param>
    /// <param name="WarmUp">With the defaults: the first row, from 0, that can be known.</param>
    public sealed record Output([property: Required] string Name, IndicatorPane Pane, int WarmUp);

    public static Ok<Response> Route(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(_all);
    }
}
