namespace Lastro.Core.Markets;

/// <summary>A trade that happened at the exchange.</summary>
/// <param name="Id">The exchange's id, rising by one within a symbol.</param>
/// <param name="Price">Price of the trade.</param>
/// <param name="Quantity">Base units.</param>
/// <param name="TimeMs">Exchange time, Unix milliseconds.</param>
/// <param name="BuyerIsMaker">True when the buyer's order was resting, so the taker sold.</param>
public readonly record struct MarketTrade(long Id, Price Price, Quantity Quantity, long TimeMs, bool BuyerIsMaker);
