using System.Diagnostics;
using System.Text.Json;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>An order as the reference matcher reads it.</summary>
internal sealed record PlannedOrder
{
    public required long Id { get; init; }

    /// <summary>It is placed after this event.</summary>
    public required int AfterEvent { get; init; }

    public required string Side { get; init; }

    public required string Type { get; init; }

    public string? Model { get; init; }

    public string? TimeInForce { get; init; }

    public bool PostOnly { get; init; }

    public string? Quantity { get; init; }

    public string? QuoteQuantity { get; init; }

    public string? Price { get; init; }

    public string? TriggerPrice { get; init; }

    public string? ActivationPrice { get; init; }

    public int? TrailingDelta { get; init; }
}

/// <summary>The reference matcher of tests/reference-matcher as a child process, bounded in time.</summary>
internal static class ReferenceRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Random orders over a recording; the same seed gives the same ones. Gives the file they are in, too.</summary>
    public static async Task<(string File, IReadOnlyList<PlannedOrder> Orders)> Generate(int seed, int count, string recording, string folder)
    {
        var file = Path.Combine(folder, $"orders-{seed}.json");
        var text = await Node("generate.mjs", $"{seed}", $"{count}", recording);
        await File.WriteAllTextAsync(file, text);
        return (file, [.. JsonDocument.Parse(text).RootElement.GetProperty("orders").Deserialize<PlannedOrder[]>(Json)!]);
    }

    /// <summary>What became of each order, in the order of the file.</summary>
    public static async Task<IReadOnlyList<OrderOutcome>> Match(string recording, string orders, IEnumerable<string> decisions)
    {
        var text = await Node(["cli.mjs", recording, orders, .. decisions.SelectMany(decision => new[] { "--decision", decision })]);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("orders").Deserialize<OrderOutcome[]>(Json)!];
    }

    /// <summary>Runs Node in the folder of the reference and gives what it wrote.</summary>
    public static async Task<string> Node(params string[] arguments)
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
            node.ExitCode.ShouldBe(0, await errors);
            return await output;
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
        return Path.Combine(folder.FullName, "tests", "reference-matcher");
    }
}
