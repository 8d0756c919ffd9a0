using System.Text.Json;

namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>Every answer beside one recorded from Binance: the same fields with the same JSON types, and no others but those Binance has added since.</summary>
public sealed class RecordedShapesTests
{
    private const string Recorded = "data/payloads/jkorf_binance.net.jsonl.gz";

    /// <summary>In Binance's documentation since the recordings were made.</summary>
    private static readonly string[] Younger = ["origQuoteOrderQty", "selfTradePreventionMode", "workingTime", "specialCommissionForOrder"];

    /// <summary>Fields of what this exchange does not have, or that go with a request or an order other than the one tried here.</summary>
    private static readonly string[] Conditional = ["preventedMatchId", "preventedQuantity", "icebergQty", "strategyId", "strategyType", "trailingDelta", "trailingTime", "stopPrice", "expiryReason"];

    [SharedFact(Recorded)]
    public async Task Answers_have_the_fields_and_types_recorded_from_Binance()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        Compare("Endpoints/Spot/Trading/PlaceOrder.txt", (await trader.Place("side=BUY&type=MARKET&quantity=3")).Ok());
        var order = (await trader.Buy("mine")).Ok();
        Compare("Endpoints/Spot/Trading/GetOrder.txt", await trader.Order(order.Id), "stopPrice", "icebergQty");
        Compare("Endpoints/Spot/Trading/GetOrders.txt", await trader.Get("/api/v3/allOrders", "symbol=BTCUSDT"), "stopPrice", "icebergQty");
        Compare("Endpoints/Spot/Trading/CancelOrder.txt", await trader.Delete("/api/v3/order", $"symbol=BTCUSDT&orderId={order.Id}"));
        order = (await trader.Buy("mine")).Ok();
        Compare("Socket/Spot/Trading/ReplaceOrder.txt", await trader.Post(
            "/api/v3/order/cancelReplace",
            $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=51000&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={order.Id}&newOrderRespType=RESULT"));
        Compare("Endpoints/Spot/Trading/CancelAllOrders.txt", await trader.Delete("/api/v3/openOrders", "symbol=BTCUSDT"));
        var list = await trader.Post(
            "/api/v3/orderList/oco",
            "symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice=65000&belowType=STOP_LOSS_LIMIT&belowTimeInForce=GTC&belowPrice=54000&belowStopPrice=55000");
        Compare("Endpoints/Spot/Trading/PlaceOcoOrderList.txt", list);
        Compare("Socket/Spot/Trading/PlaceOcoOrder.txt", list);
        Compare("Endpoints/Spot/Trading/GetOpenOcoOrders.txt", await trader.Get("/api/v3/openOrderList"));
        Compare("Endpoints/Spot/Trading/GetOcoOrders.txt", await trader.Get("/api/v3/allOrderList"));
        Compare("Endpoints/Spot/Trading/CancelOcoOrder.txt", await trader.Delete("/api/v3/orderList", $"symbol=BTCUSDT&orderListId={list["orderListId"]}"));
        Compare("Socket/Spot/Trading/PlaceTestOrder.txt", await trader.Post("/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&computeCommissionRates=true"));
    }

    [SharedFact("data/payloads/gct_binance_spot.jsonl.gz")]
    public async Task Older_recordings_of_orders_have_nothing_that_is_absent_here()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);
        (await trader.Buy()).Ok();
        var seen = 0;
        foreach (var line in SharedData.Lines("data/payloads/gct_binance_spot.jsonl.gz").Where(line => line.Contains("/api/v3/allOrders", StringComparison.Ordinal) || line.Contains("/api/v3/openOrders", StringComparison.Ordinal)))
        {
            var recorded = JsonSerializer.Deserialize<JsonElement>(line);
            var ours = (await trader.Get(recorded.GetProperty("path").GetString()!, "symbol=BTCUSDT")).Ok().Body[0];
            foreach (var field in recorded.GetProperty("data")[0].EnumerateObject()) Kind(ours.GetProperty(field.Name)).ShouldBe(Kind(field.Value), field.Name);
            seen++;
        }

        seen.ShouldBe(2);
    }

    private static void Compare(string recording, WireAnswer answer, params string[] always)
    {
        var text = SharedData.Lines(Recorded).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Single(one => one.GetProperty("path").GetString() == "Binance.Net.UnitTests/" + recording).GetProperty("text").GetString()!;
        var recorded = JsonSerializer.Deserialize<JsonElement>(text[text.IndexOf('\n', text.IndexOfAny(['{', '['], text.StartsWith('>') ? text.IndexOf('=') : 0) - 1)..].Trim());
        if (recorded.ValueKind == JsonValueKind.Object && recorded.TryGetProperty("result", out var result)) recorded = result;
        Compare(recording, recorded, answer.Ok().Body, [.. Conditional.Except(always)]);
    }

    private static void Compare(string at, JsonElement recorded, JsonElement ours, string[] conditional)
    {
        Kind(ours).ShouldBe(Kind(recorded), at);
        if (recorded.ValueKind == JsonValueKind.Array)
        {
            if (recorded.GetArrayLength() > 0) ours.GetArrayLength().ShouldBeGreaterThan(0, at);
            for (var index = 0; index < Math.Min(recorded.GetArrayLength(), ours.GetArrayLength()); index++) Compare($"{at}[{index}]", recorded[index], ours[index], conditional);
        }

        if (recorded.ValueKind != JsonValueKind.Object) return;
        string[] known = [.. recorded.EnumerateObject().Select(field => field.Name)];
        string[] here = [.. ours.EnumerateObject().Select(field => field.Name)];
        here.Except(known).Except(conditional).Except(Younger).ShouldBeEmpty(at);
        known.Except(here).Except(conditional).ShouldBeEmpty(at);
        foreach (var name in known.Intersect(here)) Compare($"{at}.{name}", recorded.GetProperty(name), ours.GetProperty(name), conditional);
    }

    private static string Kind(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
