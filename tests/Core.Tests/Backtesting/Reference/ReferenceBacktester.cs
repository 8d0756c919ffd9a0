using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lastro.Core.Tests.Backtesting.Reference;

/// <summary>tests/reference-backtester as a child process, bounded in time.</summary>
internal static class ReferenceBacktester
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Random documents for candles of a timeframe, one a line.</summary>
    public static async Task<string[]> Documents(int seed, int count, string timeframe)
    {
        var (code, output, errors) = await Node("random-documents.mjs", "--seed", $"{seed}", "--count", $"{count}", "--timeframe", timeframe);
        // 1: a construct never came up, which is no matter for few documents.
        code.ShouldBeInRange(0, 1, errors);
        var documents = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        documents.Length.ShouldBe(count, errors);
        return documents;
    }

    /// <summary>Its answer to each document.</summary>
    public static async Task<JsonElement[]> Run(string[] documents, ReferenceCase run)
    {
        var file = Path.Combine(Path.GetTempPath(), $"lastro-documents-{Environment.ProcessId}-{run.Seed}.jsonl");
        try
        {
            await File.WriteAllLinesAsync(file, documents);
            string[] arguments =
            [
                "backtest.mjs", "--documents", file, "--candles", SharedData.Path(run.File), "--fee", Text(run.Fee), "--slippage", Text(run.Slippage),
                "--reading", "psar=wilder", "--reading", "supertrend=close",
                .. run.From is null ? [] : (string[])["--from", run.From, "--to", run.To!],
            ];
            var (code, output, errors) = await Node(arguments);
            code.ShouldBe(0, errors);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static bool HasNode()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Array.Exists(paths, path => File.Exists(Path.Combine(path, OperatingSystem.IsWindows() ? "node.exe" : "node")));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output, string Errors)> Node(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
            await node.WaitForExitAsync(patience.Token);
            return (node.ExitCode, await output, await errors);
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Lastro.slnx is nowhere above the tests.");
        return Path.Combine(folder.FullName, "tests", "reference-backtester");
    }
}

/// <summary>Documents of a seed over a candle file.</summary>
internal sealed record ReferenceCase(int Seed, int Count, string Timeframe, string File)
{
    public double Fee { get; init; } = 0.001;

    public double Slippage { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }
}
