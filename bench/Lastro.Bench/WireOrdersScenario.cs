using System.Globalization;
using System.Text;

namespace Lastro.Bench;

/// <summary>POST order of Binance's wire beside the product's own POST /orders: the same orders, the same connections, turn by turn.</summary>
internal static class WireOrdersScenario
{
    private const int Users = 64;
    private static long _name;

    public static async Task Run(string shared)
    {
        await using var rig = await ServerRig.Start();
        var traders = new List<(BenchTrader Own, BenchKey Key)>();
        for (var user = 0; user < Users; user++)
        {
            var trader = await rig.Register();
            traders.Add((trader, await ServerRig.NewKey(trader)));
        }

        var (own, wire) = (new List<double>(), new List<double>());
        _ = await OrdersScenario.Rate(Users, caller => Wire(traders[caller].Own, traders[caller].Key));

        // Turn by turn, so that a machine that changes its mind changes it for both.
        for (var round = 0; round < 3; round++)
        {
            own.Add(await OrdersScenario.Rate(Users, caller => OrdersScenario.Post(traders[caller].Own)));
            wire.Add(await OrdersScenario.Rate(Users, caller => Wire(traders[caller].Own, traders[caller].Key)));
        }

        var (mine, theirs) = (OrdersScenario.Middle(own), OrdersScenario.Middle(wire));
        Console.WriteLine($"POST /binance/api/v3/order, 64 connections, signing client in this process: {theirs:F0}/s | POST /api/v1/orders {mine:F0}/s | {theirs / mine:P0} | wanted >= 50 %");
    }

    /// <summary>As a bot does it: a name of its own for every order, parameters in a form body.</summary>
    private static async Task Wire(BenchTrader trader, BenchKey key)
    {
        var name = Interlocked.Increment(ref _name);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var body = string.Create(CultureInfo.InvariantCulture, $"timestamp={now}&recvWindow=60000&symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.006&price=1000&newClientOrderId=x-{name}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/binance/api/v3/order") { Content = new StringContent($"{body}&signature={key.Sign(body)}", Encoding.ASCII, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-MBX-APIKEY", key.Key);
        using var answer = await trader.Client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
