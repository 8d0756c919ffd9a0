namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>What became of an order: the same words and plain decimals from both sides.</summary>
internal sealed record OrderOutcome
{
    public required long Id { get; init; }

    public required string Status { get; init; }

    public OutcomeFiring? FiredBy { get; init; }

    public IReadOnlyList<OutcomeFill> Fills { get; init; } = [];

    /// <summary>Everything that must agree, as text.</summary>
    public string Show() => string.Join(
        Environment.NewLine,
        [$"{Status}{(FiredBy is { } by ? $", fired by {by.Id} at {by.Price} (event {by.Event})" : "")}", .. Fills.Select(fill => $"  {fill}")]);
}

internal sealed record OutcomeFiring(int Event, long Id, string Price);

internal sealed record OutcomeFill(string Price, string Quantity, bool Maker, string Fee, string FeeAsset, int Event, OutcomeCause Cause)
{
    public override string ToString() =>
        $"{Quantity} at {Price} {(Maker ? "maker" : "taker")} fee {Fee} {FeeAsset} event {Event} by {Cause.Kind} {Cause.Id} at {Cause.Price}";
}

internal sealed record OutcomeCause(string Kind, long Id, string Price);
