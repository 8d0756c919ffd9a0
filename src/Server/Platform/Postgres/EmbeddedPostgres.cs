using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Lastro.Server.Platform.Postgres;

/// <summary>
/// A PostgreSQL of our own: loopback only, a free port, a generated password. It outlives a killed server; the next server
/// on the folder (which holds the folder's lock, so nobody else can) stops what is left and starts afresh.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Owner = "lastro";
    private const string Database = "lastro";
    private const string PasswordSecret = "postgres-password";
    private const int MaxConnections = 120;

    private static readonly TimeSpan _watch = TimeSpan.FromMilliseconds(300);

    private readonly DataFolder _data;
    private readonly PostgresPrograms _programs;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _cluster;
    private readonly int _port;
    private Task _watching = Task.CompletedTask;

    private EmbeddedPostgres(DataFolder data, PostgresPrograms programs, int port) =>
        (_data, _programs, _port, _cluster) = (data, programs, port, Path.Combine(data.Postgres, "data"));

    /// <summary>The owner's way in, to the database "lastro".</summary>
    public string ConnectionString => To(_data, _port, Database);

    /// <summary>As <see cref="ConnectionString"/>, for the PostgreSQL of a server that runs on this folder.</summary>
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static string Running(DataFolder data)
    {
        var file = Path.Combine(data.Postgres, "data", "postmaster.pid");
        // Line 4 of postmaster.pid is the port (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PORT).
        var port = File.Exists(file) ? File.ReadLines(file).Skip(3).FirstOrDefault() : null;
        return int.TryParse(port, out var number)
            ? To(data, number, Database)
            : throw new StartRefusedException($"The server on {data.Path} has no PostgreSQL of its own: name its database with ConnectionStrings__Lastro.");
    }

    public static async Task<EmbeddedPostgres> Start(DataFolder data, CancellationToken cancellation)
    {
        var programs = new PostgresPrograms(PostgresBinaries.Install(data), OsUser.ForPostgres());
        programs.User?.Own(data.Postgres);
        await programs.CheckReach(data.Postgres, cancellation);
        var postgres = new EmbeddedPostgres(data, programs, FreePort());
        await postgres.StopLeftover(cancellation);
        if (!File.Exists(Path.Combine(postgres._cluster, "PG_VERSION"))) await postgres.MakeCluster(cancellation);
        await postgres.Launch(cancellation);
        await postgres.MakeDatabase(cancellation);
        postgres._watching = postgres.Watch();
        return postgres;
    }

    /// <summary>Starts it again when it is gone: the pool's next connections find it at the same address.</summary>
    private async Task Watch()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(_watch, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested || ServerPid() is not null) continue;
            try
            {
                await Launch(_stop.Token);
            }
            catch (StartRefusedException error)
            {
                await Console.Error.WriteLineAsync($"PostgreSQL is down and does not start: {error.Message}");
                await Task.Delay(_watch, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.WaitAsync(TimeSpan.FromSeconds(70));
        await Stop(CancellationToken.None);
        _stop.Dispose();
    }

    private async Task MakeCluster(CancellationToken cancellation)
    {
        var draft = _cluster + ".new";
        var password = Path.Combine(_data.Postgres, "password");
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        try
        {
            await File.WriteAllTextAsync(password, "", cancellation);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            _programs.User?.Own(password);
            await File.WriteAllTextAsync(password, _data.Secret(PasswordSecret).Reveal(), cancellation);
            await _programs.Run("initdb", ["-D", draft, "-U", Owner, "--auth=scram-sha-256", $"--pwfile={password}", "-E", "UTF8",
                "--locale=C", "--no-instructions", .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["--no-sync"]], cancellation);
        }
        finally
        {
            File.Delete(password);
        }

        // One sync of everything instead of initdb's one per file, before the folder gets the name that makes it count.
        OsUser.Sync();
        Directory.Move(draft, _cluster);
    }

    private async Task MakeDatabase(CancellationToken cancellation)
    {
        await using var desk = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(To(_data, _port, "postgres")) { Pooling = false, Timeout = 15 }.ConnectionString);
        try
        {
            await desk.OpenAsync(cancellation);
            await using var known = new NpgsqlCommand($"SELECT count(*) FROM pg_database WHERE datname = '{Database}'", desk);
            if ((long)(await known.ExecuteScalarAsync(cancellation))! == 1) return;
            await using var make = new NpgsqlCommand($"CREATE DATABASE {Database}", desk);
            await make.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException error)
        {
            await Stop(CancellationToken.None);
            throw new StartRefusedException($"PostgreSQL started and cannot be used: {error.Message}", error);
        }
    }

    private static string To(DataFolder data, int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Owner,
        Password = data.Secret(PasswordSecret).Reveal(),
        Database = database,
        MaxPoolSize = 60,
        IncludeErrorDetail = false,
    }.ConnectionString;

    private Task Launch(CancellationToken cancellation)
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", "unix_socket_directories=", $"max_connections={MaxConnections}", "shared_buffers=128MB",
            "timezone=UTC", "log_timezone=UTC", "wal_compression=on", "max_wal_size=512MB", "idle_in_transaction_session_timeout=30s",
            "logging_collector=on", "log_directory=log", "log_filename=postgres-%a.log", "log_truncate_on_rotation=on",
            "log_rotation_age=1d", "log_min_messages=warning", "log_min_error_statement=panic",
        ];
        var options = string.Join(' ', settings.Select(setting => $"-c {setting}").Prepend($"-p {_port}"));
        return _programs.Run("pg_ctl", ["start", "-D", _cluster, "-w", "-t", "60", "-l", Path.Combine(_data.Postgres, "start.log"), "-o", options], cancellation);
    }

    /// <summary>A PostgreSQL that a killed server left behind holds its transactions until its clients' sockets close; a fast stop ends them now.</summary>
    private async Task StopLeftover(CancellationToken cancellation)
    {
        if (ServerPid() is not null) await Stop(cancellation);
        await ClearPidFile(cancellation);
    }

    /// <summary>
    /// PostgreSQL refuses to start when the number in a stale file is by now somebody else's, so we take the file away; but only
    /// when no process of the dead postmaster is left, because the file is what keeps a second one from its memory.
    /// </summary>
    private async Task ClearPidFile(CancellationToken cancellation)
    {
        var pidFile = Path.Combine(_cluster, "postmaster.pid");
        for (var wait = 0; File.Exists(pidFile) && ServerPid() is null; wait++)
        {
            if (!AnyoneHere()) File.Delete(pidFile);
            else if (wait == 100) throw new StartRefusedException($"Processes of a dead PostgreSQL still work on {_cluster}; end them first.");
            else await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    /// <summary>Every process of PostgreSQL stands in its cluster's folder.</summary>
    private bool AnyoneHere() => OperatingSystem.IsLinux()
        && Directory.EnumerateDirectories("/proc").Any(process => char.IsAsciiDigit(Path.GetFileName(process)[0]) && StandsHere(process));

    private bool StandsHere(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == Path.GetFullPath(_cluster);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Fast, which ends transactions and writes everything down; where that does not come to an end, at once, which the next start repairs from the log.</summary>
    private async Task Stop(CancellationToken cancellation)
    {
        foreach (var (mode, seconds) in new[] { ("fast", "20"), ("immediate", "5") })
        {
            if (ServerPid() is null) return;
            try
            {
                await _programs.Run("pg_ctl", ["stop", "-D", _cluster, "-m", mode, "-w", "-t", seconds], cancellation);
                return;
            }
            catch (StartRefusedException error) when (ServerPid() is not null)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
        }

        throw new StartRefusedException($"PostgreSQL (process {ServerPid()}) does not stop.");
    }

    /// <summary>The process of postmaster.pid, when it lives and is a postgres.</summary>
    private int? ServerPid()
    {
        var file = Path.Combine(_cluster, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid)) return null;
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && IsOurs(pid) ? pid : null;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A number used again may be another server's PostgreSQL; one that died unreaped has no command line.</summary>
    private bool IsOurs(int pid)
    {
        var file = $"/proc/{pid}/cmdline";
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            return File.ReadAllText(file).Split('\0').Contains(_cluster, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
