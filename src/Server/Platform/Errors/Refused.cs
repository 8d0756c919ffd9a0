namespace Lastro.Server.Platform.Errors;

/// <summary>A refusal as a value: what was wrong, with which value, against which limit. Becomes RFC 9457 ProblemDetails.</summary>
/// <param name="Code">Closed list.</param>
/// <param name="Field">The JSON field at fault, camelCase.</param>
/// <param name="Value">The value sent or seen, in plain notation.</param>
/// <param name="Limit">What it was measured against.</param>
/// <param name="Detail">One English sentence for developers; people see a catalog text by code.</param>
/// <param name="RetryAfterSeconds">For 429 and 503.</param>
internal sealed record Refused(
    ErrorCode Code, string? Field = null, string? Value = null, string? Limit = null, string? Detail = null, int? RetryAfterSeconds = null);
