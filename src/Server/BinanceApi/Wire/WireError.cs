namespace Lastro.Server.BinanceApi.Wire;

/// <summary>An error as Binance words it: <c>{"code":-1121,"msg":"Invalid symbol."}</c>. Clients tell errors apart by code and by text.</summary>
/// <param name="Code">Negative.</param>
/// <param name="Message">Word for word.</param>
/// <param name="Status">Of the HTTP answer, and of the WebSocket API's.</param>
/// <param name="RetryAfterSeconds">For 429 and 418.</param>
/// <param name="Data">A JSON object that goes with it, as cancelReplace has one; null for none.</param>
internal sealed record WireError(int Code, string Message, int Status = 400, int? RetryAfterSeconds = null, string? Data = null)
{
    /// <summary>The pattern of whole numbers.</summary>
    public const string Digits = "^[0-9]{1,20}$";

    /// <summary>A mistake of ours, which the log explains.</summary>
    public static WireError Unknown { get; } = new(-1000, "An unknown error occurred while processing the request.", 500);

    public static WireError Duplicate { get; } = new(-1101, "Duplicate values for a parameter detected.");

    public static WireError TooManyParameters { get; } = new(-1101, "Too many parameters sent for this endpoint.");

    public static WireError WindowTooLong { get; } = new(-1131, "'recvWindow' must be less than 60000.");

    public static WireError InvalidSymbol { get; } = new(-1121, "Invalid symbol.");

    public static WireError InvalidTimestamp { get; } = new(-1021, "Timestamp for this request is outside of the recvWindow.");

    public static WireError AheadOfServer { get; } = new(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    public static WireError InvalidSignature { get; } = new(-1022, "Signature for this request is not valid.");

    public static WireError BadKeyFormat { get; } = new(-2014, "API-key format invalid.", 401);

    public static WireError RejectedKey { get; } = new(-2015, "Invalid API-key, IP, or permissions for action.", 401);

    public static WireError NoSuchOrder { get; } = new(-2013, "Order does not exist.");

    public static WireError UnknownOrder { get; } = new(-2011, "Unknown order sent.");

    public static WireError InsufficientBalance { get; } = new(-2010, "Account has insufficient balance for requested action.");

    public static WireError DuplicateOrder { get; } = new(-2010, "Duplicate order sent.");

    public static WireError WouldTake { get; } = new(-2010, "Order would immediately match and take.");

    public static WireError WouldTrigger { get; } = new(-2010, "Stop price would trigger immediately.");

    /// <summary>The database or the market does not answer; whether the request was carried out is not known.</summary>
    public static WireError Unavailable { get; } = new(-1001, "Internal error; unable to process your request. Please try again.", 503, 1);

    public static WireError Missing(string parameter) =>
        new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static WireError Illegal(string parameter) => new(-1100, $"Illegal characters found in parameter '{parameter}'.");

    /// <summary>As above, with the pattern the value must match, as clients know it.</summary>
    public static WireError Illegal(string parameter, string legal) => new(-1100, $"Illegal characters found in parameter '{parameter}'; legal range is '{legal}'.");

    /// <summary>A body that is too large, or no HTTP.</summary>
    public static WireError IllegalRequest(int status) => new(-1100, "Illegal characters found in a parameter.", status);

    public static WireError Empty(string parameter) => new(-1105, $"Parameter '{parameter}' was empty.");

    /// <summary>No such call, or not by this method. Written as Binance's younger APIs do; its oldest answers a page that is no JSON.</summary>
    public static WireError NoSuchPath(string path, string method) => new(-5000, $"Path {path}, Method {method} is invalid", 404);

    public static WireError Filter(string name) => new(-1013, $"Filter failure: {name}");
}
