using System.Text.Json;

namespace Lastro.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private const string Header = "open_time_ms,open,high,low,close,volume";

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Import_list_verify_and_export_go_round_with_every_digit()
    {
        var json = _cli.Write("BTC_USDT-1m.json", "[[0, 1.10, 2.0, 1, 2.000, 3],[60000,2.0,2,2,2,null],[240000,2,2,2,2,1e-3]]");
        var said = await _cli.Done("data", "import", json);
        var place = Path.Combine(_cli.Folder, "candles", "BTCUSDT_1m.csv.gz");
        said.ShouldBe($"{json}: freqtrade JSON, 3 rows\n{place}: 3 rows of 1m, 1970-01-01 00:00 to 1970-01-01 00:04 UTC, 1 gaps, 2 rows missing\n");
        (await _cli.Done("data", "list")).ShouldBe(
            "name        rows  from              to                gaps  missing\nBTCUSDT_1m     3  1970-01-01 00:00  1970-01-01 00:04     1        2\n");
        (await _cli.Done("data", "verify")).ShouldBe(
            $"{place}: 3 rows of 1m, 1970-01-01 00:00 to 1970-01-01 00:04 UTC, 1 gaps, 2 rows missing\n  1970-01-01 00:01 to 1970-01-01 00:04: 2 missing\n");
        await _cli.Done("data", "export", "BTCUSDT_1m", "out.csv", "--to", "1970-01-01T00:04:00Z");
        (await File.ReadAllTextAsync(_cli.PathOf("out.csv"))).ShouldBe($"{Header}\n0,1.10,2.0,1,2.000,3\n60000,2.0,2,2,2,\n");
        using var list = JsonDocument.Parse(await _cli.Done("data", "list", "--json"));
        list.RootElement[0].GetProperty("name").GetString().ShouldBe("BTCUSDT_1m");
        list.RootElement[0].GetProperty("missing").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_bad_row_is_code_1_with_file_line_and_column()
    {
        var good = _cli.Write("A1_1m.csv", $"{Header}\n0,1,2,1,2,3\n");
        var bad = _cli.Write("AB_1m.csv", $"{Header}\n0,1,2,1,2,3\n60000,1,2,1.5,2,3\n");
        (await _cli.Refused("data", "import", bad)).ShouldBe($"lastro: {bad}, line 3, column 11: low 1.5 lies inside the body (open 1, close 2).");
        var answer = await _cli.Run("data", "verify", good, bad, "--json");
        answer.Code.ShouldBe(1);
        using var json = JsonDocument.Parse(answer.Output);
        json.RootElement.EnumerateArray().Select(file => file.GetProperty("valid").GetBoolean()).ShouldBe([true, false]);
        (await _cli.Refused("data", "verify", "none.csv")).ShouldStartWith("lastro: none.csv cannot be read");
        (await _cli.Refused("data", "export", good, "out.parquet")).ShouldContain("out.parquet: candles are written as .csv");
        (await _cli.Refused("data", "import", good, bad)).ShouldContain("several pairs: A1, AB");
    }

    [SharedFact("data/candles/binance_spot_1m")]
    public async Task Minutes_become_the_hours_the_source_has()
    {
        await _cli.Done("data", "export", SharedData.Path("data/candles/binance_spot_1m/BTCUSDT_202412.csv.gz"), "BTCUSDT_1h.csv", "--timeframe", "1h");
        var ours = (await File.ReadAllLinesAsync(_cli.PathOf("BTCUSDT_1h.csv"))).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], StringComparer.Ordinal);
        var same = 0;
        foreach (var theirs in SharedData.Lines("data/candles/binance_spot_1h_2024_2026/BTCUSDT_first_year.csv.gz").Skip(1).Select(line => line.Split(',')))
        {
            // The minutes end in the middle of their last hour.
            if (!ours.TryGetValue(theirs[0], out var mine) || theirs[0] == ours.Keys.Last())
                continue;
            mine[1..5].Select(Number).ShouldBe(theirs[1..5].Select(Number), theirs[0]);
            Number(mine[5]).ShouldBe(Number(theirs[5]), 1e-6);
            same++;
        }

        same.ShouldBeGreaterThan(600);
        (await _cli.Refused("data", "export", _cli.PathOf("BTCUSDT_1h.csv"), "x.csv", "--timeframe", "1m")).ShouldEndWith("its rows are coarser than 1m");
        (await _cli.Run("data", "export", _cli.PathOf("BTCUSDT_1h.csv"), "x.csv", "--timeframe", "7m")).Code.ShouldBe(2);

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [SharedFact("data/candles/fx_1d")]
    public async Task A_recorded_file_with_faults_is_refused_at_the_first()
    {
        var path = SharedData.Path("data/candles/fx_1d/USDBRL_2010_2017.csv.gz");
        (await _cli.Refused("data", "verify", path)).ShouldMatch(@"USDBRL_2010_2017\.csv\.gz, line \d+, column \d+: (high|low) [\d.]+ lies inside the body");
    }
}
