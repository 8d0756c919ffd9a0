using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The older way to place two orders: a limit maker and a stop.</summary>
internal sealed class PostOrderOco(PlaceList place) : IWireVerb
{
    private static readonly LegNames Target = new("limit") { Known = "LIMIT_MAKER", Price = "price", Stop = "", Trailing = "", Time = "" };
    private static readonly LegNames Stop = new("stop") { Known = "STOP_LOSS", Price = "stopLimitPrice", Stop = "stopPrice", Trailing = "trailingDelta", Time = "stopLimitTimeInForce" };
    private static readonly LegNames StopLimit = new("stop") { Known = "STOP_LOSS_LIMIT", Price = "stopLimitPrice", Stop = "stopPrice", Trailing = "trailingDelta", Time = "stopLimitTimeInForce" };

    public WireRoute Route { get; } = new("POST", "/api/v3/order/oco", WireSecurity.Trade, 1, "orderList.place") { Orders = 2 };

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) =>
        place.Handle(call, _ => (Target, call.Parameters[Stop.Price] is null ? Stop : StopLimit, null), output, cancellation);
}
