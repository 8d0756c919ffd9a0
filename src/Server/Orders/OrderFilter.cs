using System.Globalization;
using Dapper;
using Lastro.Core;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Orders;

/// <summary>The query of the lists of orders and fills.</summary>
internal sealed record OrderFilter
{
    public const int MaxLimit = 500;
    private const int DefaultLimit = 50;

    /// <summary>The conditions below, for a table that has these columns; the parameters are <see cref="Parameters"/>.</summary>
    public const string Sql = """
        user_id = @User AND id < @Before AND (@Account::uuid IS NULL OR account_id = @Account) AND (@Symbol::text IS NULL OR symbol = @Symbol)
            AND (@Base::text IS NULL OR base = @Base) AND (@Side::text IS NULL OR side = @Side)
            AND (@From::timestamptz IS NULL OR created_at >= @From) AND (@To::timestamptz IS NULL OR created_at < @To)
        """;

    /// <summary>Only this account.</summary>
    public string? AccountId { get; init; }

    /// <summary>Only this pair.</summary>
    public string? Symbol { get; init; }

    /// <summary>Only pairs that trade this asset.</summary>
    public string? Base { get; init; }

    /// <summary>buy or sell.</summary>
    public string? Side { get; init; }

    /// <summary>Not before this time, ISO 8601.</summary>
    public string? From { get; init; }

    /// <summary>Before this time.</summary>
    public string? To { get; init; }

    /// <summary>1 to 500, default 50.</summary>
    public string? Limit { get; init; }

    /// <summary>From the page before.</summary>
    public string? Cursor { get; init; }

    private Guid? Account => Guid.TryParse(AccountId, out var account) ? account : null;

    public int Most => int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : DefaultLimit;

    public Refused? Fault()
    {
        if (AccountId is not null && Account is null) return new Refused(ErrorCode.InvalidField, "accountId", AccountId);
        if (Limit is not null && (Number(Limit) is not { } limit || limit is < 1 or > MaxLimit)) return new Refused(ErrorCode.InvalidField, "limit", Limit, $"1..{MaxLimit}");
        if (Cursor is not null && Number(Cursor) is null) return new Refused(ErrorCode.InvalidField, "cursor", Cursor);
        if (Base is not null && !Asset.TryParse(Base.ToUpperInvariant(), out _)) return new Refused(ErrorCode.InvalidField, "base", Base, "1..20 letters A-Z and digits");
        if (Side is not (null or "buy" or "sell")) return new Refused(ErrorCode.InvalidField, "side", Side, "buy, sell");
        return Moment.Read("from", From).Refused ?? Moment.Read("to", To).Refused;
    }

    /// <summary>What <see cref="Sql"/> and the limit ask for; one row more than wanted tells whether there is another page.</summary>
    public DynamicParameters Parameters(UserId user)
    {
        var parameters = new DynamicParameters();
        parameters.Add("User", user.Value);
        parameters.Add("Before", Number(Cursor) ?? long.MaxValue);
        parameters.Add("Account", Account);
        parameters.Add("Symbol", Symbol?.ToUpperInvariant());
        parameters.Add("Base", Base?.ToUpperInvariant());
        parameters.Add("Side", Side);
        parameters.Add("From", Moment.Read("from", From).Time?.UtcDateTime);
        parameters.Add("To", Moment.Read("to", To).Time?.UtcDateTime);
        parameters.Add("Limit", Most + 1);
        return parameters;
    }

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
