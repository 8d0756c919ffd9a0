using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lastro.Server.Tests.Host;

/// <summary>The server as its own process with its own PostgreSQL, for what only a process can show: kills, signals, exit codes.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ServerProcess(Process process, Uri address, string data)
    {
        (_process, Address, Data) = (process, address, data);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Data { get; }

    public HttpClient Client { get; }

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>The process id of this server's PostgreSQL, from its pid file; null when there is none.</summary>
    public int? PostgresPid
    {
        get
        {
            var file = Path.Combine(Data, "pg", "data", "postmaster.pid");
            return File.Exists(file) ? int.Parse(File.ReadLines(file).First()) : null;
        }
    }

    /// <summary>Runs the server's binary to its end.</summary>
    public static async Task<(int Code, string Said)> Run(params string[] args)
    {
        using var process = Launch(args);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Starts the server and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(string data, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var server = new ServerProcess(
            Launch(["--urls", address.ToString(), "--Data", data, "--Market", "demo", "--Limits:LoginPerMinutePerIp", "0", .. settings]), address, data);
        await server.Until(async () => (await server.Client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Asks again and again until the answer is yes.</summary>
    public async Task Until(Func<Task<bool>> done, TimeSpan limit)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < limit)
        {
            try
            {
                if (await done()) return;
            }
            catch (HttpRequestException error) when (!_process.HasExited)
            {
                Debug.WriteLine(error.Message);
            }

            _process.HasExited.ShouldBeFalse(Said);
            await Task.Delay(50);
        }

        throw new TimeoutException($"Not so within {limit}.\n{Said}");
    }

    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> Terminate()
    {
        await Signal(_process.Id, "TERM");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            _process.Kill();
            throw new TimeoutException($"The server does not end.\n{Said}", late);
        }

        return _process.ExitCode;
    }

    public static async Task Signal(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{pid}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await Terminate();
        _process.Dispose();
    }

    private static Process Launch(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lastro.Server.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start)!;
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_said) _said.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
