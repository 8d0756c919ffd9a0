using System.Text;
using System.Text.Json;
using Lastro.Server.Tests.Accounts;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>What is signed are the bytes as they came. The oracles are Binance's documented examples and requests made by npm ccxt.</summary>
public sealed class WireRestTests : IAsyncLifetime
{
    /// <summary>The published example secret of rest-api.md, and its time.</summary>
    private const string DocumentedSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const long DocumentedMs = 1_499_827_319_559;

    private WireHost _wire = null!;
    private TestKey _key = null!;

    public async Task InitializeAsync()
    {
        _wire = await WireHost.Start("--BinanceApi:WeightPerMinute", "0");
        _key = await _wire.NewKeyWith(DocumentedSecret);
    }

    public async Task DisposeAsync() => await _wire.DisposeAsync();

    [SharedFact("data/payloads/binance_hmac_vectors.jsonl")]
    public async Task Documented_signatures_are_taken_in_query_and_body_first_and_last_in_either_case()
    {
        _wire.SetClock(DocumentedMs);
        var checks = 0;
        foreach (var line in SharedData.Lines("data/payloads/binance_hmac_vectors.jsonl"))
        {
            var vector = JsonElement.Parse(line);
            var (payload, signature) = (vector.Text("payload")!, vector.Text("signature")!);
            vector.Text("secretKey").ShouldBe(DocumentedSecret);
            await Taken("POST", $"?{payload}&signature={signature}");
            await Taken("POST", $"?signature={signature}&{payload}");
            await Taken("POST", $"?{payload}&signature={signature.ToUpperInvariant()}");
            await Taken("POST", "", $"{payload}&signature={signature}");
            await Taken("DELETE", "", $"signature={signature}&{payload}");
            await Taken("PUT", $"?signature={signature}", payload);
            await Taken("GET", $"?{payload}&signature={signature}");
            await Refused("POST", $"?{payload.Replace("quantity=1", "quantity=2", StringComparison.Ordinal)}&signature={signature}");
            checks++;
        }

        checks.ShouldBeGreaterThan(0);
    }

    /// <summary>rest-api.md: a symbol beyond ASCII, percent-encoded before signing.</summary>
    [Fact]
    public async Task A_documented_signature_over_percent_encoded_letters_is_taken_and_the_letters_are_decoded()
    {
        _wire.SetClock(DocumentedMs);
        const string payload = "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
        var answer = await Taken("POST", $"?{payload}&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3");
        answer.Json.Text("symbol").ShouldBe("１２３４５６");
        await Taken("POST", "", $"{payload}&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3");
    }

    /// <summary>The mixed example of Binance's documentation: query and body are joined without anything between them.</summary>
    [Fact]
    public async Task Query_and_body_are_signed_one_after_the_other()
    {
        _wire.SetClock(DocumentedMs);
        const string query = "?symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
        const string body = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
        const string signature = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";
        foreach (var (inQuery, inBody) in new[] { (query, $"{body}&signature={signature}"), ($"{query}&signature={signature}", body), (query, $"signature={signature}&{body}") })
        {
            var answer = await Taken("POST", inQuery, inBody);
            (answer.Json.Text("symbol"), answer.Json.Text("price")).ShouldBe(("LTCBTC", "0.1"));
        }
    }

