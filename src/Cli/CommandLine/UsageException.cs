namespace Lastro.Cli.CommandLine;

/// <summary>Wrong usage: one line, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What was asked for is refused: one line that names file, line and column, exit code 1.</summary>
internal sealed class RefusedException(string message) : Exception(message);
