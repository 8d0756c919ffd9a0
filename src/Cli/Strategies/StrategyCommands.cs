using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Strategies;

/// <summary>lastro strategy.</summary>
internal static class StrategyCommands
{
    private static readonly Option _json = new("--json", null, "answer in JSON");

    public static IEnumerable<Command> All =>
    [
        new()
        {
            Name = "strategy check",
            Summary = "Checks a strategy document and tells every error with its field, line and column",
            Takes = "FILE|NAME",
            Words = (1, 1),
            Options = [_json],
            More = """
                Line and column are those inside the field's text; inside the file where the document is no JSON.

                  lastro strategy check rsi.json
                """,
            Run = Check,
        },
    ];

    private static void Check(Arguments arguments)
    {
        var given = arguments.Words[0];
        var strategy = Strategy.Read(StrategyFiles.Read(given), out var errors);
        using (var output = Utf8Out.Standard())
        {
            if (arguments.Has("--json"))
                Tell(output, strategy, errors);
            else if (strategy is not null)
                Tell(output, given, strategy);
            else if (errors.Count > 1)
                output.Write(string.Concat(errors.Select(error => $"{given}, {error}\n")));
        }

        if (strategy is null)
            throw StrategyFiles.Refused(given, errors);
    }

    private static void Tell(Utf8Out output, string given, Strategy strategy)
    {
        output.Line($"{given}: valid");
        foreach (var warning in strategy.Warnings)
            output.Line($"warning: {warning}");
    }

    private static void Tell(Utf8Out output, Strategy? strategy, IReadOnlyList<RuleError> errors)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", strategy is not null);
            Write(json, "errors", errors);
            Write(json, "warnings", strategy?.Warnings ?? []);
            json.WriteEndObject();
        }

        output.Write((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<RuleError> errors)
    {
        json.WriteStartArray(name);
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("code", error.Code);
            json.WriteString("field", error.Field);
            json.WriteNumber("line", error.Line);
            json.WriteNumber("column", error.Column);
            json.WriteNumber("length", error.Length);
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
