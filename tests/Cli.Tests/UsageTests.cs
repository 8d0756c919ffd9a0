namespace Lastro.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("", "usage: lastro COMMAND ...")]
    [InlineData("frobnicate", "lastro: there is no command 'frobnicate'; lastro --help tells more")]
    [InlineData("data", "lastro: data needs one of: import, export, list, verify; lastro --help tells more")]
    [InlineData("data list --frob", "lastro data list: there is no option --frob; lastro data list --help tells more")]
    [InlineData("data list x", "lastro data list: 'x' is one word too many; lastro data list --help tells more")]
    [InlineData("data export x", "lastro data export: FILE|NAME TARGET is needed; lastro data export --help tells more")]
    [InlineData("data export x y.csv --from yesterday", "lastro data export: --from 'yesterday' is no ISO 8601 time (2024-01-31 or 2024-01-31T12:00:00Z); lastro data export --help tells more")]
    [InlineData("data verify --gaps", "lastro data verify: --gaps needs N (20); lastro data verify --help tells more")]
    [InlineData("data verify --gaps 1.5", "lastro data verify: --gaps '1.5' is no whole number from 0 to 2147483647; lastro data verify --help tells more")]
    [InlineData("data verify --json=yes", "lastro data verify: --json takes no value; lastro data verify --help tells more")]
    [InlineData("data verify --json --json", "lastro data verify: --json is given twice; lastro data verify --help tells more")]
    public async Task Wrong_usage_is_code_2_and_one_line(string line, string message)
    {
        var answer = await _cli.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        (answer.Code, answer.Output, answer.Error.Split('\n')[0]).ShouldBe((2, "", message));
    }

    [Fact]
    public async Task The_version_is_the_engines() =>
        (await _cli.Done("--version")).ShouldBe(Core.Backtesting.BacktestReport.EngineName + "\n");

    [Fact]
    public async Task Help_names_every_command_and_every_option()
    {
        var all = await _cli.Done("--help");
        foreach (var command in Program.Commands)
        {
            all.ShouldContain(command.Name);
            var one = await _cli.Done([.. command.Name.Split(' '), "--help"]);
            one.ShouldStartWith($"usage: lastro {command.Name}");
            foreach (var option in command.Options)
                one.ShouldContain(option.Name);
        }
    }
}
