using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>
/// Kinds of placing that this exchange does not have; refused rather than carried out as something else. Our bracket is near to an OTOCO,
/// but its exits grow with each fill of the entry and sell what came in, where Binance waits for the last and sells what was asked.
/// </summary>
/// <param name="path">The call.</param>
/// <param name="name">Of the WebSocket API.</param>
/// <param name="orders">It counts as so many.</param>
internal sealed class PostForeignList(string path, string name, int orders) : IWireVerb
{
    public WireRoute Route { get; } = new("POST", path, WireSecurity.Trade, 1, name) { Orders = orders };

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) =>
        new(new WireError(-1020, "This operation is not supported."));
}
