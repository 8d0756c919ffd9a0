using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The book's best levels. <c>lastUpdateId</c> is the number of the last change in it, of the same count as the changes of the streams.</summary>
internal sealed class DepthBook(MarketsRoom markets) : IWireVerb
{
    private const int Usual = 100;
    private const int Most = 5_000;

    public WireRoute Route { get; } = new("GET", "/api/v3/depth", WireSecurity.None, 5, "depth")
    {
        WeightOf = parameters => WireNumbers.Limit(parameters, Usual, Most).Value switch { <= 100 => 5, <= 500 => 25, <= 1_000 => 50, _ => 250 },
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (pair, error) = PairQuery.One(call.Parameters, markets);
        if (pair is null) return error;
        var (limit, bad) = WireNumbers.Limit(call.Parameters, Usual, Most);
        if (bad is not null) return bad;

        var book = await markets.Book(pair.Symbol, limit, cancellation);
        output.WriteStartObject();
        output.WriteNumber("lastUpdateId"u8, book.UpdateId);
        Write(output, "bids", book.Bids);
        Write(output, "asks", book.Asks);
        output.WriteEndObject();
        return null;
    }

    private static void Write(Utf8JsonWriter output, string name, IReadOnlyList<BookLevel> levels)
    {
        output.WriteStartArray(name);
        foreach (var level in levels)
        {
            output.WriteStartArray();
            output.WriteAmountValue(level.Price.Value);
            output.WriteAmountValue(level.Quantity.Value);
            output.WriteEndArray();
        }

        output.WriteEndArray();
    }
}
