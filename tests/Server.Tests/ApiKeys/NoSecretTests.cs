using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Lastro.Server.Platform;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lastro.Server.Tests.ApiKeys;

/// <summary>Whoever gets a copy of the database or the logs gets no key, no secret, and nothing that opens one.</summary>
public sealed class NoSecretTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("lastro-no-secret-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_dump_and_the_logs_hold_no_key_and_no_secret()
    {
        var lines = new Lines();
        await using var host = await TestHost.Start(services => services.AddLogging(logging => logging.ClearProviders().AddProvider(lines).SetMinimumLevel(LogLevel.Trace)), database: null, settings: []);
        var owner = await KeyOwner.New(host);
        var (made, revoked) = ((await owner.Make(new { label = "canary label" })).Ok(), (await owner.Make()).Ok());
        var known = (await owner.Find(made["key"]!, "192.0.2.7")).ShouldNotBeNull();
        (await owner.Signed(known, KeyOwner.Sign(made["secret"]!))).ShouldBeTrue();
        (await owner.Signed(known, "wrong")).ShouldBeFalse();
        (await owner.Find(revoked["key"]!)).ShouldNotBeNull();
        await owner.Revoke(revoked["id"]!);
        await using (var connection = await host.Owner.OpenConnectionAsync())
            await connection.ExecuteAsync("UPDATE api_keys SET secret = set_byte(secret, 100, get_byte(secret, 100) # 1) WHERE secret IS NOT NULL");
        var damaged = (await owner.Make()).Ok();
        await Task.Delay(TimeSpan.FromSeconds(3));

        var dump = await Dump(host.OwnerConnectionString);
        dump.ShouldContain("canary label");
        dump.ShouldContain(made["prefix"]!);
        var logs = string.Join('\n', lines.All);
        logs.ShouldContain(made["id"]!);
        var master = (await File.ReadAllTextAsync(Path.Combine(host.Services.GetRequiredService<DataFolder>().Secrets, "vault.key"))).Trim();
        var words = new List<string> { master, Hex(Convert.FromBase64String(master)) };
        foreach (var answer in new[] { made, revoked, damaged })
        {
            foreach (var word in new[] { answer["key"]!, answer["secret"]! }) words.AddRange([word, Hex(Encoding.ASCII.GetBytes(word)), Convert.ToBase64String(Encoding.ASCII.GetBytes(word))]);
        }

        foreach (var word in words)
        {
            dump.Contains(word, StringComparison.OrdinalIgnoreCase).ShouldBeFalse("a secret in the database");
            logs.Contains(word, StringComparison.OrdinalIgnoreCase).ShouldBeFalse("a secret in the logs");
        }
    }

    [Fact]
    public async Task Keys_work_after_a_restore_and_not_with_the_tables_alone()
    {
        var (data, backup) = (Path.Combine(_home, "data"), Path.Combine(_home, "backup"));
        var database = await TestPostgres.NewDatabase();
        string[] place = ["--Data", data, "--ConnectionStrings:Lastro", database];
        string key, secret;
        await using (var host = await TestHost.Start(configure: null, database, "--Data", data))
        {
            var made = (await (await KeyOwner.New(host)).Make()).Ok();
            (key, secret) = (made["key"]!, made["secret"]!);
            (await Shot("backup", backup, place)).ShouldBe(0);
        }

        var (empty, home) = (await TestPostgres.NewDatabase(), Path.Combine(_home, "restored"));
        (await Shot("restore", backup, ["--Data", home, "--ConnectionStrings:Lastro", empty])).ShouldBe(0);
        await using (var restored = await TestHost.Start(configure: null, empty, "--Data", home))
        {
            var desk = KeyOwner.DeskOf(restored);
            var known = (await desk.Find(key, null, CancellationToken.None)).ShouldNotBeNull();
            (await desk.Signed(known, KeyOwner.Payload, KeyOwner.Sign(secret), CancellationToken.None)).ShouldBeTrue();
        }

        await using var stranger = await TestHost.Start(configure: null, empty, settings: []);
        (await KeyOwner.DeskOf(stranger).Find(key, null, CancellationToken.None)).ShouldBeNull("its data folder has another master key");
    }

    private static Task<int> Shot(string word, string folder, string[] place) =>
        ServerHost.Run([word, folder, .. place], (builder, data) => Program.Build(builder, data));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Every table as PostgreSQL's own COPY writes it.</summary>
    private static async Task<string> Dump(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        var tables = (await connection.QueryAsync<string>("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")).ToList();
        tables.ShouldContain("public.api_keys");
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT");
            text.Append(await copy.ReadToEndAsync());
        }

        return text.ToString();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() => All.Enqueue("end");
    }
}
