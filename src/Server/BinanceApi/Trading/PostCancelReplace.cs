using System.Buffers;
using System.Text.Json;
using System.Text;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Cancels an order and places another, each with a result of its own. What the pair's rules refuse is refused before the cancel.</summary>
internal sealed class PostCancelReplace(WireOrders orders, MarketsRoom markets, DeleteOrder cancel) : IWireVerb
{
    private const int MatchingRefusal = -2010;

    public WireRoute Route { get; } = new("POST", "/api/v3/order/cancelReplace", WireSecurity.Trade, 1, "order.cancelReplace")
    {
        Orders = 1,
        EvenOverLimit = sent => sent["orderRateLimitExceededMode"] == "CANCEL_ONLY",
    };

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var (ticket, error) = OrderTicket.Read(call.Parameters, markets);
        if (ticket is null) return error;
        var (goesOn, badMode) = Mode(call.Parameters);
        if (badMode is not null) return badMode;
        var (wish, badCancel) = cancel.Read(call, "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId");
        if (wish is null) return badCancel;
        var placing = new WirePlacing(call.Caller.User, call.Caller.Account, ticket.Instrument.Symbol, [ticket.Wish]);
        if (await orders.Try(placing, cancellation) is { } early && WireRefusals.Of(early) is { Code: not MatchingRefusal } wrong) return wrong;

        // From here on it is carried out to the end: an order cancelled and its answer lost would be worse than a late answer.
        var (ended, kept) = await orders.Cancel(call.Caller.User, wish, cancellation);
        var notCanceled = kept is null ? null : DeleteOrder.Refusal(kept);
        var attempted = notCanceled is null || goesOn;
        var (report, refused) = attempted && call.OverLimit is null ? await orders.Place(placing, CancellationToken.None) : (null, null);
        var notPlaced = refused is not null ? WireRefusals.Of(refused) : attempted ? call.OverLimit : null;
        var done = new Outcome(ticket.Kind, ended, wish, notCanceled, report, notPlaced);
        if (notCanceled is null && notPlaced is null)
        {
            await Write(output, done);
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(1_024);
        await using (var data = new Utf8JsonWriter(buffer)) await Write(data, done);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        var tooMany = call.OverLimit is { } limit && !goesOn ? limit : null;
        return notCanceled is null || report is not null
            ? new WireError(-2021, "Order cancel-replace partially failed.", tooMany?.Status ?? 409, tooMany?.RetryAfterSeconds, text)
            : new WireError(-2022, "Order cancel-replace failed.", tooMany?.Status ?? 400, tooMany?.RetryAfterSeconds, text);
    }

    /// <summary>What came of both; none attempted has neither report nor error.</summary>
    private sealed record Outcome(
        AnswerKind Kind, IReadOnlyList<OrderFacts> Ended, WireCancel Wish, WireError? NotCanceled, WireReport? Report, WireError? NotPlaced);

    private async Task Write(Utf8JsonWriter output, Outcome done)
    {
        output.WriteStartObject();
        output.WriteString("cancelResult", done.NotCanceled is null ? "SUCCESS" : "FAILURE");
        output.WriteString("newOrderResult", done.Report is not null ? "SUCCESS" : done.NotPlaced is not null ? "FAILURE" : "NOT_ATTEMPTED");
        output.WritePropertyName("cancelResponse");
        if (done.NotCanceled is { } kept) WriteError(output, kept);
        else await cancel.Write(output, done.Ended, done.Wish, CancellationToken.None);
        output.WritePropertyName("newOrderResponse");
        if (done.Report is { } report) WireOrder.WritePlaced(output, report.Orders[0], report.Fills, done.Kind);
        else if (done.NotPlaced is { } refused) WriteError(output, refused);
        else output.WriteNullValue();
        output.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter output, WireError error)
    {
        output.WriteStartObject();
        output.WriteNumber("code", error.Code);
        output.WriteString("msg", error.Message);
        output.WriteEndObject();
    }

    private static (bool GoesOn, WireError? Error) Mode(WireParameters sent)
    {
        if (sent["orderRateLimitExceededMode"] is not (null or "DO_NOTHING" or "CANCEL_ONLY")) return (false, WireRefusals.Invalid("orderRateLimitExceededMode"));
        return sent["cancelReplaceMode"] switch
        {
            null => (false, WireError.Missing("cancelReplaceMode")),
            "STOP_ON_FAILURE" => (false, null),
            "ALLOW_FAILURE" => (true, null),
            _ => (false, WireRefusals.Invalid("cancelReplaceMode")),
        };
    }
}
