using System.Text.Json;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Backtests;

/// <summary>The words of the column kind, and which of them wait in one queue.</summary>
internal static class LabKinds
{
    public const string Backtest = "backtest";
    public const string Sweep = "sweep";
    public const string Download = "download";

    /// <summary>What needs a thread of the crew.</summary>
    public const string Runs = "runs";

    /// <summary>What waits for the source.</summary>
    public const string Downloads = "downloads";

    public static string[] Of(string lane) => lane == Runs ? [Backtest, Sweep] : [Download];

    public static string LaneOf(string kind) => kind == Download ? Downloads : Runs;
}

/// <summary>A job that this server works on.</summary>
/// <param name="Id">Its row.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Kind">backtest, sweep or download.</param>
/// <param name="Request">Its terms, JSON.</param>
/// <param name="Progress">Where an earlier worker left it.</param>
internal sealed record LabJob(Guid Id, UserId User, string Kind, string Request, double Progress)
{
    public T Terms<T>() => JsonSerializer.Deserialize<T>(Request, LabJson.Options) ?? throw new JsonException("A job without terms.");
}

/// <summary>What the stream tells of a job.</summary>
internal sealed record LabUpdate(Guid Id, string Kind, string Status, double Progress);

/// <summary>JSON of what the room keeps for itself.</summary>
internal static class LabJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Platform.Json.JsonSetup.Apply(options);
        return options;
    }
}

/// <summary>A job as its table has it.</summary>
internal sealed record LabRow
{
    /// <summary>For SELECT and RETURNING, of lab_jobs without an alias.</summary>
    public const string Columns = """
        id AS Id, kind AS Kind, status AS Status, request AS Request, progress AS Progress, error_code AS ErrorCode, error_detail AS ErrorDetail,
        summary AS Summary, created_at AS CreatedAt, started_at AS StartedAt, ended_at AS EndedAt
        """;

    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public string Status { get; init; } = "";

    public string Request { get; init; } = "";

    public double Progress { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    public string? Summary { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public BacktestView Backtest(int? position) => new(Run(position, out _)) { Summary = Read<LabSummary>(Summary) };

    public SweepView Sweep(int? position)
    {
        var (run, summary) = (Run(position, out var terms), Read<SweepSummary>(Summary));
        return new SweepView(run, terms.Sweep!) { Best = summary?.Best, KeptNearby = summary?.KeptNearby, DeflatedSharpe = summary?.DeflatedSharpe };
    }

    public DownloadView Download(int? position) => new(Job(position), Read<DownloadTerms>(Request)!) { Coverage = Read<CoverageView>(Summary) };

    private LabRunView Run(int? position, out LabTerms terms) => new(Job(position), terms = Read<LabTerms>(Request)!);

    private LabJobView Job(int? position) => new()
    {
        Id = Id,
        Kind = Kind,
        Status = Status,
        Progress = Progress,
        QueuePosition = Status == "queued" ? position : null,
        Error = ErrorCode is null ? null : new LabError(ErrorCode, ErrorDetail),
        CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        StartedAt = Utc(StartedAt),
        EndedAt = Utc(EndedAt),
    };

    private static DateTimeOffset? Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, LabJson.Options);
}
