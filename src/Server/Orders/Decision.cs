using Lastro.Core;
using Lastro.Core.Matching;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>One share of a fill decision.</summary>
internal readonly record struct DecidedFill(Price Price, Quantity Quantity, bool Maker, FillCause Cause);

/// <summary>What the lane decided on one order at one event. It counts once its transaction has committed, if the order is as the lane knew it then.</summary>
internal sealed record Decision
{
    public required long OrderId { get; init; }

    /// <summary>Fills the order had before; a decision is applied only on top of exactly these.</summary>
    public required int FillsBefore { get; init; }

    /// <summary>The terms it was decided on.</summary>
    public required int Revision { get; init; }

    public IReadOnlyList<DecidedFill> Fills { get; init; } = [];

    /// <summary>It fires, by this: applied before the fills.</summary>
    public FillCause? FiredBy { get; init; }

    /// <summary>It begins to rest: applied before the fills.</summary>
    public bool Works { get; init; }

    /// <summary>How the order ends; null when it stays open.</summary>
    public OrderEvent? End { get; init; }

    /// <summary>Why it ends other than filled.</summary>
    public string? Reason { get; init; }

    /// <summary>Market time, Unix milliseconds.</summary>
    public required long TimeMs { get; init; }

    /// <summary>No decision at all: everything before it has been decided.</summary>
    public LaneMark? Mark { get; init; }

    public static Decision OfMark(LaneMark mark) => new() { OrderId = 0, FillsBefore = 0, Revision = 0, TimeMs = mark.TimeMs, Mark = mark };
}
