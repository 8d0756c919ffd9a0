using System.Diagnostics;

namespace Lastro.Server.Platform.Postgres;

/// <summary>Runs PostgreSQL's programs as the user they may run as.</summary>
internal sealed record PostgresPrograms(string Home, OsUser? User)
{
    public async Task Run(string program, string[] arguments, CancellationToken cancellation)
    {
        var (code, said) = await Execute(Path.Combine(Home, "bin", program), arguments, cancellation);
        if (code != 0)
            throw new StartRefusedException($"PostgreSQL's {program} failed ({code}): {said.ReplaceLineEndings(" ").Trim()}");
    }

    /// <summary>PostgreSQL's user must be able to walk to its folder.</summary>
    /// <exception cref="StartRefusedException">Names the folder that is closed.</exception>
    public async Task CheckReach(string folder, CancellationToken cancellation)
    {
        if (User is null) return;
        for (var ancestor = new DirectoryInfo(folder); ancestor is not null; ancestor = ancestor.Parent)
        {
            if ((await Execute("/bin/sh", ["-c", "cd \"$1\"", "sh", ancestor.FullName], cancellation)).Code == 0)
            {
                if (ancestor.FullName == folder) return;
                throw new StartRefusedException(
                    $"The user {User.Name}, as whom PostgreSQL runs, cannot reach {folder}: a folder below {ancestor.FullName} is closed to it. Choose another --Data.");
            }
        }
    }

    private async Task<(int Code, string Said)> Execute(string program, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        if (User is not null) start.UserName = User.Name;
        start.Environment["LC_ALL"] = "C";
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(Home, "lib");
        try
        {
            using var process = Process.Start(start) ?? throw new StartRefusedException($"{program} does not start.");
            // pg_ctl's child keeps the pipes open, so the exit, not their end, is what to wait for.
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await Task.WhenAny(error, Task.Delay(TimeSpan.FromMilliseconds(process.ExitCode == 0 ? 1 : 500), cancellation));
            return (process.ExitCode, error.IsCompletedSuccessfully ? await error : "");
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new StartRefusedException($"{program} does not start: {failure.Message}", failure);
        }
    }
}
