using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Lastro.Server.Platform.Errors;

/// <summary>The one table from refusal to ProblemDetails.</summary>
internal static class Problems
{
    public static ProblemHttpResult Result(Refused refused, HttpResponse? response = null)
    {
        if (refused.RetryAfterSeconds is { } seconds && response is not null)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Problem(Details(refused));
    }

    public static ProblemDetails Details(Refused refused)
    {
        var code = WireCode(refused.Code);
        var details = new ProblemDetails
        {
            Type = $"https://lastro.invalid/problems/{code}",
            Title = code.Replace('_', ' '),
            Status = StatusOf(refused.Code),
            Detail = refused.Detail,
        };
        details.Extensions["code"] = code;
        if (refused.Field is not null) details.Extensions["field"] = refused.Field;
        if (refused.Value is not null) details.Extensions["value"] = refused.Value;
        if (refused.Limit is not null) details.Extensions["limit"] = refused.Limit;
        return details;
    }

    public static string WireCode(ErrorCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    public static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.InvalidJson => 400,
        ErrorCode.Unauthenticated => 401,
        ErrorCode.Forbidden => 403,
        ErrorCode.NotFound => 404,
        ErrorCode.AlreadyFinal or ErrorCode.InProgress or ErrorCode.VersionConflict => 409,
        ErrorCode.InvalidField or ErrorCode.UnknownSymbol or ErrorCode.PriceNotOnTick or ErrorCode.QuantityNotOnStep
            or ErrorCode.BelowMinimum or ErrorCode.InsufficientFunds or ErrorCode.TriggerWrongSide or ErrorCode.WouldTake
            or ErrorCode.IdempotencyMismatch or ErrorCode.MarketEnded
            or ErrorCode.QuotaExceeded or ErrorCode.InvalidStrategy or ErrorCode.DataMissing => 422,
        ErrorCode.RateLimited => 429,
        ErrorCode.PriceStale or ErrorCode.DatabaseUnavailable or ErrorCode.Busy => 503,
    };
}
