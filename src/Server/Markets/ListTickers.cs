using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>The rolling 24 hours of all pairs, or of those named.</summary>
internal static class ListTickers
{
    public static Results<Ok<TickersAnswer>, ProblemHttpResult> Handle(MarketBoard board, string? symbols = null)
    {
        var desks = board.Desks.OrderBy(desk => desk.Symbol.Value, StringComparer.Ordinal).ToList();
        if (symbols is not null)
        {
            desks = [];
            foreach (var name in symbols.Split(','))
            {
                if (!Symbol.TryParse(name, out var symbol) || board.Find(symbol) is not { } desk)
                    return Problems.Result(new Refused(ErrorCode.UnknownSymbol, Field: "symbols", Value: name, Detail: "The price source has no such pair."));
                desks.Add(desk);
            }
        }

        return TypedResults.Ok(new TickersAnswer(board.Stamp()) { Items = [.. desks.Select(desk => Tickers.Of(desk, withSpark: true))] });
    }
}
