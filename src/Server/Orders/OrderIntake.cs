using System.Threading.Channels;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>One order of a command, measured.</summary>
/// <param name="Terms">What is wanted; a bracket's exit has no quantity yet.</param>
/// <param name="Instrument">The pair.</param>
/// <param name="Hold">What it keeps back from the beginning; zero for one that holds later or is paid for by another of its list.</param>
/// <param name="Leg">Its place in a list.</param>
/// <param name="Extreme">Where a trailing stop that follows at once begins.</param>
internal sealed record ProposedOrder(Core.Orders.OrderTerms Terms, Instrument Instrument, Money Hold, Core.Orders.OrderLeg? Leg = null, decimal? Extreme = null)
{
    /// <summary>What Binance's wire calls it, unique among the account's open orders.</summary>
    public string? WireId { get; init; }

    /// <summary>JSON, as the table keeps it.</summary>
    public string? WireTags { get; init; }
}

/// <summary>Orders that are accepted together or not at all.</summary>
internal sealed record PlaceCommand
{
    public required UserId User { get; init; }

    public required Guid Account { get; init; }

    /// <summary>The client order id of the first order.</summary>
    public required string Key { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Empty when the market refuses them: only an answer given before is then looked for.</summary>
    public IReadOnlyList<ProposedOrder> Orders { get; init; } = [];

    /// <summary>Why there are none.</summary>
    public Refused? Refused { get; init; }

    /// <summary>The order they take the place of.</summary>
    public long? Replaces { get; init; }

    /// <summary>What Binance's wire calls the list, unique among the account's open lists.</summary>
    public string? WireListId { get; init; }

    /// <summary>Its caller is answered once its first order has come into the lane, with what that decided on it at once.</summary>
    public bool WantsTaking { get; init; }

    public DateTimeOffset Now { get; init; }

    public TaskCompletionSource<Placed> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The outcome of a command.</summary>
/// <param name="Orders">As they stand, first the one with the key.</param>
/// <param name="Before">True when they had been accepted before this command.</param>
/// <param name="Refused">Why there are none.</param>
internal sealed record Placed(IReadOnlyList<OrderRow> Orders, bool Before = false, Refused? Refused = null)
{
    /// <summary>What the lane decided on the first order as it came in, where that was wanted: is it still there, and how often was it filled?</summary>
    public (bool Here, int Fills) Taking { get; init; } = (true, 0);

    public static Placed No(Refused why) => new([], false, why);
}

/// <summary>
/// The way in: commands of all callers, as many as have gathered while the last transaction was being made durable, in one transaction.
/// The queue is bounded; when it is full a command is refused as busy.
/// </summary>
internal sealed class OrderIntake(IntakeWriter writer, OrderMailbox mailbox, IOptions<OrdersOptions> options, ILogger<OrderIntake> log) : BackgroundService
{
    private readonly Channel<PlaceCommand> _commands = Channel.CreateBounded<PlaceCommand>(
        new BoundedChannelOptions(options.Value.MaxPlacing) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>The command's outcome, committed.</summary>
    /// <exception cref="NpgsqlException">The database is not there, or the outcome is not known.</exception>
    public Task<Placed> Submit(PlaceCommand command)
    {
#pragma warning disable VSTHRD003 // The loop below completes it.
        if (!mailbox.Crowded && _commands.Writer.TryWrite(command)) return command.Answer.Task;
#pragma warning restore VSTHRD003
        return Task.FromResult(Placed.No(OrderRefusals.Busy("Too many orders are on their way in.")));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<PlaceCommand>();
        try
        {
            while (await _commands.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < options.Value.BatchSize && _commands.Reader.TryRead(out var command)) batch.Add(command);
                await Write(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The way in is closed");
        }
        finally
        {
            while (_commands.Reader.TryRead(out var command)) command.Answer.TrySetResult(Placed.No(OrderRefusals.Busy("The server stops.")));
        }
    }

    private async Task Write(List<PlaceCommand> batch, CancellationToken cancellation)
    {
        try
        {
            await writer.Write(batch, cancellation);
        }
        catch (PostgresException error) when (batch.Count > 1 && !error.IsTransient)
        {
            // One command's mistake is not the others': each is tried alone.
            log.LogWarning("A batch of {Count} commands was refused; they are written one by one: {Reason}", batch.Count, error.Message);
            foreach (var command in batch) await Write([command], cancellation);
        }
#pragma warning disable CA1031 // Whatever it is, every caller is told, and the loop goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not (NpgsqlException or TimeoutException or IOException or OperationCanceledException)) log.LogError(error, "Orders could not be written");
            foreach (var command in batch) command.Answer.TrySetException(error);
        }
    }
}
