using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lastro.Server.Tests.BinanceApi.Fuzz;

/// <summary>A request as bytes go out. <paramref name="Broken"/> is one that is no HTTP, which Kestrel itself refuses without a word of ours.</summary>
internal sealed record MadeRequest(string Method, string Target, byte[]? Body, string Headers, bool Broken);

/// <summary>Makes requests that are wrong in every way a client can be wrong, and some that are right, so that what lies behind the gate is reached too.</summary>
internal sealed class RequestMaker(Random random, IReadOnlyList<(string Verb, string Path)> routes, (string Key, string Secret) signer)
{
    private static readonly string[] _names =
    [
        "symbol", "symbols", "interval", "limit", "startTime", "endTime", "fromId", "type", "timeZone", "windowSize", "symbolStatus", "permissions", "showPermissionSets",
        "side", "quantity", "quoteOrderQty", "price", "stopPrice", "trailingDelta", "icebergQty", "timeInForce", "newClientOrderId", "newOrderRespType", "orderId",
        "origClientOrderId", "cancelOrderId", "cancelReplaceMode", "orderListId", "listClientOrderId", "aboveType", "belowType", "abovePrice", "belowPrice", "aboveStopPrice",
        "belowStopPrice", "stopLimitPrice", "stopLimitTimeInForce", "newQty", "selfTradePreventionMode", "strategyId", "listenKey", "omitZeroBalances", "computeCommissionRates",
        "recvWindow", "timestamp", "signature", "asset", "apiKey",
    ];

    private static readonly string[] _right =
    [
        "BTCUSDT", "ETHUSDT", "[\"BTCUSDT\",\"ETHUSDT\"]", "1m", "1d", "1M", "5", "1000", "1700000000000", "1760000000000000", "FULL", "MINI", "8", "-3:30", "3h", "TRADING", "SPOT",
        "true", "false", "BUY", "SELL", "LIMIT", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "LIMIT_MAKER", "0.001", "50000", "45000.01", "100", "GTC", "IOC", "FOK", "RESULT", "ACK",
        "STOP_ON_FAILURE", "NONE", "1", "my-order_1",
    ];

    private static readonly string[] _wrong =
    [
        "", " ", "+", "%", "%00", "%ff%fe", "%C3%28", "%EF%BF%BE", "%F0%9F%98%80", "%EF%BC%91%EF%BC%92", "%0d%0aX-Injected:%201", "-", "-1", "0", "-0", "00", "1e400", "1e-400", "1E5",
        "NaN", "Infinity", "null", "undefined", "None", "0x10", "1,5", "1_000", "99999999999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001", "1.123456789012345678901234567890", "0.1.2", "[", "[]", "[[]]", "[null]",
        "[1]", "{}", "[\"BTCUSDT\",", "[\"BTCUSDT\",\"BTCUSDT\"]", "[\"\"]", "{\"a\":[[[[[[[[]]]]]]]]}", "btcusdt", "BTC/USDT", "BTC-USDT", "../../etc/passwd", "<script>", "' OR 1=1 --",
        "1m ", "1s", "0m", "61m", "8d", "25:00", "-13", "+14:01", "TRUE", "buy", "LIMIT ", "%E2%80%AE", "a%26b%3Dc", "==", "253402300799999", "253402300800000", "-62135596800001",
    ];

    public MadeRequest Next()
    {
        if (random.Next(500) == 0) return Broken();
        var (verb, path) = routes[random.Next(routes.Count)];
        var method = random.Next(50) == 0 ? Pick(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "WIRE"]) : verb;
        if (method == "HEAD") method = "PUT";
        if (random.Next(40) == 0) path = Pick(["", "/", "/api", "/api/v3", path + "/", path + "/x", path.ToUpperInvariant(), "/api/v3/%2e%2e/" + path, "/%00", "/api/v3/" + Garbage(60)]);
        var query = Parameters();
        var body = method is "GET" ? random.Next(20) == 0 ? Parameters() : null : random.Next(2) == 0 ? Parameters() : null;
        var sign = random.Next(4);
        if (sign > 0)
        {
            var time = $"timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}&recvWindow=60000";
            var inBody = body is not null && method != "GET" && random.Next(2) == 0;
            if (inBody) body = Join(body!, time);
            else query = Join(query, time);
            var signature = random.Next(10) == 0 ? Escape(Pick(_wrong)) : Sign(query + (method == "GET" ? "" : body));
            if (inBody || (body is not null && method != "GET" && random.Next(2) == 0)) body = Join(body!, "signature=" + signature);
            else query = Join(query, "signature=" + signature);
        }

