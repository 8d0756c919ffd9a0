using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Two orders, named after where they lie: the one above and the one below.</summary>
internal sealed class PostOrderListOco(PlaceList place) : IWireVerb
{
    private static readonly LegNames Above = new("above");
    private static readonly LegNames Below = new("below");

    public WireRoute Route { get; } = new("POST", "/api/v3/orderList/oco", WireSecurity.Trade, 1, "orderList.place.oco") { Orders = 2 };

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) =>
        place.Handle(call, side => Legs(call.Parameters, side), output, cancellation);

    /// <summary>A sell gains above and stops below, a buy the other way round.</summary>
    private static (LegNames? Target, LegNames? Stop, WireError? Error) Legs(WireParameters sent, Side side)
    {
        if (sent[Above.Type] is not { } above) return (null, null, WireError.Missing(Above.Type));
        if (sent[Below.Type] is not { } below) return (null, null, WireError.Missing(Below.Type));
        if (Kind(above) is not { } high || Kind(below) is not { } low) return (null, null, new WireError(-1158, "Order type not supported in OCO."));
        if (high == LegKind.Limit && low == LegKind.Limit) return (null, null, new WireError(-1168, "At least one OCO order must be contingent."));
        var sells = side == Side.Sell;
        var (target, stop) = sells ? (high, low) : (low, high);
        if (stop == LegKind.Limit) return (null, null, sells ? new WireError(-1166, "A limit order in a sell OCO must be above.") : new WireError(-1165, "A limit order in a buy OCO must be below."));
        if (target == LegKind.Stop)
            return (null, null, sells ? new WireError(-1197, "A stop loss order in a sell OCO must be below.") : new WireError(-1196, "A stop loss order in a buy OCO must be above."));
        if (stop == LegKind.Profit)
            return (null, null, sells ? new WireError(-1199, "A take profit order in a sell OCO must be above.") : new WireError(-1198, "A take profit order in a buy OCO must be below."));
        return sells ? (Above, Below, null) : (Below, Above, null);
    }

    private static LegKind? Kind(string type) => type switch
    {
        "LIMIT_MAKER" => LegKind.Limit,
        "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT" => LegKind.Profit,
        "STOP_LOSS" or "STOP_LOSS_LIMIT" => LegKind.Stop,
        _ => null,
    };

    private enum LegKind
    {
        Limit,
        Profit,
        Stop,
    }
}
