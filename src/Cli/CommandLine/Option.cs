namespace Lastro.Cli.CommandLine;

/// <summary>An option of a command.</summary>
/// <param name="Name">With its dashes: "--cash".</param>
/// <param name="Value">What stands for its value in the help, with the default; null for a switch.</param>
/// <param name="Help">One line.</param>
internal sealed record Option(string Name, string? Value, string Help)
{
    /// <summary>True when it may be given more than once.</summary>
    public bool Many { get; init; }

    /// <summary>True when it must be given.</summary>
    public bool Needed { get; init; }
}
