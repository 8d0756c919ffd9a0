
namespace Lastro.Server.Tests.BinanceApi.Trading;

/// <summary>What is refused, by which code and in which words. One market for all: nothing of this is placed.</summary>
public sealed class OrderTicketTests
{
    /// <summary>Code and words by the fields of POST order; the pair is BTCUSDT unless said. Sources: errors.md and filters.md of Binance's API docs.</summary>
    private static readonly (string Fields, int Code, string Message)[] Refusals =
    [
        ("", -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed."),
        ("side=BUY", -1102, "Mandatory parameter 'type' was not sent, was empty/null, or malformed."),
        ("side=HOLD&type=MARKET&quantity=1", -1117, "Invalid side."),
        ("side=BUY&type=ICEBERG&quantity=1", -1116, "Invalid orderType."),
        ("side=BUY&type=LIMIT&quantity=1&price=50000", -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed."),
        ("side=BUY&type=LIMIT&timeInForce=GTD&quantity=1&price=50000", -1115, "Invalid timeInForce."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&price=50000", -1102, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1", -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50000&stopPrice=1", -1106, "Parameter 'stopPrice' sent when not required."),
        ("side=BUY&type=LIMIT_MAKER&timeInForce=GTC&quantity=1&price=50000", -1106, "Parameter 'timeInForce' sent when not required."),
        ("side=BUY&type=MARKET", -1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!"),
        ("side=BUY&type=MARKET&quantity=1&quoteOrderQty=5", -1106, "Parameter 'quoteOrderQty' sent when not required."),
        ("side=BUY&type=MARKET&quantity=1&price=5", -1106, "Parameter 'price' sent when not required."),
        ("side=BUY&type=MARKET&quantity=1&timeInForce=GTC", -1106, "Parameter 'timeInForce' sent when not required."),
        ("side=BUY&type=STOP_LOSS&quantity=1", -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!"),
        ("side=BUY&type=MARKET&quantity=abc", -1100, "Illegal characters found in parameter 'quantity'."),
        ("side=BUY&type=MARKET&quantity=-1", -1100, @"Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'."),
        ("side=BUY&type=MARKET&quantity=0", -1013, "Invalid quantity."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0", -1013, "Invalid price."),
        ("side=BUY&type=MARKET&quantity=0.123456789", -1111, "Parameter 'quantity' has too much precision."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50000.123456789", -1111, "Parameter 'price' has too much precision."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50000.001", -1013, "Filter failure: PRICE_FILTER"),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=2000000000", -1013, "Filter failure: PRICE_FILTER"),
        ("side=BUY&type=STOP_LOSS&quantity=1&stopPrice=70000.001", -1013, "Filter failure: PRICE_FILTER"),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00000001&price=50000", -1013, "Filter failure: LOT_SIZE"),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=99999999999&price=50000", -1013, "Filter failure: LOT_SIZE"),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00001&price=50000", -1013, "Filter failure: NOTIONAL"),
        ("side=BUY&type=MARKET&quantity=0.00001", -1013, "Filter failure: NOTIONAL"),
        ("side=BUY&type=MARKET&quoteOrderQty=0.01", -1013, "Filter failure: NOTIONAL"),
        ("side=BUY&type=STOP_LOSS&quantity=1&trailingDelta=0", -1013, "Filter failure: TRAILING_DELTA"),
        ("side=BUY&type=STOP_LOSS&quantity=1&trailingDelta=6000", -1013, "Filter failure: TRAILING_DELTA"),
        ("side=BUY&type=STOP_LOSS&quantity=1&trailingDelta=100&stopPrice=70000", -1014, "Unsupported order combination."),
        ("side=BUY&type=STOP_LOSS_LIMIT&timeInForce=GTC&price=1&quantity=1&trailingDelta=100", -1014, "Unsupported order combination."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50000&icebergQty=0.5", -1013, "Iceberg orders are not supported for this symbol."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=50000&pegPriceType=PRIMARY_PEG", -1013, "Pegged orders are not supported for this symbol."),
        ("side=BUY&type=MARKET&quantity=1&selfTradePreventionMode=EXPIRE_TAKER", -1013, "This symbol does not allow the specified self-trade prevention mode."),
        ("side=BUY&type=MARKET&quantity=1&strategyType=5", -1134, "`strategyType` was less than 1000000."),
        ("side=BUY&type=MARKET&quantity=1&newOrderRespType=ALL", -1130, "Data sent for parameter 'newOrderRespType' is not valid."),
        ("side=BUY&type=MARKET&quantity=1&newClientOrderId=a%20b", -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_.:/]{1,36}$'."),
        ("side=SELL&type=MARKET&quantity=1", -2010, "Account has insufficient balance for requested action."),
        ("side=BUY&type=LIMIT&timeInForce=GTC&quantity=999&price=50000", -2010, "Account has insufficient balance for requested action."),
        ("side=BUY&type=LIMIT_MAKER&quantity=1&price=60010", -2010, "Order would immediately match and take."),
        ("side=BUY&type=STOP_LOSS&quantity=1&stopPrice=60000", -2010, "Stop price would trigger immediately."),
        ("side=SELL&type=TAKE_PROFIT&quantity=1&trailingDelta=100&stopPrice=60000", -2010, "Stop price would trigger immediately."),
    ];

    [Fact]
    public async Task Refusals_have_Binances_codes_and_words()
    {
        await using var market = await WireTrader.Market("--BinanceApi:Orders10s", "0");
        var trader = await WireTrader.New(market.Host);
        foreach (var (fields, code, message) in Refusals)
        {
            var answer = await trader.Place(fields);
            (answer.Status, answer["code"], answer["msg"]).ShouldBe((400, code.ToString(), message), fields);

            // The test call gives the same, but for what only the book or the balance would refuse.
            var tried = await trader.Post("/api/v3/order/test", "symbol=BTCUSDT&" + fields);
            if (code == -2010) tried.Ok().Body.ToString().ShouldBe("{}");
            else (tried.Status, tried["code"], tried["msg"]).ShouldBe((400, code.ToString(), message), fields);
        }

        (await trader.Post("/api/v3/order", "side=BUY&type=MARKET&quantity=1")).ShouldFail(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
        (await trader.Post("/api/v3/order", "symbol=NOPE&side=BUY&type=MARKET&quantity=1")).ShouldFail(-1121, "Invalid symbol.");
        foreach (var (path, name) in new[] { ("order", "origClientOrderId"), ("orderList", "listClientOrderId"), ("orderList", "origClientOrderId") })
        {
            (await trader.Get($"/api/v3/{path}", $"symbol=BTCUSDT&{name}=a%20b"))
                .ShouldFail(-1100, $"Illegal characters found in parameter '{name}'; legal range is '^[a-zA-Z0-9-_.:/]{{1,36}}$'.");
        }

        (await trader.Get("/api/v3/order", "symbol=BTCUSDT")).ShouldFail(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        (await trader.Get("/api/v3/allOrders", "symbol=BTCUSDT&startTime=1000&endTime=90000000")).ShouldFail(-1127, "More than 24 hours between startTime and endTime.");
        (await trader.Get("/api/v3/allOrders", "symbol=BTCUSDT")).Ok().Body.GetArrayLength().ShouldBe(0);

        // The replay ends: nobody can trade any more.
        market.State(Lastro.Exchanges.Shared.PriceSourceState.Ended);
        (await trader.Place("side=BUY&type=MARKET&quantity=1")).ShouldFail(-1013, "Market is closed.");
    }

    [Fact]
    public async Task Unknown_parameters_and_numbers_in_any_notation_are_taken()
    {
        await using var market = await WireTrader.Market();
        var trader = await WireTrader.New(market.Host);

        (await trader.Place("side=BUY&type=MARKET&quantity=1e-2&icebergQty=0&selfTradePreventionMode=NONE&brokerId=x&whatever=")).Ok()["executedQty"].ShouldBe("0.01000000");
        (await trader.Place("side=BUY&type=MARKET&quantity=0.010000000000")).Ok();
        var rates = (await trader.Post("/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&computeCommissionRates=true")).Ok();
        rates.Body.GetProperty("standardCommissionForOrder").GetProperty("taker").GetString().ShouldBe("0.00100000");
        rates.Fields.ShouldBe(["standardCommissionForOrder", "specialCommissionForOrder", "taxCommissionForOrder", "discount"]);
    }

    /// <summary>Well-formed orders with numbers from the edges: whatever they come to, it is in words of the wire and the ledger stays sound.</summary>
    [Fact]
    public async Task Numbers_from_the_edges_are_answered_in_words()
    {
        string[] types = ["LIMIT", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT", "LIMIT_MAKER"];
        string[] numbers =
        [
            "0", "0.00000001", "0.01", "1", "60000", "60000.01", "59990", "60010", "999999999.99", "1000000000", "1000000001", "9000000000", "1e28", "79228162514264337593543950335",
            "1e-28", "1e400", "", "-0", "1E2", "0.1",
        ];
        await using var market = await WireTrader.Market("--BinanceApi:Orders10s", "0", "--BinanceApi:OrdersPerDay", "0", "--BinanceApi:WeightPerMinute", "0");
        var trader = await WireTrader.New(market.Host);
        await trader.Stock("1");
#pragma warning disable RS0030 // A seed is given.
        var chance = new Random(7);
#pragma warning restore RS0030
        var (placed, refused) = (0, 0);
        for (var number = 0; number < 1_500; number++)
        {
            var type = Any(types);
            var fields = $"symbol=BTCUSDT&side={Any("BUY", "SELL")}&type={type}&quantity={Any(numbers)}";
            if (type.Contains("LIMIT", StringComparison.Ordinal)) fields += $"&price={Any(numbers)}";
            if (type is "LIMIT" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT_LIMIT") fields += $"&timeInForce={Any("GTC", "IOC", "FOK")}";
            if (type == "MARKET" && chance.Next(2) == 0) fields = fields.Replace("quantity", "quoteOrderQty", StringComparison.Ordinal);
            if (type is not ("LIMIT" or "MARKET" or "LIMIT_MAKER")) fields += chance.Next(3) == 0 ? $"&trailingDelta={Any("1", "100", "5000", "9223372036854775807")}" : $"&stopPrice={Any(numbers)}";
            var answer = number % 5 == 0
                ? await trader.Post("/api/v3/orderList/oco", fields.Replace("&type=", "&aboveType=", StringComparison.Ordinal).Replace("&price=", "&abovePrice=", StringComparison.Ordinal)
                    + $"&belowType=STOP_LOSS&belowStopPrice={Any(numbers)}&aboveStopPrice={Any(numbers)}")
                : await trader.Post("/api/v3/order", fields);
            answer.Status.ShouldBeLessThan(500, $"{fields}: {answer.Body}");
            (placed, refused) = answer.Status == 200 ? (placed + 1, refused) : (placed, refused + 1);
        }

        placed.ShouldBeGreaterThan(30);
        refused.ShouldBeGreaterThan(300);
        await market.ShouldBeSound();

        string Any(params string[] from) => from[chance.Next(from.Length)];
    }
}
