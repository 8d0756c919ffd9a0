using Lastro.Core;
using Lastro.Core.Matching;

namespace Lastro.Server.Orders;

/// <summary>A fill as its table has it.</summary>
internal sealed record FillRow
{
    /// <summary>For SELECT, named after the properties below.</summary>
    public const string Columns = """
        id AS Id, order_id AS OrderId, number AS Number, account_id AS AccountId, symbol AS Symbol, side AS SideWord,
        trim_scale(price) AS Price, trim_scale(quantity) AS Quantity, trim_scale(quote_quantity) AS QuoteQuantity,
        trim_scale(fee) AS Fee, fee_asset AS FeeAsset, maker AS Maker, cause::text AS Cause, created_at AS CreatedAt
        """;

    public long Id { get; init; }

    public long OrderId { get; init; }

    public int Number { get; init; }

    public Guid AccountId { get; init; }

    public string Symbol { get; init; } = "";

    public string SideWord { get; init; } = "";

    public decimal Price { get; init; }

    public decimal Quantity { get; init; }

    public decimal QuoteQuantity { get; init; }

    public decimal Fee { get; init; }

    public string FeeAsset { get; init; } = "";

    public bool Maker { get; init; }

    public string Cause { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public static string Stored(in FillCause cause)
    {
        var kind = cause.Kind switch
        {
            CauseKind.Trade => "trade",
            CauseKind.Quote => "quote",
            CauseKind.Book => "book",
            CauseKind.Slippage => "slippage",
            CauseKind.Time => "time",
        };
        return $$"""{"kind":"{{kind}}","id":{{cause.Id}},"price":"{{Decimals.ToPlain(cause.Price.Value)}}","timeMs":{{cause.TimeMs}}}""";
    }
}
