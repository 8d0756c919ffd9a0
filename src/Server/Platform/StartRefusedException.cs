namespace Lastro.Server.Platform;

/// <summary>The server cannot start, for a reason that its operator can mend: printed as one line, exit code 1.</summary>
internal sealed class StartRefusedException(string reason, Exception? cause = null) : Exception(reason, cause);
