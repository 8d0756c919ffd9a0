using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Strategies;

/// <summary>lastro strategy.</summary>
internal static class StrategyCommands
{
    private static readonly Option _json = new("--json", null, "answer in JSON");

    private static readonly Option _language = new("--language", "en|pt|ru|es", "language of the words (default: en)");

    public static IEnumerable<Command> All =>
    [
        new()
        {
            Name = "strategy check",
            Summary = "Checks a strategy document: says it in plain words, or tells every error with its field, line and column",
            Takes = "FILE|NAME",
            Words = (1, 1),
            Options = [_language, _json],
            More = """
                Line and column are those inside the field's text; inside the file where the document is no JSON.

                  lastro strategy check rsi.json
                """,
            Run = Check,
        },
        new()
        {
            Name = "strategy list",
            Summary = "Shows the built-in strategies",
            Options = [_language, _json],
            Run = List,
        },
        new()
        {
            Name = "strategy show",
            Summary = "Writes a strategy document as JSON, to run it or to start an own one from",
            Takes = "FILE|NAME",
            Words = (1, 1),
            More = """
                  lastro strategy show rsi > my.json
                """,
            Run = Show,
        },
    ];

    private static void List(Arguments arguments)
    {
        var language = Language(arguments);
        using var output = Utf8Out.Standard();
        if (!arguments.Has("--json"))
        {
            List<string[]> rows = [["name", "timeframe", "title"], .. BuiltInStrategies.All.Select(one => new[] { one.Id, one.Document.Timeframe.Code, one.Title(language) })];
            output.Write(Shown.Table(rows));
            return;
        }

        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            foreach (var one in BuiltInStrategies.All)
            {
                json.WriteStartObject();
                json.WriteString("name", one.Id);
                json.WriteString("timeframe", one.Document.Timeframe.Code);
                json.WriteString("title", one.Title(language));
                json.WriteString("description", one.Description(language));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.Write((byte)'\n');
    }

    private static void Show(Arguments arguments)
    {
        using var output = Utf8Out.Standard();
        output.Line(StrategyJson.Write(StrategyFiles.Load(arguments.Words[0]).Document).TrimEnd('\n'));
    }

    private static SentenceLanguage Language(Arguments arguments) => arguments.Text("--language") switch
    {
        null or "en" => SentenceLanguage.English,
        "pt" => SentenceLanguage.Portuguese,
        "ru" => SentenceLanguage.Russian,
        "es" => SentenceLanguage.Spanish,
        { } other => throw new UsageException($"--language '{other}' is none of en, pt, ru, es"),
    };

    private static void Check(Arguments arguments)
    {
        var given = arguments.Words[0];
        var language = Language(arguments);
        var strategy = StrategyFiles.Read(given, out var errors, out var told);
        using (var output = Utf8Out.Standard())
        {
            if (arguments.Has("--json"))
                Tell(output, strategy, errors);
            else if (strategy is not null)
                Tell(output, given, strategy, language);
            else if (errors.Count > 1)
                output.Write(string.Concat(told.Select(error => error + "\n")));
        }

        if (strategy is null)
            throw StrategyFiles.Refused(told);
    }

    private static void Tell(Utf8Out output, string given, Strategy strategy, SentenceLanguage language)
    {
        output.Line($"{given}: valid");
        foreach (var sentence in strategy.Describe(language))
            output.Line($"{sentence.Field}: {sentence.Text}");
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
