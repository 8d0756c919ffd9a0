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
        lines[0].ShouldStartWith($"{path}, enter, line 1, column 5: ");
        lines[1].ShouldStartWith($"{path}, exit, line 1, column ");
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
        (await _cli.Done("strategy", "check", path)).ShouldStartWith($"{path}: valid\n");
        using var json = JsonDocument.Parse(await _cli.Done("strategy", "check", path, "--json"));
        json.RootElement.GetProperty("valid").GetBoolean().ShouldBeTrue();
    }
}
