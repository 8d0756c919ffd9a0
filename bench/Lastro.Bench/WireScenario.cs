using Lastro.Bounds;

namespace Lastro.Bench;

/// <summary>Binance's wire over HTTP: a price and a signed account, beside bare endpoints that answer as much.</summary>
internal static class WireScenario
{
    private const int Connections = 64;
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(3);

    public static async Task Run(string shared)
    {
        // The weight is counted, but never used up.
        await using var rig = await ServerRig.Start("--BinanceApi:WeightPerMinute", "1000000000");
        var (product, key) = (rig.Address, await ServerRig.NewKey(await rig.Register()));
        await using var bare = await BareEndpoints.Start(key.Key, key.Secret, balances: 2);
        await Compare("ticker/price", (product, () => Get(product, "/binance/api/v3/ticker/price?symbol=BTCUSDT")), (bare.Address, () => Get(bare.Address, "/price?symbol=BTCUSDT")), 0.60);
        await Compare(
            "account, signed", (product, () => Get(product, "/binance/api/v3/account" + Signed(key), key.Key)), (bare.Address, () => Get(bare.Address, "/account" + Signed(key), key.Key)), 0.15);
    }

    /// <summary>Rounds in turn, so that a machine that changes its mind changes it for both.</summary>
    private static async Task Compare(string what, (Uri Address, Func<string> Request) product, (Uri Address, Func<string> Request) bare, double wanted)
    {
        _ = await RawLoad.Rate(bare.Address, bare.Request(), Connections, _length);
        _ = await RawLoad.Rate(product.Address, product.Request(), Connections, _length);
        var (ours, bound) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            bound.Add(await RawLoad.Rate(bare.Address, bare.Request(), Connections, _length));
            ours.Add(await RawLoad.Rate(product.Address, product.Request(), Connections, _length));
        }

        Console.WriteLine($"{what}, {Connections} connections, client in this process: {Middle(ours):F0}/s | bare endpoint {Middle(bound):F0}/s | {Middle(ours) / Middle(bound):P0} | wanted >= {wanted:P0}");
    }

    private static string Get(Uri address, string target, string? key = null) =>
        $"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: */*\r\n{(key is null ? "" : $"X-MBX-APIKEY: {key}\r\n")}\r\n";

    private static string Signed(BenchKey key)
    {
        var payload = $"recvWindow=60000&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        return $"?{payload}&signature={key.Sign(payload)}";
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
