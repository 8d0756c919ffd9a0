using Lastro.Cli.Backtests;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Data;
using Lastro.Cli.Indicators;
using Lastro.Cli.Strategies;

namespace Lastro.Cli;

internal static class Program
{
    /// <summary>Every command there is.</summary>
    internal static readonly IReadOnlyList<Command> Commands =
    [
        RunBacktest.Command,
        RunSweep.Command,
        ShowIndicators.Command,
        .. StrategyCommands.All,
        .. DataCommands.All,
    ];

    public static int Main(string[] args)
    {
        Command? command = null;
        try
        {
            if (args.Length == 0 || args[0] is "--help" or "-h" or "help")
            {
                (args.Length == 0 ? Console.Error : Console.Out).Write(HelpText.Of(Commands));
                return args.Length == 0 ? 2 : 0;
            }

            if (args[0] == "--version")
            {
                Console.Out.WriteLine(Core.Backtesting.BacktestReport.EngineName);
                return 0;
            }

            command = Find(args, out var words);
            if (args.AsSpan(words).ContainsAny("--help", "-h"))
                Console.Out.Write(HelpText.Of(command));
            else
                command.Run(Arguments.Read(command, args.AsSpan(words)));
            return 0;
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"lastro{(command is null ? "" : " " + command.Name)}: {wrong.Message}; lastro{(command is null ? "" : " " + command.Name)} --help tells more");
            return 2;
        }
        catch (Exception refused) when (refused is RefusedException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // A reader that has seen enough closes the pipe; nobody is left to tell.
            if (refused is IOException && refused.HResult == BrokenPipe)
                return 0;
            Console.Error.WriteLine($"lastro: {refused.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    /// <summary>EPIPE, as .NET on Unix puts it into <see cref="Exception.HResult"/>.</summary>
    private const int BrokenPipe = 32;

    private static Command Find(string[] args, out int words)
    {
        foreach (var command in Commands)
        {
            var names = command.Name.Split(' ');
            if (args.AsSpan().StartsWith(names))
            {
                words = names.Length;
                return command;
            }
        }

        var group = Commands.Where(command => command.Name.StartsWith(args[0] + " ", StringComparison.Ordinal)).Select(command => command.Name[(args[0].Length + 1)..]).ToList();
        throw new UsageException(group.Count == 0
            ? $"there is no command '{args[0]}'"
            : $"{args[0]} needs one of: {string.Join(", ", group)}");
    }
}
