using System.Text;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

/// <summary>Input for the fuzz tests: grown by the grammar, grown and then damaged, words in any order, deep, and noise.</summary>
internal static class RandomRules
{
    public static readonly string[] Manners = ["grown", "damaged", "words", "deep", "noise"];

    private static readonly string[] _words =
    [
        "and", "or", "not", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "1", "14", "0.5", "1e9", "close", "high", "volume", "hl2", "length", "low", "k",
        "d", "b", "up", "upper", "rsi", "sma", "bollinger", "atr", "on", "\"4h\"", "\"1M\"", "crosses_above", "zigzag", "nothing", "\n", " ",
    ];

    private static readonly string[] _strange = ["\0", "\ud83d", "\ude80", "é", "≤", "“", "\t", "\r\n", "\"", "'", "\\", "1e999", "9999999999999999999", ".5", "5.", "1x", "=", "&&", "\uFEFF", "{", "}", "%", "$"];

    public static string Text(Random random, out string manner)
    {
        manner = Manners[random.Next(Manners.Length)];
        switch (manner)
        {
            case "grown":
                return Condition(random, 4);
            case "damaged":
                return Damage(random, Condition(random, 3));
            case "words":
                return string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => _words[random.Next(_words.Length)] + (random.Next(3) > 0 ? " " : "")));
            case "deep":
                var (open, close) = random.Next(9) switch
                {
                    0 => ("(", ")"),
                    1 => ("-", ""),
                    2 => ("not ", ""),
                    3 => ("sma(", ",1)"),
                    4 => ("", "[1]"),
                    5 => ("", ".upper"),
                    6 => ("on(\"1M\",", ")"),
                    7 => ("close[", "]"),
                    _ => ("close+(", ")[1]"),
                };
                var levels = random.Next(1, random.Next(2) == 0 ? 110 : 2_000);
                return string.Concat(Enumerable.Repeat(open, levels)) + "close" + string.Concat(Enumerable.Repeat(close, random.Next(8) == 0 ? levels - 1 : levels)) + " > 1";
            default:
                return string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Next(3) == 0 ? _strange[random.Next(_strange.Length)] : ((char)random.Next(32, 127)).ToString()));
        }
    }

    public static byte[] DamagedJson(Random random)
    {
        var json = StrategyJson.Write(random.Next(3) == 0 ? BuiltInStrategies.All[random.Next(BuiltInStrategies.All.Count)].Document : new StrategyDocument
        {
            Timeframe = Timeframe.Parse("1h"),
            Enter = Text(random, out _),
            Inputs = new Dictionary<string, double> { ["length"] = random.Next(0, 20), ["low"] = 30, ["k"] = 1 },
            Define = new Dictionary<string, string> { ["d"] = Text(random, out _), ["b"] = "bollinger(close, 20, 2)", ["up"] = "close > open" },
            Size = random.Next(4) switch { 0 => new KellySizing(0.5, 3, 0.1), 1 => new FixedSizing(500), 2 => new RiskSizing(0.01, Text(random, out _)), _ => Sizing.AllCash },
            Protections = random.Next(3) == 0 ? new Protections { DailyLoss = 0.05, StopGuard = new StopGuard(3, 48, 24) } : null,
        });
        if (random.Next(3) == 0)
            return Encoding.UTF8.GetBytes(json);
        var bytes = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? Damage(random, json) : json.Replace(Field(random), Field(random), StringComparison.Ordinal));
        if (random.Next(6) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Field(Random random)
    {
        string[] fields = ["\"enter\"", "\"size\"", "\"stopLoss\"", "\"inputs\"", "\"define\"", "null", "\"100%\"", "\"3%\"", "{", "}", "[", "14", "\"exit\"", "\"\"", "\"500\"", "\"1%\"", "\"fixed\"", "\"kelly\"", "\"stops\"", "48", "\"protections\"", "true", "1e400", "-1"];
        return fields[random.Next(fields.Length)];
    }

    private static string Damage(Random random, string text)
    {
        var damaged = new StringBuilder(text);
        for (var times = random.Next(3) == 0 ? 3 : 1; times > 0; times--)
        {
            var at = random.Next(damaged.Length + 1);
            switch (random.Next(5))
            {
                case 0 when at < damaged.Length:
                    damaged.Remove(at, Math.Min(random.Next(1, 6), damaged.Length - at));
                    break;
                case 1:
                    damaged.Insert(at, _words[random.Next(_words.Length)]);
                    break;
                case 2:
                    damaged.Insert(at, _strange[random.Next(_strange.Length)]);
                    break;
                case 3 when damaged.Length > 1 && at < damaged.Length - 1:
                    (damaged[at], damaged[at + 1]) = (damaged[at + 1], damaged[at]);
                    break;
                default:
                    var length = random.Next(1, 20);
                    var from = random.Next(damaged.Length + 1);
                    damaged.Insert(at, damaged.ToString(from, Math.Min(length, damaged.Length - from)));
                    break;
            }
        }

        return damaged.ToString();
    }

    private static string Condition(Random random, int depth) => random.Next(depth <= 0 ? 3 : 9) switch
    {
        0 => $"{Value(random, depth - 1)} {Pick(random, "<", "<=", ">", ">=", "==", "!=")} {Value(random, depth - 1)}",
        1 => $"{Pick(random, "crosses_above", "crosses_below")}({Value(random, depth - 1)}, {Value(random, depth - 1)})",
        2 => Pick(random, "up", "close > open", "not up"),
        3 or 4 => $"({Condition(random, depth - 1)}) {Pick(random, "and", "or")} ({Condition(random, depth - 1)})",
        5 => $"{Condition(random, depth - 1)} {Pick(random, "and", "or")} {Condition(random, depth - 1)}",
        6 => $"not {Condition(random, depth - 1)}",
        7 => $"({Condition(random, depth - 1)})[{random.Next(0, 5)}]",
        _ => $"on(\"{Timeframe.All[random.Next(Timeframe.All.Count)]}\", {Condition(random, depth - 1)})",
    };

    private static string Value(Random random, int depth) => random.Next(depth <= 0 ? 3 : 9) switch
    {
        0 => Pick(random, "open", "high", "close", "volume", "hl2", "hlc3", "length", "low", "k"),
        1 => Pick(random, "1", "30", "0.5", "1e3", "2.25"),
        2 => Pick(random, "b.upper", "b.percentB", "close[1]"),
        3 or 4 or 5 => Indicator(random, depth),
        6 => $"({Value(random, depth - 1)} {Pick(random, "+", "-", "*", "/")} {Value(random, depth - 1)} {Pick(random, "+", "-", "*", "/")} {Value(random, depth - 1)})",
        7 => $"-{Value(random, depth - 1)}",
        _ => $"{Value(random, depth - 1)}[{random.Next(0, 4)}]",
    };

    private static string Indicator(Random random, int depth)
    {
        var entry = IndicatorCatalog.All[random.Next(IndicatorCatalog.All.Count)];
        var arguments = Enumerable.Range(0, entry.SeriesCount).Select(_ => Value(random, depth - 1))
            .Concat(entry.Parameters.Select(parameter => random.Next(6) == 0 ? "length" : RulePrinter.Number(random.Next(40) == 0 ? parameter.Most : parameter.Default)));
        var output = entry.Outputs.Count > 1 ? "." + entry.Outputs[random.Next(entry.Outputs.Count)].Name : "";
        return $"{entry.Name}({string.Join(", ", arguments)}){output}";
    }

    private static string Pick(Random random, params string[] of) => of[random.Next(of.Length)];
}
