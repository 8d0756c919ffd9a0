namespace Lastro.Core.Markets;

/// <summary>Best bid and ask.</summary>
/// <param name="UpdateId">The book update this belongs to.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="BidQuantity">Size displayed there.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="AskQuantity">Size displayed there.</param>
/// <param name="TimeMs">Exchange time in Unix milliseconds; Binance's bookTicker has none, so the receive time there.</param>
public readonly record struct BookTop(
    long UpdateId, Price Bid, Quantity BidQuantity, Price Ask, Quantity AskQuantity, long TimeMs);