    [SharedFact("fixtures/exchanges/request/binance.json")]
    public async Task Every_signed_request_of_npm_ccxt_is_taken()
    {
        var file = JsonElement.Parse(await File.ReadAllTextAsync(SharedData.Path("fixtures/exchanges/request/binance.json")));
        _key = await _wire.NewKeyWith("SECRET");
        _wire.SetClock(1_700_000_000_000);
        var taken = 0;
        foreach (var request in file.GetProperty("methods").EnumerateObject().SelectMany(method => method.Value.EnumerateArray())
            .Where(made => made.TryGetProperty("requests", out _)).SelectMany(made => made.GetProperty("requests").EnumerateArray()))
        {
            var (url, body) = (request.Text("url")!, request.TryGetProperty("body", out var sent) && sent.ValueKind == JsonValueKind.String ? sent.GetString() : null);
            if (!url.Contains("signature=", StringComparison.Ordinal) && body?.Contains("signature=", StringComparison.Ordinal) != true) continue;
            var query = url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? url[mark..] : "";
            await Taken(request.Text("method")!, query, body, _key.Header + "Content-Type: application/x-www-form-urlencoded\r\n");
            taken++;
        }

        taken.ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData("a=1+2&b=%2B%20%3d", "a=1 2|b=+ =")]
    [InlineData("a=%C3%A9&b=%E2%82%AC%F0%9F%98%80", "a=é|b=€😀")]
    [InlineData("a=%&b=%4&c=%zz&d=100%25", "a=%|b=%4|c=%zz|d=100%")]
    [InlineData("a&b=&&c==x=&d=", "a=|b=|c==x=|d=")]
    [InlineData("a=%ff%fe", "a=\uFFFD\uFFFD")]
    [InlineData("%61%62=1", "ab=1")]
    public async Task Values_are_decoded_the_same_in_query_and_body(string text, string expected)
    {
        Read(await _wire.Send("GET", $"/probe/open?{text}")).ShouldBe(expected);
        Read(await _wire.Send("POST", "/probe/open", text)).ShouldBe(expected);
        Read(await _wire.Send("POST", "/probe/open", text, "Content-Type: text/plain\r\n")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_parameter_twice_is_an_error_but_the_querys_counts_before_the_bodys()
    {
        Read(await _wire.Send("POST", "/probe/open?a=query", "a=body&b=body")).ShouldBe("a=query|b=body");
        foreach (var (query, body) in new[] { ("?a=1&a=1", null), ("", "a=1&b=2&a=3"), ("?signature=1&signature=1", null), ("?a=1&%61=2", (string?)null) })
        {
            var answer = await _wire.Send("POST", $"/probe/open{query}", body);
            (answer.Status, answer.Code, answer.Message).ShouldBe((400, -1101, "Duplicate values for a parameter detected."));
        }

        var many = string.Join('&', Enumerable.Range(0, 101).Select(number => $"p{number}=1"));
        (await _wire.Send("GET", $"/probe/open?{many}")).Message.ShouldBe("Too many parameters sent for this endpoint.");
    }

    [Fact]
    public async Task Bodies_that_are_too_large_or_broken_are_refused_in_the_wires_words()
    {
        var large = await _wire.Send("POST", "/probe/open", "a=" + new string('x', 70_000));
        (large.Status, large.Code).ShouldBe((413, -1100));
        var chunked = await RawHttp.Once(_wire.Host.Address, "POST", "/binance/probe/open", null, "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n");
        Read(chunked).ShouldBe("a=1");
        var broken = await RawHttp.Once(_wire.Host.Address, "POST", "/binance/probe/open", null, "Transfer-Encoding: chunked\r\n\r\nzz\r\na=1\r\n0\r\n");
        (broken.Status, broken.Code).ShouldBe((400, -1100));
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_told_apart_from_nothing()
    {
        foreach (var (method, path) in new[] { ("GET", "/api/v3/nothing"), ("POST", "/api/v3/ping"), ("GET", ""), ("OPTIONS", "/api/v3/time") })
        {
            var answer = await _wire.Send(method, path);
            (answer.Status, answer.Code).ShouldBe((404, -5000), path);
            answer.Headers["Content-Type"].ShouldBe("application/json;charset=UTF-8");
        }
    }

    [Fact]
    public async Task An_answer_says_what_it_is_and_lets_no_other_site_read_it()
    {
        var answer = await _wire.Send("GET", "/api/v3/ping", headers: "Origin: https://elsewhere.example\r\n");
        answer.Body.ShouldBe("{}");
        answer.Headers["Content-Type"].ShouldBe("application/json;charset=UTF-8");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        var time = (await _wire.Send("GET", "/api/v3/time")).Json.GetProperty("serverTime").GetInt64();
        Math.Abs(time - _wire.NowMs).ShouldBeLessThan(5_000);
    }

    private async Task<RawAnswer> Taken(string method, string query, string? body = null, string? headers = null)
    {
        var answer = await _wire.Send(method, $"/probe/signed{query}", body, headers ?? _key.Header);
        answer.Status.ShouldBe(200, $"{method} {query} {body}: {answer.Body}");
        answer.Json.TryGetProperty("signature", out _).ShouldBeFalse();
        return answer;
    }

    private async Task Refused(string method, string query)
    {
        var answer = await _wire.Send(method, $"/probe/signed{query}", headers: _key.Header);
        (answer.Status, answer.Code, answer.Message).ShouldBe((400, -1022, "Signature for this request is not valid."));
    }

    private static string Read(RawAnswer answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        var text = new StringBuilder();
        foreach (var parameter in answer.Json.EnumerateObject()) text.Append(text.Length > 0 ? "|" : "").Append(parameter.Name).Append('=').Append(parameter.Value.GetString());
        return text.ToString();
    }
}
