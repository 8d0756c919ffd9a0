namespace Lastro.Server.Platform.Errors;

/// <summary>Every refusal the API can give. The wire code is the name in snake_case; <see cref="Problems"/> holds the HTTP status of each.</summary>
public enum ErrorCode
{
    InvalidJson,
    Unauthenticated,
    Forbidden,
    NotFound,
    AlreadyFinal,
    InProgress,
    InvalidField,
    UnknownSymbol,
    PriceNotOnTick,
    QuantityNotOnStep,
    BelowMinimum,
    InsufficientFunds,
    TriggerWrongSide,
    WouldTake,
    IdempotencyMismatch,
    MarketEnded,
    RateLimited,
    PriceStale,
    DatabaseUnavailable,
    Busy,
    VersionConflict,
    QuotaExceeded,
    InvalidStrategy,
    DataMissing,
}
