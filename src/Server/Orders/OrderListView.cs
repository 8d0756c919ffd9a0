namespace Lastro.Server.Orders;

/// <summary>Orders that belong together.</summary>
/// <param name="Id">The list's: the id of its first order.</param>
/// <param name="Orders">Entry, target, stop, as far as the list has them.</param>
internal sealed record OrderListView(string Id, IReadOnlyList<OrderView> Orders);
