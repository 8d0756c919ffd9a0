using System.Diagnostics;

namespace Lastro.Cli.Tests;

/// <summary>The built command line as a process, in a folder of its own that goes when the test ends.</summary>
public sealed class CliRun : IDisposable
{
    /// <summary>Where it works; candles it keeps lie below.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("lastro-cli-").FullName;

    /// <summary>Runs it to its end.</summary>
    public async Task<CliAnswer> Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lastro.Cli.dll"), .. args])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LASTRO_CANDLES"] = Path.Combine(Folder, "candles");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return new CliAnswer(process.ExitCode, await output, await error);
    }

    /// <summary>Runs it and expects it to be done without a word on stderr.</summary>
    public async Task<string> Done(params string[] args)
    {
        var answer = await Run(args);
        (answer.Code, answer.Error).ShouldBe((0, ""), string.Join(' ', args));
        return answer.Output;
    }

    /// <summary>Runs it and expects a refusal of one line.</summary>
    public async Task<string> Refused(params string[] args)
    {
        var answer = await Run(args);
        answer.Code.ShouldBe(1, answer.Output + answer.Error);
        answer.Error.Count(letter => letter == '\n').ShouldBe(1, answer.Error);
        return answer.Error.TrimEnd('\n');
    }

    /// <summary>Writes a file into the folder and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>How a run ended.</summary>
public sealed record CliAnswer(int Code, string Output, string Error);
