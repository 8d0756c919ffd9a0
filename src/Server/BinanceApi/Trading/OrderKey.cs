using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Which order a request means.</summary>
internal static class OrderKey
{
    /// <param name="call">The request.</param>
    /// <param name="markets">The pairs.</param>
    /// <param name="id">What the order's id is called in this request.</param>
    /// <param name="name">What its name is called.</param>
    public static (WireOrderKey? Key, WireError? Error) Read(WireCall call, MarketsRoom markets, string id, string name)
    {
        var (instrument, unknown) = PairQuery.One(call.Parameters, markets);
        if (instrument is null) return (null, unknown);
        var (order, badId) = call.Parameters.Whole(id);
        if (badId is not null) return (null, badId);
        var (called, badName) = OrderTicket.Known(call.Parameters, name);
        if (badName is not null) return (null, badName);
        return order is null && called is null
            ? (null, WireRefusals.OneOf(name, id))
            : (new WireOrderKey(call.Caller.Account, instrument.Symbol.Value, order, called), null);
    }

    /// <summary>What a cancel is called: as sent, else a name made here.</summary>
    public static (string? Name, WireError? Error) Cancel(WireCall call, string parameter, TimeProvider clock)
    {
        var (name, error) = OrderTicket.Name(call.Parameters, parameter);
        return error is not null ? (null, error) : (name ?? New(clock), null);
    }

    /// <summary>A name that nobody has.</summary>
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>Of which orders a cancel is to take.</summary>
    public static (bool? PartFilled, WireError? Error) Restrictions(WireParameters sent) => sent["cancelRestrictions"] switch
    {
        null => (null, null),
        "ONLY_NEW" => (false, null),
        "ONLY_PARTIALLY_FILLED" => (true, null),
        _ => (null, new WireError(-1145, "Invalid cancelRestrictions")),
    };
}
