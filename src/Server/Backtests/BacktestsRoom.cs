using System.ComponentModel.DataAnnotations;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Microsoft.AspNetCore.Mvc;

namespace Lastro.Server.Backtests;

/// <summary>Settings under <c>Lab</c>: what it may take of the machine, and what a user may take of it.</summary>
internal sealed record LabOptions
{
    /// <summary>Threads that count, below the priority of everything else; 0: one for every two cores.</summary>
    [Range(0, 256)]
    public int Workers { get; init; }

    /// <summary>Backtests and sweeps of one user that run at the same time.</summary>
    [Range(1, 256)]
    public int ConcurrentPerUser { get; init; } = 2;

    /// <summary>Backtests and sweeps of one user that wait or run.</summary>
    [Range(1, 10_000)]
    public int QueuedPerUser { get; init; } = 20;

    /// <summary>Ended backtests and sweeps of one user that are kept; who has so many deletes one before the next.</summary>
    [Range(1, 100_000)]
    public int KeptPerUser { get; init; } = 200;

    /// <summary>Candles of one backtest, of all its pairs, smaller ones for detail included.</summary>
    [Range(1, 1_000_000_000)]
    public long RowsPerRun { get; init; } = 3_000_000;

    /// <summary>Trades of one backtest; a run with more is told so instead of being kept.</summary>
    [Range(1, 10_000_000)]
    public int TradesPerRun { get; init; } = 100_000;

    /// <summary>Bytes of what a user's ended runs made, as they lie in the database; who has so many deletes one before the next.</summary>
    [Range(1_000, 1_000_000_000_000)]
    public long BytesPerUser { get; init; } = 200_000_000;

    /// <summary>Combinations of one sweep.</summary>
    [Range(1, 1_000_000)]
    public int CombinationsPerSweep { get; init; } = 5_000;

    /// <summary>Candles times combinations of one sweep.</summary>
    [Range(1, 1_000_000_000_000)]
    public long RowsPerSweep { get; init; } = 2_000_000_000;

    /// <summary>Candles of one download.</summary>
    [Range(1, 1_000_000_000)]
    public long RowsPerDownload { get; init; } = 1_000_000;

    /// <summary>Candles of all downloads of one user within 24 hours.</summary>
    [Range(1, 1_000_000_000)]
    public long DownloadRowsPerDay { get; init; } = 5_000_000;

    /// <summary>Downloads of one user that wait or run.</summary>
    [Range(1, 1_000)]
    public int DownloadsPerUser { get; init; } = 10;

    /// <summary>Milliseconds between two requests of a download: the source has others to serve.</summary>
    [Range(0, 60_000)]
    public int DownloadPauseMs { get; init; } = 50;

    /// <summary>Seconds without a sign of life after which another server takes a job over.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; init; } = 15;

    /// <summary>Times a job is taken up anew after its server died, before it is given up.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 3;

    /// <summary>Threads, with the machine's cores counted.</summary>
    public int Threads => Workers > 0 ? Workers : Math.Max(1, Environment.ProcessorCount / 2);
}

/// <summary>The door: backtests, sweeps and downloads of candles, as jobs that outlive the server.</summary>
internal static class BacktestsRoom
{
    private const int LongestBody = 262_144;

    public static IServiceCollection AddBacktests(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LabOptions>().Bind(configuration.GetSection("Lab")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LabQueue>().AddSingleton<LabStore>().AddSingleton<LabRuns>().AddSingleton<LabEntry>().AddSingleton<LabForm>().AddSingleton<LabChannel>();
        services.AddSingleton<LabCrew>().AddSingleton<BacktestWork>().AddSingleton<SweepWork>().AddSingleton<DownloadWork>().AddSingleton<LabWorks>();
        services.AddSingleton<LabLoop>().AddHostedService(all => all.GetRequiredService<LabLoop>());
        services.AddSingleton<StartBacktest>().AddSingleton<StartSweep>().AddSingleton<StartDownload>();
        services.AddSingleton<ListBacktests>().AddSingleton<ListSweeps>().AddSingleton<ListDownloads>().AddSingleton<EndJob>();
        return services.AddSingleton<ReadReport>().AddSingleton<ReadSweepRows>().AddSingleton<ReadCoverage>().AddSingleton<ExplainBacktest>();
    }

    public static void MapBacktests(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        services.GetRequiredService<LabChannel>().Open(services.GetRequiredService<StreamHub>(), services.GetRequiredService<OutboxPump>());
        var group = routes.MapGroup("/api/v1/backtests").WithTags("backtests").RequireAuthorization(Policies.Signed)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        group.MapPost("", StartBacktest.Route).WithName("startBacktest").RequireRateLimiting(RateLimits.Lab);
        group.MapGet("", ListBacktests.Route).WithName("backtests");
        group.MapGet("/{id:guid}", ListBacktests.OneRoute).WithName("backtest");
        group.MapDelete("/{id:guid}", EndJob.BacktestRoute).WithName("endBacktest");
        group.MapGet("/{id:guid}/report", ReadReport.Route).WithName("backtestReport");
        group.MapGet("/{id:guid}/trades.csv", ReadReport.TradesRoute).WithName("backtestTrades");
        group.MapGet("/{id:guid}/equity.csv", ReadReport.EquityRoute).WithName("backtestEquity");
        group.MapPost("/{id:guid}/explain", ExplainBacktest.Route).WithName("explainBacktest").RequireRateLimiting(RateLimits.Lab);
        group.MapPost("/sweeps", StartSweep.Route).WithName("startSweep").RequireRateLimiting(RateLimits.Lab);
        group.MapGet("/sweeps", ListSweeps.Route).WithName("sweeps");
        group.MapGet("/sweeps/{id:guid}", ListSweeps.OneRoute).WithName("sweep");
        group.MapDelete("/sweeps/{id:guid}", EndJob.SweepRoute).WithName("endSweep");
        group.MapGet("/sweeps/{id:guid}/rows", ReadSweepRows.Route).WithName("sweepRows");

        var data = routes.MapGroup("/api/v1/data").WithTags("data").RequireAuthorization(Policies.Signed);
        data.MapGet("/coverage", ReadCoverage.Route).WithName("coverage");
        data.MapPost("/downloads", StartDownload.Route).WithName("startDownload").RequireRateLimiting(RateLimits.Lab);
        data.MapGet("/downloads", ListDownloads.Route).WithName("downloads");
        data.MapGet("/downloads/{id:guid}", ListDownloads.OneRoute).WithName("download");
        data.MapDelete("/downloads/{id:guid}", EndJob.DownloadRoute).WithName("endDownload");
    }
}
