using System.Text;

namespace Lastro.Cli.CommandLine;

/// <summary>What --help shows.</summary>
internal static class HelpText
{
    /// <summary>All commands, a line each.</summary>
    public static string Of(IReadOnlyList<Command> commands)
    {
        var text = new StringBuilder("usage: lastro COMMAND ...\n\n");
        var width = commands.Max(command => command.Name.Length) + 2;
        foreach (var command in commands)
            text.Append("  ").Append(command.Name.PadRight(width)).Append(command.Summary).Append('\n');
        text.Append("""

              backup DIR, restore DIR, ledger verify, user reset-password EMAIL   on a server's data folder

            lastro COMMAND --help tells more, lastro --version names the engine. Exit code: 0 done, 1 refused, 2 wrong usage.

            """);
        return text.ToString();
    }

    /// <summary>One command: usage, options, the rest.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder($"usage: lastro {command.Name}");
        foreach (var option in command.Options.Where(option => option.Needed))
            text.Append(' ').Append(option.Name).Append(' ').Append(option.Value);
        if (command.Options.Any(option => !option.Needed))
            text.Append(" [options]");
        if (command.Takes.Length > 0)
            text.Append(' ').Append(command.Takes);
        text.Append("\n\n").Append(command.Summary).Append(".\n");
        if (command.Options.Count > 0)
        {
            text.Append('\n');
            var width = command.Options.Max(option => Left(option).Length) + 2;
            foreach (var option in command.Options)
                text.Append("  ").Append(Left(option).PadRight(width)).Append(option.Help).Append(option.Many ? "; may be repeated" : "").Append('\n');
        }

        if (command.More.Length > 0)
            text.Append('\n').Append(command.More.TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static string Left(Option option) => option.Value is null ? option.Name : $"{option.Name} {option.Value}";
}
