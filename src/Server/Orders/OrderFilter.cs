using System.Globalization;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Orders;

/// <summary>The query of the lists of orders and fills.</summary>
/// <param name="AccountId">Only this account.</param>
/// <param name="Symbol">Only this pair.</param>
/// <param name="Limit">1 to 500, default 50.</param>
/// <param name="Cursor">From the page before.</param>
internal sealed record OrderFilter(string? AccountId, string? Symbol, string? Limit, string? Cursor)
{
    public const int MaxLimit = 500;
    private const int DefaultLimit = 50;

    public Guid? Account => Guid.TryParse(AccountId, out var account) ? account : null;

    public string? PlainSymbol => Symbol?.ToUpperInvariant();

    public int Most => int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : DefaultLimit;

    public long Before => Number(Cursor) ?? long.MaxValue;

    public Refused? Fault()
    {
        if (AccountId is not null && Account is null) return new Refused(ErrorCode.InvalidField, "accountId", AccountId);
        if (Limit is not null && (Number(Limit) is not { } limit || limit is < 1 or > MaxLimit)) return new Refused(ErrorCode.InvalidField, "limit", Limit, $"1..{MaxLimit}");
        return Cursor is not null && Number(Cursor) is null ? new Refused(ErrorCode.InvalidField, "cursor", Cursor) : null;
    }

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
