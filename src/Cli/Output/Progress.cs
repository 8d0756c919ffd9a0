using System.Diagnostics;

namespace Lastro.Cli.Output;

/// <summary>A bar on stderr, when stderr is a terminal and the answer is not for a machine; else nothing. Thread-safe.</summary>
internal sealed class Progress(string what, bool quiet) : IDisposable
{
    private const int Width = 30;

    private readonly bool _shown = !quiet && !Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _drawn;
    private bool _any;

    /// <summary>Draws the share done, at most ten times a second and not in the first quarter of one.</summary>
    public void Report(double share, string rest = "")
    {
        if (!_shown)
            return;
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_any ? _drawn : _begun).TotalSeconds < (_any ? 0.1 : 0.25))
                return;
            (_drawn, _any) = (Stopwatch.GetTimestamp(), true);
            var full = (int)Math.Clamp(share * Width, 0, Width);
            Console.Error.Write($"\r\u001b[2K{what} {new string('█', full)}{new string('░', Width - full)} {Math.Clamp(share, 0, 1) * 100,3:0} %{(rest.Length > 0 ? "  " + rest : "")}");
        }
    }

    /// <summary>Takes the bar away; what is reported later draws it again.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_any)
                Console.Error.Write("\r\u001b[2K");
            _any = false;
        }
    }
}
