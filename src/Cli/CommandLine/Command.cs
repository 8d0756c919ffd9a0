namespace Lastro.Cli.CommandLine;

/// <summary>A command: its words, what it takes, what it does.</summary>
internal sealed record Command
{
    /// <summary>The words that call it: "data import".</summary>
    public required string Name { get; init; }

    /// <summary>What it does, one line.</summary>
    public required string Summary { get; init; }

    /// <summary>What it takes besides options, as the help shows it; empty when nothing.</summary>
    public string Takes { get; init; } = "";

    /// <summary>How many words it takes besides options.</summary>
    public (int Least, int Most) Words { get; init; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>More for the help: rules in short, and examples.</summary>
    public string More { get; init; } = "";

    /// <summary>Does it.</summary>
    public required Action<Arguments> Run { get; init; }
}
