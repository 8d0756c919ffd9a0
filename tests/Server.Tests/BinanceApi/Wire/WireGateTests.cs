using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>Who gets through, and in which words the others are refused.</summary>
public sealed class WireGateTests : IAsyncLifetime
{
    private WireHost _wire = null!;

    public async Task InitializeAsync() => _wire = await WireHost.Start("--BinanceApi:WeightPerMinute", "0");

    public async Task DisposeAsync() => await _wire.DisposeAsync();

    [Fact]
    public async Task Keys_are_refused_as_binance_refuses_them()
    {
        var reader = await WireHost.NewKey(_wire.Owner, new { scopes = new[] { "read" } });
        var trader = await WireHost.NewKey(_wire.Owner, new { scopes = new[] { "trade" } });
        var elsewhere = await WireHost.NewKey(_wire.Owner, new { allowedIps = new[] { "192.0.2.1" } });
        var signed = _wire.Signed("");
        await Refused(401, -2014, "API-key format invalid.", "GET", "/probe/signed" + signed, headers: "");
        await Refused(401, -2014, "API-key format invalid.", "GET", "/probe/signed" + signed, headers: "X-MBX-APIKEY: a b\r\n");
        await Refused(401, -2014, "API-key format invalid.", "POST", "/probe/stream", headers: "");
        const string rejected = "Invalid API-key, IP, or permissions for action.";
        await Refused(401, -2015, rejected, "GET", "/probe/signed" + signed, headers: "X-MBX-APIKEY: unknown\r\n");
        await Refused(401, -2015, rejected, "GET", "/probe/signed" + signed, headers: $"X-MBX-APIKEY: Lastro{new string('x', 58)}\r\n");
        await Refused(401, -2015, rejected, "POST", "/probe/order" + _wire.Signed("", reader), headers: reader.Header);
        await Refused(401, -2015, rejected, "GET", "/probe/signed" + _wire.Signed("", trader), headers: trader.Header);
        await Refused(401, -2015, rejected, "GET", "/probe/signed" + _wire.Signed("", elsewhere), headers: elsewhere.Header);
        (await _wire.Send("POST", "/probe/order" + _wire.Signed("", trader), headers: trader.Header)).Status.ShouldBe(200);
        (await _wire.Send("POST", "/probe/stream", headers: reader.Header)).Status.ShouldBe(200);
        var mine = await _wire.Send("GET", "/probe/signed" + signed);
        mine.Json.GetProperty("account?").GetString().ShouldBe(_wire.Owner.Trader.Account);
        await _wire.Owner.Revoke(_wire.Key.Id);
        await Refused(401, -2015, rejected, "GET", "/probe/signed" + signed);
    }

    [Fact]
    public async Task Public_calls_do_not_look_at_the_key() =>
        (await _wire.Send("GET", "/api/v3/ping", headers: "X-MBX-APIKEY: %%% not a key\r\n")).Body.ShouldBe("{}");

    [Fact]
    public async Task What_is_missing_or_malformed_is_named()
    {
        const string missing = "Mandatory parameter '{0}' was not sent, was empty/null, or malformed.";
        await Refused(400, -1102, missing.Replace("{0}", "timestamp"), "GET", "/probe/signed?signature=1");
        await Refused(400, -1102, missing.Replace("{0}", "timestamp"), "GET", "/probe/signed?timestamp=&signature=1");
        await Refused(400, -1102, missing.Replace("{0}", "signature"), "GET", $"/probe/signed?timestamp={_wire.NowMs}");
        await Refused(400, -1102, missing.Replace("{0}", "signature"), "GET", $"/probe/signed?timestamp={_wire.NowMs}&signature=");
        await Refused(400, -1100, "Illegal characters found in parameter 'timestamp'; legal range is '^[0-9]{1,20}$'.", "GET", "/probe/signed?timestamp=now&signature=1");
        await Refused(400, -1131, "'recvWindow' must be less than 60000.", "GET", "/probe/signed" + _wire.Signed("recvWindow=60001"));
        await Refused(400, -1131, "'recvWindow' must be less than 60000.", "GET", "/probe/signed" + _wire.Signed("recvWindow=79228162514264337593543950335"));
        foreach (var window in new[] { "x", "-1", "1.2345", "1e3" })
            (await _wire.Send("GET", "/probe/signed" + _wire.Signed($"recvWindow={window}"))).Code.ShouldBe(-1100, window);
        await Refused(400, -1022, "Signature for this request is not valid.", "GET", $"/probe/signed?timestamp={_wire.NowMs}&signature=nothing");
    }

    [Fact]
    public async Task What_is_no_text_is_refused_before_it_gets_anywhere()
    {
        await Refused(400, -1100, "Illegal characters found in a parameter.", "GET", "/probe/open?a=x%00y");
        await Refused(400, -1100, "Illegal characters found in a parameter.", "GET", "/probe/signed" + _wire.Signed("a=%00"));
        var parameters = new WireParameters();
        parameters.Add("a", "\U0001F600 é");
        parameters.Illegal.ShouldBeFalse();
        parameters.Add("b", "half \uD83D");
        parameters.Illegal.ShouldBeTrue();
        var other = new WireParameters();
        other.Add("c", "\uDE00\uD83D");
        other.Illegal.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", -4_500, 0)]
    [InlineData("", -6_000, -1021)]
    [InlineData("", 600, 0)]
    [InlineData("", 2_000, -1021)]
    [InlineData("recvWindow=10000&", -9_000, 0)]
    [InlineData("recvWindow=60000&", -59_000, 0)]
    [InlineData("recvWindow=60000&", -61_000, -1021)]
    [InlineData("recvWindow=2500.125&", -1_500, 0)]
    [InlineData("recvWindow=500.125&", -1_500, -1021)]
    public async Task The_time_of_sending_counts_in_milliseconds_and_microseconds(string window, long shiftMs, int code)
    {
        var sent = _wire.NowMs + shiftMs;
        foreach (var time in new[] { $"{sent}", $"{sent}456" })
        {
            var payload = $"{window}timestamp={time}";
            var answer = await _wire.Send("GET", $"/probe/signed?{payload}&signature={_wire.Key.Sign(payload)}");
            if (code == 0) answer.Status.ShouldBe(200, answer.Body);
            else (answer.Status, answer.Code).ShouldBe((400, code), time);
            if (code != 0) answer.Message.ShouldBe(shiftMs > 0 ? "Timestamp for this request was 1000ms ahead of the server's time." : "Timestamp for this request is outside of the recvWindow.");
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_in_the_wires_words()
    {
        await using var wire = await WireHost.Start();
        wire.Placing.Fails = _ => throw new Npgsql.NpgsqlException("away");
        var answer = await wire.Send("POST", "/probe/order" + wire.Signed(""));
        (answer.Status, answer.Code, answer.Headers["Retry-After"]).ShouldBe((503, -1001, "1"));
        wire.Placing.Fails = _ => throw new InvalidOperationException("a mistake");
        answer = await wire.Send("POST", "/probe/order" + wire.Signed(""));
        (answer.Status, answer.Code, answer.Message).ShouldBe((500, -1000, "An unknown error occurred while processing the request."));
    }

    private async Task Refused(int status, int code, string message, string method, string target, string? headers = null)
    {
        var answer = await _wire.Send(method, target, headers: headers);
        (answer.Status, answer.Code, answer.Message).ShouldBe((status, code, message), target);
    }
}
