using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Places two orders of which one cancels the other, however a request names their parameters.</summary>
internal sealed class PlaceList(WireOrders orders, MarketsRoom markets, TimeProvider clock)
{
    /// <param name="call">The request.</param>
    /// <param name="legs">By side: the target's names and the stop's, or what is wrong with their types.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="cancellation">Ends it before the commit.</param>
    public async ValueTask<WireError?> Handle(
        WireCall call, Func<Side, (LegNames? Target, LegNames? Stop, WireError? Error)> legs, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (instrument, unknown) = PairQuery.One(call.Parameters, markets);
        if (instrument is null) return unknown;
        var (side, badSide) = OrderTicket.Side(call.Parameters);
        if (side is not { } way) return badSide;
        var quantity = OrderTicket.Numbers.Read(call.Parameters, "quantity");
        if (quantity is { Error: null, Value: null }) return WireError.Missing("quantity");
        var (target, stop, badTypes) = legs(way);
        if (badTypes is not null) return badTypes;
        var (first, badFirst) = Leg(call, target!, way, quantity);
        if (first is null) return badFirst;
        var (second, badSecond) = Leg(call, stop!, way, quantity);
        if (second is null) return badSecond;
        var (name, badName) = OrderTicket.Name(call.Parameters, "listClientOrderId");
        if (badName is not null) return badName;
        var (kind, badKind) = OrderTicket.Answer(call.Parameters, AnswerKind.Result);
        if (badKind is not null) return badKind;
        if ((OrderRules.Check(first.Terms, instrument, null) ?? OrderRules.Check(second.Terms, instrument, null)) is { } fault) return WireRefusals.Of(fault);
        var wish = new WirePlacing(call.Caller.User, call.Caller.Account, instrument.Symbol, [first, second]) { ListName = name ?? OrderKey.New(clock) };
        var (report, refused) = await orders.Place(wish, cancellation);
        if (report is null)
        {
            // Whichever of the two lies wrong, it is the prices of both that do not go together.
            var error = WireRefusals.Of(refused!);
            return error == WireError.WouldTake || error == WireError.WouldTrigger ? WireRefusals.BadRelation : error;
        }

        WireList.WritePlaced(output, report.Orders, kind);
        return null;
    }

    private (WireWish? Wish, WireError? Error) Leg(WireCall call, LegNames names, Side side, (decimal? Value, WireError? Error) quantity)
    {
        var (wish, error) = OrderTicket.Leg(call.Parameters, names, side, quantity);
        return wish is null ? (null, error) : (wish with { Name = wish.Name ?? OrderKey.New(clock) }, null);
    }
}