        var target = "/binance" + path + (query.Length > 0 || random.Next(30) == 0 ? "?" + query : "");
        return new MadeRequest(method, target, Bytes(body), Headers(), Broken: false);
    }

    private MadeRequest Broken() => random.Next(5) switch
    {
        0 => new MadeRequest("GET", "/binance/api/v3/ping?a=\u0001", null, "", true),
        1 => new MadeRequest("GET", "/binance/api/v3/ping?" + new string('a', 20_000), null, "", true),
        2 => new MadeRequest("G@T\u0002", "/binance/api/v3/ping", null, "", true),
        3 => new MadeRequest("GET", "/binance/api/v3/ping", null, "X-MBX-APIKEY: \u00e9\u0001\r\n", true),
        _ => new MadeRequest("GET", "/binance/api/v3/ping?\u00e9\u00ff", null, "", true),
    };

    private string Parameters()
    {
        var text = new StringBuilder();
        for (var left = random.Next(9); left > 0; left--)
        {
            if (text.Length > 0) text.Append(random.Next(60) == 0 ? "&&" : "&");
            var name = random.Next(25) == 0 ? Garbage(12) : Pick(_names);
            // Signed requests bring their own.
            if (name is "signature" or "timestamp" or "recvWindow" && random.Next(5) > 0) continue;
            text.Append(name);
            if (random.Next(40) > 0) text.Append('=').Append(Value());
        }

        if (random.Next(300) == 0) text.Append(string.Concat(Enumerable.Range(0, 150).Select(number => $"&p{number}=1")));
        return text.ToString();
    }

    private string Value() => random.Next(10) switch
    {
        < 5 => Escape(Pick(_right)),
        < 9 => Escape(Pick(_wrong)),
        _ => Garbage(random.Next(20) == 0 ? 3_000 : 40),
    };

    /// <summary>What may stand in a target as it is; sometimes percent-encoded although it need not be.</summary>
    private string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            if (letter is ' ' or '"' or '<' or '>' or '{' or '}' or '[' or ']' or '#' || random.Next(200) == 0) text.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}");
            else text.Append(letter);
        }

        return text.ToString();
    }

    private string Garbage(int longest)
    {
        var text = new StringBuilder();
        for (var left = random.Next(longest); left > 0; left--)
        {
            if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"%{random.Next(256):x2}");
            else text.Append((char)random.Next(0x24, 0x7f));
        }

        return text.Replace("#", "").ToString();
    }

    private byte[]? Bytes(string? body)
    {
        if (body is null) return null;
        switch (random.Next(30))
        {
            case 0:
                var noise = new byte[random.Next(2_000)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return Encoding.UTF8.GetBytes("{\"symbol\":\"BTCUSDT\",\"side\":[1,2,{\"a\":null}]}");
            case 2 when random.Next(20) == 0:
                return new byte[random.Next(60_000, 200_000)];
            default:
                return Encoding.UTF8.GetBytes(body);
        }
    }

    private string Headers()
    {
        var type = random.Next(3) == 0 ? $"Content-Type: {Pick(["application/json", "text/plain; charset=utf-16", "multipart/form-data; boundary=x", "nonsense", ""])}\r\n" : "";
        var key = random.Next(12) switch
        {
            0 => "",
            1 => $"X-MBX-APIKEY: {Pick(["", "a b", "%00", new string('k', 500), "Lastro" + new string('x', 58), "null"])}\r\n",
            _ => $"X-MBX-APIKEY: {signer.Key}\r\n",
        };
        return type + key;
    }

    private string Sign(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(signer.Secret), Encoding.UTF8.GetBytes(payload)));

    private static string Join(string before, string more) => before.Length == 0 ? more : $"{before}&{more}";

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
