namespace Lastro.Core.Orders;

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>Waits for its trigger, its time or its entry.</summary>
    Waiting,

    /// <summary>Waits, but its owner has told it not to fire.</summary>
    Paused,

    /// <summary>Has fired, and acts from the next market event on.</summary>
    Triggered,

    /// <summary>Works in the market, nothing filled.</summary>
    New,

    /// <summary>Works in the market with a part filled.</summary>
    PartiallyFilled,

    /// <summary>Filled to the end.</summary>
    Filled,

    /// <summary>Ended before the end, by its owner, by its sibling or because the book had no more.</summary>
    Canceled,

    /// <summary>Ended without any fill, because it could not be carried out.</summary>
    Rejected,

    /// <summary>Its time was up, or it was to be filled at once and was not.</summary>
    Expired,

    /// <summary>It fired and the money was not there. It may be tried again.</summary>
    Failed,
}

/// <summary>What can happen to an order.</summary>
public enum OrderEvent
{
    /// <summary>Its owner lets it rest.</summary>
    Pause,

    /// <summary>Its owner lets it wait again.</summary>
    Resume,

    /// <summary>Its price or time has come and its money is held.</summary>
    Fire,

    /// <summary>Its price or time has come and its money is not there.</summary>
    Fail,

    /// <summary>A failed order is tried again, with its money held.</summary>
    Retry,

    /// <summary>It begins to rest in the market.</summary>
    Work,

    /// <summary>A part is filled.</summary>
    Fill,

    /// <summary>The rest is filled.</summary>
    FillLast,

    /// <summary>It is ended by its owner, its sibling or an empty book.</summary>
    Cancel,

    /// <summary>It cannot be carried out.</summary>
    Reject,

    /// <summary>Its time is up.</summary>
    Expire,
}

/// <summary>The closed table of what may follow what. Whatever it does not name is refused.</summary>
public static class OrderStates
{
    /// <summary>True for orders that can still change the books: they are in lanes and may hold money.</summary>
    public static bool IsOpen(OrderStatus status) =>
        status is OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled;

    /// <summary>The state after an event; null when the event cannot happen in this state.</summary>
    public static OrderStatus? Next(OrderStatus status, OrderEvent happened) => (status, happened) switch
    {
        (OrderStatus.Waiting, OrderEvent.Pause) => OrderStatus.Paused,
        (OrderStatus.Paused, OrderEvent.Resume) => OrderStatus.Waiting,
        (OrderStatus.Waiting, OrderEvent.Fire) => OrderStatus.Triggered,
        (OrderStatus.Waiting, OrderEvent.Fail) => OrderStatus.Failed,
        (OrderStatus.Failed, OrderEvent.Retry) => OrderStatus.Triggered,

        // A bracket's target begins to work without firing.
        (OrderStatus.Waiting or OrderStatus.Triggered, OrderEvent.Work) => OrderStatus.New,
        (OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled, OrderEvent.Fill) => OrderStatus.PartiallyFilled,
        (OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled, OrderEvent.FillLast) => OrderStatus.Filled,
        (OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled, OrderEvent.Cancel) =>
            OrderStatus.Canceled,
        (OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled, OrderEvent.Expire) =>
            OrderStatus.Expired,
        (OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New, OrderEvent.Reject) => OrderStatus.Rejected,
        _ => null,
    };
}
