using System.Text.Json;

namespace Lastro.Cli.Tests;

public sealed class StrategyCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Check_tells_every_error_with_its_place()
    {
        var path = _cli.Write("bad.json", """{ "timeframe": "1h", "enter": "rsi(clos, 14) < 30", "exit": "foo > 1" }""");
        var answer = await _cli.Run("strategy", "check", path);
        answer.Code.ShouldBe(1);
        var lines = answer.Output.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith($"{path}, line 1, column 36: enter: ", customMessage: "the c of clos in the file");
        lines[1].ShouldStartWith($"{path}, line 1, column 62: exit: ");
        answer.Error.ShouldBe($"lastro: {lines[0]} (and 1 more)\n");
        var machine = await _cli.Run("strategy", "check", path, "--json");
        machine.Code.ShouldBe(1);
        using var json = JsonDocument.Parse(machine.Output);
        json.RootElement.GetProperty("valid").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldBe(["enter", "exit"]);
    }

    [Fact]
    public async Task A_sound_document_is_valid()
    {
        var path = _cli.Write("good.json", """{ "timeframe": "1h", "enter": "rsi(close, 14) < 30" }""");
        (await _cli.Done("strategy", "check", path)).ShouldMatch(@"good\.json: valid\ntimeframe: .+\nenter: .*RSI.*30");
        (await _cli.Done("strategy", "check", path, "--language", "ru")).ShouldMatch("enter: .*[а-я]");
        (await _cli.Run("strategy", "check", path, "--language", "tlh")).Code.ShouldBe(2);
        using var json = JsonDocument.Parse(await _cli.Done("strategy", "check", path, "--json"));
        json.RootElement.GetProperty("valid").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Built_in_documents_are_listed_shown_checked_and_run()
    {
        using var json = JsonDocument.Parse(await _cli.Done("strategy", "list", "--json"));
        var names = json.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()!).ToList();
        names.ShouldContain("rsi");
        var table = await _cli.Done("strategy", "list");
        var candles = _cli.Write("AB_5m.csv", BacktestCommandTests.Walk(5_000, 300_000));
        foreach (var name in names)
        {
            table.ShouldContain(name);
            var file = _cli.Write($"{name}.json", await _cli.Done("strategy", "show", name));
            (await _cli.Done("strategy", "show", file)).ShouldBe(await File.ReadAllTextAsync(file));
            var fromFile = await _cli.Done("backtest", "--strategy", file, "--candles", candles, "--json");
            BacktestCommandTests.Hashed(fromFile).ShouldBe(BacktestCommandTests.Hashed(await _cli.Done("backtest", "--strategy", name, "--candles", candles, "--json")));
        }

        (await _cli.Done("strategy", "check", "RSI reversal")).ShouldStartWith("RSI reversal: valid\n");
        (await _cli.Refused("strategy", "show", "no such")).ShouldBe("lastro: no such is no file and no built-in strategy; lastro strategy list shows those");
    }
}
